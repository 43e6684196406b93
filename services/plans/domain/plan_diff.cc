#include "services/plans/domain/plan_diff.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>

namespace gongkai::plans {
namespace {

constexpr int kSimilar = 50;
constexpr int kSimilarInPlace = 25;

// Letters, digits and Chinese characters only, full-width forms as ASCII. `text` is UTF-8.
std::u32string Letters(const std::string& text) {
  std::u32string letters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (std::size_t j = 1; j < length && i + j < text.size(); ++j) {
      c = c << 6 | (static_cast<unsigned char>(text[i + j]) & 0x3F);
    }
    i += length;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    const bool ascii_letter =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                             (c >= 0xFE00 && c <= 0xFE4F) || c == 0xFEFF || c == 0xB7;
    if (ascii_letter || (c > 0x7F && !punctuation && c != 0xA0)) letters += c;
  }
  return letters;
}

// A text as it is compared: its letters, and the pairs of neighbours, each once, in order.
struct Fingerprint {
  explicit Fingerprint(const std::string& text) : letters(Letters(text)) {
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
      pairs.push_back(static_cast<std::uint64_t>(letters[i]) << 32 | letters[i + 1]);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  }

  std::u32string letters;
  std::vector<std::uint64_t> pairs;
};

// Never 100 for texts that are not the same.
int Similarity(const Fingerprint& a, const Fingerprint& b, std::size_t shared) {
  if (a.letters == b.letters) return 100;
  const std::size_t all = a.pairs.size() + b.pairs.size();
  if (all == 0) return 0;
  return std::min(99, static_cast<int>(200 * shared / all));
}

// A title that is only the heading above says nothing of the task.
std::string TextOf(const ParsedTask& task) {
  const bool heading = !task.section_path.empty() && task.section_path.back() == task.title;
  return heading ? task.requirement : task.title + task.requirement;
}

std::vector<Fingerprint> FingerprintsOf(const std::vector<ParsedTask>& tasks) {
  std::vector<Fingerprint> fingerprints;
  fingerprints.reserve(tasks.size());
  for (const auto& task : tasks) fingerprints.emplace_back(TextOf(task));
  return fingerprints;
}

auto UnitsOf(const ParsedTask& task) {
  std::vector<std::tuple<UnitRole, UnitKind, std::string>> units;
  for (const auto& unit : task.units) units.emplace_back(unit.role, unit.kind, unit.text);
  std::sort(units.begin(), units.end());
  return units;
}

auto TargetsOf(const ParsedTask& task) {
  std::vector<std::tuple<std::string, std::string, Comparator, double, std::string,
                         std::optional<TargetPeriod>, TargetScope, bool>>
      targets;
  for (const auto& t : task.targets) {
    targets.emplace_back(t.text, t.metric, t.comparator, t.value, t.unit, t.period, t.scope,
                         t.soft);
  }
  return targets;
}

bool SameRule(const DueRule& a, const DueRule& b) { return SameDue(a, b) && a.text == b.text; }

struct Candidate {
  TaskMatch match;
  bool same_units = false;
  std::size_t distance = 0;
};

// Pairs up tasks, from the most convincing pair to the least.
class Matcher {
 public:
  Matcher(const std::vector<ParsedTask>& before, const std::vector<ParsedTask>& after)
      : before_(before),
        after_(after),
        old_texts_(FingerprintsOf(before)),
        new_texts_(FingerprintsOf(after)),
        old_taken_(before.size()),
        new_taken_(after.size()) {}

  std::vector<TaskMatch> Match() {
    ConsiderSameTexts();
    TakeBest();
    ConsiderSimilarTexts();
    TakeBest();
    std::sort(matches_.begin(), matches_.end(),
              [](const auto& a, const auto& b) { return a.after < b.after; });
    return std::move(matches_);
  }

 private:
  // Most tasks of a changed document are as they were: they need no comparison of texts.
  void ConsiderSameTexts() {
    std::map<std::u32string_view, std::vector<std::size_t>> holders;
    for (std::size_t i = 0; i < before_.size(); ++i) holders[old_texts_[i].letters].push_back(i);
    for (std::size_t j = 0; j < after_.size(); ++j) {
      const auto found = holders.find(new_texts_[j].letters);
      if (found == holders.end()) continue;
      for (auto i : found->second) Consider(i, j, 100);
    }
  }

