#include "services/plans/importer/unit_phrases.h"

#include <algorithm>

#include "services/plans/importer/unit_labels.h"
#include "services/plans/importer/unit_verbs.h"
#include "services/plans/importer/unit_words.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kSeparators = U"、，,；;。\n/／";

// What is left of a name that the line before begins: 青禾县 / 人民政府.
bool IsEndOfName(TextView line) {
  return IsBranchAlone(line) ||
         StartsWithAny(line, Words{U"人民政府", U"办事处", U"管委会", U"委员会"});
}

// Length of a conjunction at `at` that parts two units, else 0. 和 inside 县文化和旅游局 joins two
// fields of work, of which the left one is no unit.
size_t ConjunctionLength(TextView text, size_t at, size_t phrase_start) {
  const TextView rest = text.substr(at);
  if (StartsWith(rest, U"以及")) return 2;
  if (!IsOneOf(rest[0], U"和及与") || at == phrase_start) return 0;
  const TextView left = text.substr(phrase_start, at - phrase_start);
  constexpr size_t kLongestName = 40;
  const TextView ahead = rest.substr(1, kLongestName);
  const TextView right = ahead.substr(0, ahead.find_first_of(kSeparators));
  if (right.empty() || right[0] == U'其') return 0;
  if (!EndsAsUnit(left) && !VerbAtEnd(left)) return 0;
  if (BeginsAsUnit(right) || EndsWith(right, U"的单位")) return 1;
  constexpr TextView kShort[] = {U"编办", U"团委", U"妇联", U"残联", U"法院", U"纪委"};
  constexpr size_t kShortestName = 3;
  const bool complete = EndsAsUnit(right) || VerbAtEnd(right);
  const bool long_enough = right.size() >= kShortestName || StartsWithAny(right, kShort);
  return EndsAsWholeUnit(left) && complete && long_enough && !IsBareLevel(right) ? 1 : 0;
}

// Whether a verb ends right before `at` and another unit follows without any separator:
// `县府办牵头|各部门配合`, `县府办会同|县司法局负责`.
bool FollowsVerb(TextView text, size_t at) {
  if (at < 2) return false;
  const TextView verb = text.substr(at - 2, 2);
  if (verb == U"会同") return true;
  if (verb != U"牵头" && verb != U"负责" && verb != U"配合") return false;
  if (!BeginsAsUnit(text.substr(at))) return false;
  constexpr size_t kLongestName = 40;
  const TextView ahead = text.substr(at, kLongestName);
  const TextView right = ahead.substr(0, ahead.find_first_of(kSeparators));
  return EndsAsUnit(right) || VerbAtEnd(right).has_value();
}

// Whether one unit ends and the next one begins at `at`, the space between them having been lost:
// `县司法局|县财政局`, but `县委县政府督查室` and `县住建局市政处`.
bool FollowsUnit(TextView text, size_t at, size_t phrase_start) {
  constexpr size_t kShortestName = 3;
  if (at < phrase_start + kShortestName || !IsOneOf(text[at], U"县市区省州旗各人国中")) {
    return false;
  }
  constexpr TextView kOthers[] = {U"各镇", U"各乡", U"各街", U"各县",     U"各区", U"各市",
                                  U"各旗", U"人行", U"国网", U"人民银行", U"中国"};
  if (IsOneOf(text[at], U"各人国中") && !StartsWithAny(text.substr(at), kOthers)) return false;
  const TextView left = text.substr(phrase_start, at - phrase_start);
  if (!EndsWithAny(left, Words{U"局", U"办", U"办公室", U"厅", U"中心", U"公司", U"院"})) {
    return false;
  }
  const TextView ahead = text.substr(at, 24);
  const TextView right = ahead.substr(0, ahead.find_first_of(kSeparators));
  if (right.size() < kShortestName || IsBranchAlone(right) || !EndsAsUnit(right)) return false;
  return !StartsWithAny(right, Words{U"市政", U"市场", U"市容", U"区域", U"县域", U"区划"});
}

// The phrase without its verb.
TextView NameIn(TextView phrase) {
  const auto verb = VerbAtEnd(phrase);
  return verb ? phrase.substr(0, verb->name_length) : phrase;
}

// Whether a label for units begins at `at`, which no separator need announce.
class LabelPlaces {
 public:
  explicit LabelPlaces(TextView text) : text_(text), next_(FindLabel(text, 0)) {}

  // `at` must not go back between two calls.
  bool BeginsAt(size_t at) {
    while (next_ && next_->begin < at) next_ = FindLabel(text_, next_->end);
    return next_ && next_->begin == at;
  }

 private:
  TextView text_;
  std::optional<Label> next_;
};

}  // namespace

Text JoinUnitLines(const Cell& cell) {
  Text joined;
  for (const Text& line : cell.lines) {
    const bool ends_unit = EndsAsUnit(joined) || VerbAtEnd(joined);
    const bool goes_on = !joined.empty() && (!ends_unit || IsEndOfName(line));
    // A name that nothing ends and nothing begins is still a name of its own, as 县人行.
    const bool own_name = !IsEndOfName(line) && line.size() >= 3 && BeginsAsUnit(line) &&
                          !joined.empty() && !IsOneOf(joined.back(), U"（(“和及与、，：:");
    if (!joined.empty() && (!goes_on || own_name)) joined += U'\n';
    joined += line;
  }
  return joined;
}

std::vector<Text> SplitUnitPhrases(TextView text) {
  std::vector<Text> phrases;
  size_t start = 0;
  char32_t joint = 0;  // the separator in front of the phrase
  const auto finish = [&](size_t end) {
    if (end <= start) return;
    Text phrase = CleanText(text.substr(start, end - start));
    if (!phrases.empty() && joint != 0 && SharesGroup(phrases.back(), NameIn(phrase))) {
      phrases.back() += joint;
      phrases.back() += phrase;
    } else if (!phrase.empty()) {
      phrases.push_back(std::move(phrase));
    }
  };
  LabelPlaces labels(text);
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsOpenBracket(text[at])) {
      const size_t close = ClosingBracket(text, at);
      if (close != TextView::npos) {
        at = close;
        continue;
      }
    }
    const bool begins =
        labels.BeginsAt(at) || FollowsVerb(text, at) || FollowsUnit(text, at, start);
    if (begins && at > start) {
      finish(at);
      start = at;
      joint = 0;
    }
    const size_t length = IsOneOf(text[at], kSeparators) ? 1 : ConjunctionLength(text, at, start);
    if (length == 0) continue;
    finish(at);
    start = at + length;
    joint = length == 1 && IsOneOf(text[at], U"、和及与") ? text[at] : 0;
    at += length - 1;
  }
  finish(text.size());
  return phrases;
}

}  // namespace gongkai::plans::importer
