#include "services/plans/importer/content_review.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/issue_code.h"
#include "services/plans/importer/text.h"
#include "services/plans/importer/unit_aliases.h"

namespace gongkai::plans::importer {
namespace {

constexpr IssueCode kCodes[] = {IssueCode::kTaskRepeated,   IssueCode::kAliasBesideName,
                                IssueCode::kOpenEndedUnit,  IssueCode::kNoUnit,
                                IssueCode::kDueBeforeIssue, IssueCode::kDueNotUnderstood};

class ContentReviewer {
 public:
  explicit ContentReviewer(const ParsedPlan& plan) : plan_(plan) {}

  std::vector<ParseIssue> Review() {
    ReviewRepeatedTasks();
    ReviewAliases();
    ReviewOpenEndedUnits();
    for (const ParsedTask& task : plan_.tasks) ReviewTask(task);
    return std::move(issues_);
  }

 private:
  void Add(IssueCode code, std::string message, std::optional<SourceSpan> source) {
    const IssueKind& kind = KindOf(code);
    issues_.push_back({kind.severity, std::string(kind.name), std::move(message), source});
  }

  // Word for word the same, whatever the units: the body and the annex, or a row copied twice.
  void ReviewRepeatedTasks() {
    std::map<std::pair<std::string, std::string>, const ParsedTask*> seen;
    for (const ParsedTask& task : plan_.tasks) {
      const auto [first, added] = seen.emplace(std::pair(task.title, task.requirement), &task);
      if (added) continue;
      Add(IssueCode::kTaskRepeated,
          "第" + task.ordinal + "项与第" + first->second->ordinal +
              "项的任务要求完全相同，请核对是否重复",
          task.source);
    }
  }

  void ReviewAliases() {
    for (const UnitAlias& alias : FindAliases(plan_.tasks)) {
      Add(IssueCode::kAliasBesideName,
          "“" + alias.alias + "”与“" + alias.name + "”应为同一单位，请在单位目录中设为别名",
          alias.source);
    }
  }

  // One issue for each phrase, however many tasks use it.
  void ReviewOpenEndedUnits() {
    std::vector<std::pair<std::string, std::vector<const ParsedTask*>>> phrases;
    std::map<std::string, size_t> places;
    for (const ParsedTask& task : plan_.tasks) {
      for (const ParsedUnit& unit : task.units) {
        if (unit.kind != UnitKind::kOpenEnded) continue;
        const auto [place, added] = places.emplace(unit.text, phrases.size());
        if (added) phrases.push_back({unit.text, {}});
        phrases[place->second].second.push_back(&task);
      }
    }
    for (const auto& [phrase, tasks] : phrases) {
      std::vector<std::string> ordinals;
      for (const ParsedTask* task : tasks) {
        // Rows of one number are named once.
        if (ordinals.empty() || ordinals.back() != task->ordinal) ordinals.push_back(task->ordinal);
      }
      Add(IssueCode::kOpenEndedUnit,
          NameOrdinals(ordinals) + "的“" + phrase + "”未列明具体单位，请在印发前明确",
          tasks.front()->source);
    }
  }

  void ReviewTask(const ParsedTask& task) {
    if (task.units.empty()) {
      Add(IssueCode::kNoUnit, "第" + task.ordinal + "项没有责任单位，请补充", task.source);
    }
    if (task.due.kind == DueKind::kFixed && plan_.issue_date && task.due.date &&
        *task.due.date < *plan_.issue_date) {
      Add(IssueCode::kDueBeforeIssue,
          "第" + task.ordinal + "项的完成时限" + FormatDate(*task.due.date) + "早于印发日期" +
              FormatDate(*plan_.issue_date) + "，请核对并重新确定时限",
          task.source);
    }
    const auto text = DecodeUtf8(task.due.text);
    const bool undated = task.due.kind == DueKind::kUnstated && text && !text->empty();
    if (undated && !IsOrdinaryUndated(*text)) {
      Add(IssueCode::kDueNotUnderstood,
          "第" + task.ordinal + "项的完成时限“" + task.due.text +
              "”无法识别，暂按年底到期处理，请核对",
          task.source);
    }
  }

  const ParsedPlan& plan_;
  std::vector<ParseIssue> issues_;
};

}  // namespace

std::vector<ParseIssue> ReviewContent(const ParsedPlan& plan) {
  return ContentReviewer(plan).Review();
}

bool IsContentIssue(std::string_view code) {
  return std::any_of(std::begin(kCodes), std::end(kCodes),
                     [code](IssueCode own) { return KindOf(own).name == code; });
}

std::string NameOrdinals(const std::vector<std::string>& ordinals) {
  constexpr size_t kMostNamed = 20;
  std::string text = "第";
  for (size_t i = 0; i < ordinals.size() && i < kMostNamed; ++i) {
    if (i > 0) text += "、";
    text += ordinals[i];
  }
  if (ordinals.size() > kMostNamed) {
    return text + "等共" + std::to_string(ordinals.size()) + "项";
  }
  return text + "项";
}

}  // namespace gongkai::plans::importer