  void ConsiderSimilarTexts() {
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> holders;
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (old_taken_[i]) continue;
      for (auto pair : old_texts_[i].pairs) holders[pair].push_back(i);
    }
    std::vector<std::size_t> shared(before_.size());
    for (std::size_t j = 0; j < after_.size(); ++j) {
      if (new_taken_[j]) continue;
      std::vector<std::size_t> touched;
      for (auto pair : new_texts_[j].pairs) {
        const auto found = holders.find(pair);
        if (found == holders.end()) continue;
        for (auto i : found->second) {
          if (shared[i]++ == 0) touched.push_back(i);
        }
      }
      for (auto i : touched) {
        Consider(i, j, Similarity(old_texts_[i], new_texts_[j], shared[i]));
        shared[i] = 0;
      }
    }
  }

  void Consider(std::size_t i, std::size_t j, int similarity) {
    if (similarity < kSimilarInPlace) return;
    const bool same_ordinal =
        !before_[i].ordinal.empty() && before_[i].ordinal == after_[j].ordinal;
    const bool same_headings = before_[i].section_path == after_[j].section_path;
    if (similarity < kSimilar && !(same_ordinal && same_headings)) return;
    const auto reason = similarity == 100        ? MatchReason::kSameText
                        : similarity >= kSimilar ? MatchReason::kSimilarText
                                                 : MatchReason::kSamePlace;
    const int score = similarity * 8 / 10 + (same_ordinal ? 10 : 0) + (same_headings ? 10 : 0);
    candidates_.push_back({.match = {i, j, reason, score, similarity},
                           .same_units = UnitsOf(before_[i]) == UnitsOf(after_[j]),
                           .distance = i > j ? i - j : j - i});
  }

  void TakeBest() {
    const auto rank = [](const Candidate& c) {
      return std::tuple(-c.match.score, !c.same_units, c.distance, c.match.before, c.match.after);
    };
    std::sort(candidates_.begin(), candidates_.end(),
              [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    for (const auto& candidate : candidates_) {
      const auto& match = candidate.match;
      if (old_taken_[match.before] || new_taken_[match.after]) continue;
      old_taken_[match.before] = new_taken_[match.after] = true;
      matches_.push_back(match);
    }
    candidates_.clear();
  }

  struct Candidate {
    TaskMatch match;
    bool same_units = false;
    std::size_t distance = 0;
  };

  const std::vector<ParsedTask>& before_;
  const std::vector<ParsedTask>& after_;
  const std::vector<Fingerprint> old_texts_;
  const std::vector<Fingerprint> new_texts_;
  std::vector<bool> old_taken_;
  std::vector<bool> new_taken_;
  std::vector<Candidate> candidates_;
  std::vector<TaskMatch> matches_;
};

}  // namespace

int SimilarityOf(const std::string& a, const std::string& b) {
  const Fingerprint left(a);
  const Fingerprint right(b);
  std::vector<std::uint64_t> shared;
  std::set_intersection(left.pairs.begin(), left.pairs.end(), right.pairs.begin(),
                        right.pairs.end(), std::back_inserter(shared));
  return Similarity(left, right, shared.size());
}

std::vector<TaskMatch> MatchTasks(const std::vector<ParsedTask>& before,
                                  const std::vector<ParsedTask>& after) {
  return Matcher(before, after).Match();
}

std::vector<std::string> ChangedFields(const ParsedTask& before, const ParsedTask& after) {
  std::vector<std::string> fields;
  if (before.ordinal != after.ordinal) fields.push_back("ordinal");
  if (before.section_path != after.section_path) fields.push_back("section_path");
  if (before.title != after.title) fields.push_back("title");
  if (before.requirement != after.requirement) fields.push_back("requirement");
  if (UnitsOf(before) != UnitsOf(after)) fields.push_back("units");
  if (!SameRule(before.due, after.due)) fields.push_back("due");
  if (!std::equal(before.further_due.begin(), before.further_due.end(), after.further_due.begin(),
                  after.further_due.end(), SameRule)) {
    fields.push_back("further_due");
  }
  if (TargetsOf(before) != TargetsOf(after)) fields.push_back("targets");
  return fields;
}

}  // namespace gongkai::plans
