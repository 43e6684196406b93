#include "services/plans/importer/common_units.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace gongkai::plans::importer {
namespace {

// `以下`, at most a few words (各项任务), and 均 or 都.
struct Remark {
  size_t begin = 0;  // of the remark, the mark in front of it included
  Text names;
};

std::optional<Remark> FindRemark(TextView line) {
  constexpr size_t kLongestSubject = 8;
  constexpr TextView kMarks = U"。，,；;、 ";
  for (size_t at = line.find(U"以下"); at != TextView::npos; at = line.find(U"以下", at + 2)) {
    const size_t all = line.substr(at, kLongestSubject).find_first_of(U"均都");
    if (all == TextView::npos) continue;
    TextView names = line.substr(at + all + 1);
    for (const TextView word : {U"需要", U"需", U"须", U"应", U"由", U"请", U"要"}) {
      if (StartsWith(names, word)) names.remove_prefix(word.size());
    }
    size_t end = names.size();
    for (const TextView verb : {U"按职责", U"抓好", U"落实", U"负责", U"实施", U"参与", U"不再"}) {
      end = std::min(end, names.find(verb));
    }
    size_t begin = at;
    while (begin > 0 && IsOneOf(line[begin - 1], kMarks)) --begin;
    return Remark{.begin = begin, .names = Text(names.substr(0, end))};
  }
  return std::nullopt;
}

// The cells of units that the remarks of this task say, taken out of its own.
std::vector<UnitCell> TakeRemarks(DraftTask& task) {
  std::vector<UnitCell> common;
  for (UnitCell& units : task.units) {
    for (Text& line : units.cell.lines) {
      auto remark = FindRemark(line);
      if (!remark) continue;
      line.resize(remark->begin);
      if (remark->names.empty()) continue;
      common.push_back({.cell = {.lines = {std::move(remark->names)}, .span = units.cell.span}});
    }
    auto& lines = units.cell.lines;
    lines.erase(
        std::remove_if(lines.begin(), lines.end(), [](const Text& line) { return line.empty(); }),
        lines.end());
  }
  return common;
}

}  // namespace

void ShareCommonUnits(DraftTasks& drafts) {
  std::vector<UnitCell> common;
  for (DraftTask& task : drafts.tasks) {
    std::vector<UnitCell> own = TakeRemarks(task);
    if (own.empty() && !common.empty()) task.units_confidence = Confidence::kMedium;
    common.insert(common.end(), own.begin(), own.end());
    task.units.insert(task.units.end(), common.begin(), common.end());
  }
}

}  // namespace gongkai::plans::importer
