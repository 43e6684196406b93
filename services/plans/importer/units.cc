#include "services/plans/importer/units.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace gongkai::plans::importer {
namespace {

constexpr TextView kUnitEnds[] = {
    U"局",   U"办",   U"办公室", U"委",   U"委员会", U"会", U"院", U"部", U"处",
    U"所",   U"社",   U"镇",     U"乡",   U"街道",   U"街", U"区", U"场", U"府",
    U"部门", U"单位", U"中心",   U"公司", U"集团",   U"站", U"队", U"馆", U"厅",
    U"行",   U"校",   U"组",     U"联",   U"县",     U"市", U"科", U"）", U")"};
constexpr TextView kUnitStarts[] = {U"县",   U"市",   U"区",   U"省",  U"州", U"旗",
                                    U"各",   U"国",   U"镇",   U"乡",  U"街", U"相关",
                                    U"有关", U"其他", U"机关", U"政府"};
constexpr TextView kSeparators = U"、，,；;。\n";

struct Verb {
  TextView text;
  UnitRole role;
};

// Of several that end a phrase, the longest is taken.
constexpr Verb kVerbs[] = {
    {U"按职责分工分别负责", UnitRole::kResponsible},
    {U"按职责分工负责", UnitRole::kResponsible},
    {U"按职责分工落实", UnitRole::kResponsible},
    {U"根据职责分工负责", UnitRole::kResponsible},
    {U"依职责分工负责", UnitRole::kResponsible},
    {U"按照职责分工负责", UnitRole::kResponsible},
    {U"按分工负责", UnitRole::kResponsible},
    {U"按职责负责", UnitRole::kResponsible},
    {U"按职责落实", UnitRole::kResponsible},
    {U"按职责分工", UnitRole::kResponsible},
    {U"牵头组织实施", UnitRole::kLead},
    {U"负责组织实施", UnitRole::kResponsible},
    {U"牵头负责落实", UnitRole::kLead},
    {U"会同", UnitRole::kLead},
    {U"负责牵头", UnitRole::kLead},
    {U"牵头负责", UnitRole::kLead},
    {U"牵头落实", UnitRole::kLead},
    {U"牵头实施", UnitRole::kLead},
    {U"牵头", UnitRole::kLead},
    {U"分别负责落实", UnitRole::kResponsible},
    {U"分工负责", UnitRole::kResponsible},
    {U"分别负责", UnitRole::kResponsible},
    {U"分别落实", UnitRole::kResponsible},
    {U"共同负责", UnitRole::kResponsible},
    {U"共同落实", UnitRole::kResponsible},
    {U"具体负责", UnitRole::kResponsible},
    {U"负责落实", UnitRole::kResponsible},
    {U"负责实施", UnitRole::kResponsible},
    {U"组织实施", UnitRole::kResponsible},
    {U"负责", UnitRole::kResponsible},
    {U"承办", UnitRole::kResponsible},
    {U"主办", UnitRole::kResponsible},
    {U"落实", UnitRole::kResponsible},
    {U"配合落实", UnitRole::kSupporting},
    {U"协助配合", UnitRole::kSupporting},
    {U"配合实施", UnitRole::kSupporting},
    {U"协同配合", UnitRole::kSupporting},
    {U"积极配合", UnitRole::kSupporting},
    {U"参与配合", UnitRole::kSupporting},
    {U"配合", UnitRole::kSupporting},
    {U"协助", UnitRole::kSupporting},
    {U"协办", UnitRole::kSupporting},
    {U"参与", UnitRole::kSupporting},
    {U"参加", UnitRole::kSupporting},
};

template <size_t kSize>
bool EndsWithAny(TextView text, const TextView (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return EndsWith(text, word); });
}

template <size_t kSize>
bool StartsWithAny(TextView text, const TextView (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return StartsWith(text, word); });
}

const Verb* VerbAtEnd(TextView phrase) {
  const Verb* longest = nullptr;
  for (const Verb& verb : kVerbs) {
    if (!EndsWith(phrase, verb.text)) continue;
    // 县经协办 is a name: a verb that names can end with needs a whole name in front of it.
    const TextView name = phrase.substr(0, phrase.size() - verb.text.size());
    const bool plain = Contains(verb.text, U"牵头") || Contains(verb.text, U"负责") ||
                       Contains(verb.text, U"配合") || verb.text == U"会同";
    if (!plain && !name.empty() && !EndsWithAny(name, kUnitEnds)) continue;
    if (!longest || verb.text.size() > longest->text.size()) longest = &verb;
  }
  return longest;
}

// A branch written without its parent: `某县分中心` under `市公共资源交易中心`.
bool IsBranchAlone(TextView line) {
  constexpr TextView kBranches[] = {U"分局", U"分中心", U"分公司", U"分院", U"分会", U"分支局"};
  constexpr size_t kLongestPlace = 6;
  for (const TextView branch : kBranches) {
    if (!EndsWith(line, branch) || line.size() > branch.size() + kLongestPlace) continue;
    const TextView place = line.substr(0, line.size() - branch.size());
    return place.empty() || EndsWithAny(place, {U"县", U"区", U"市", U"旗"}) || place.size() <= 3;
  }
  return false;
}

// The lines of the cell as one text in which '\n' stands for a line break that parts units.
Text JoinLines(const Cell& cell) {
  Text joined;
  for (const Text& line : cell.lines) {
    const bool ends_unit = EndsWithAny(joined, kUnitEnds) || VerbAtEnd(joined) != nullptr;
    const bool goes_on = !joined.empty() && (!ends_unit || IsBranchAlone(line));
    // A name that nothing ends and nothing begins is still a name of its own, as 县人行.
    const bool own_name = !IsBranchAlone(line) && line.size() >= 3 &&
                          StartsWithAny(line, kUnitStarts) && !joined.empty() &&
                          !IsOneOf(joined.back(), U"（(“和及与");
    if (!joined.empty() && (!goes_on || own_name)) joined += U'\n';
    joined += line;
  }
  return joined;
}

// Length of a conjunction at `at` that parts two units, else 0. 和 inside 县文化和旅游局 does not.
size_t ConjunctionLength(TextView text, size_t at, size_t phrase_start) {
  const TextView rest = text.substr(at);
  if (StartsWith(rest, U"以及")) return 2;
  if (!IsOneOf(rest[0], U"和及与") || at == phrase_start) return 0;
  const TextView left = text.substr(phrase_start, at - phrase_start);
  constexpr size_t kLongestName = 40;
  const TextView ahead = rest.substr(1, kLongestName);
  const TextView right = ahead.substr(0, ahead.find_first_of(kSeparators));
  if (right.empty() || StartsWith(right, U"其所属") || StartsWith(right, U"其部门")) return 0;
  if (!EndsWithAny(left, kUnitEnds) && VerbAtEnd(left) == nullptr) return 0;
  const bool named = StartsWithAny(right, kUnitStarts) || EndsWith(right, U"的单位");
  constexpr size_t kShortestName = 4;
  const bool complete = right.size() >= kShortestName && EndsWithAny(right, kUnitEnds);
  return named || complete ? 1 : 0;
}

// Whether a verb ends right before `at` and another unit follows without any separator:
// `县府办牵头|各部门配合`, `县府办会同|县司法局负责`.
bool EndsGroup(TextView text, size_t at) {
  if (at < 2) return false;
  const TextView verb = text.substr(at - 2, 2);
  if (verb != U"牵头" && verb != U"会同") return false;
  return verb == U"会同" || StartsWithAny(text.substr(at), kUnitStarts);
}

// Parts the text at separators outside of brackets.
std::vector<Text> SplitPhrases(TextView text) {
  std::vector<Text> phrases;
  size_t start = 0;
  int depth = 0;
  const auto finish = [&](size_t end) {
    if (end > start) phrases.push_back(CleanText(text.substr(start, end - start)));
  };
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsOneOf(text[at], U"（(")) ++depth;
    if (IsOneOf(text[at], U"）)")) depth = std::max(0, depth - 1);
    if (depth > 0) continue;
    if (EndsGroup(text, at)) {
      finish(at);
      start = at;
    }
    const size_t length = IsOneOf(text[at], kSeparators) ? 1 : ConjunctionLength(text, at, start);
    if (length == 0) continue;
    finish(at);
    start = at + length;
    at += length - 1;
  }
  finish(text.size());
  return phrases;
}

std::optional<UnitRole> RoleOfLabel(TextView label) {
  if (Contains(label, U"配合") || Contains(label, U"协")) return UnitRole::kSupporting;
  if (Contains(label, U"牵头") && !Contains(label, U"责任")) return UnitRole::kLead;
  return UnitRole::kResponsible;
}

// Collects the phrases of one cell and gives them their roles.
class UnitReader {
 public:
  explicit UnitReader(UnitColumn column) : column_(column) {}

  void Add(Text phrase) {
    phrase = TakeLabel(std::move(phrase));
    std::optional<UnitRole> own_role;
    for (const TextView mark : {U"（牵头）", U"(牵头)", U"（牵头单位）", U"（主办）"}) {
      if (EndsWith(phrase, mark)) {
        phrase.resize(phrase.size() - mark.size());
        own_role = UnitRole::kLead;
      }
    }
    const Verb* verb = own_role ? nullptr : VerbAtEnd(phrase);
    if (verb) phrase.resize(phrase.size() - verb->text.size());
    AddName(std::move(phrase), own_role);
    if (verb) Decide(verb->role);
  }

  std::vector<ParsedUnit> Finish() {
    Decide(std::nullopt);
    return std::move(units_);
  }

 private:
  // `牵头单位：县府办`: the label holds until the next one.
  Text TakeLabel(Text phrase) {
    const size_t colon = phrase.find_first_of(U"：:");
    if (colon == Text::npos) return phrase;
    Decide(std::nullopt);
    label_role_ = RoleOfLabel(TextView(phrase).substr(0, colon));
    return phrase.substr(colon + 1);
  }

  void AddName(Text name, std::optional<UnitRole> role) {
    if (StartsWith(name, U"由") && name.size() > 2) name.erase(0, 1);
    const size_t open_end = name.rfind(U'等');
    if (open_end != Text::npos && open_end > 0 && IsOpenEnd(TextView(name).substr(open_end + 1))) {
      AddPhrase(name.substr(0, open_end), role);
      const bool bare = !Contains(name.substr(open_end), U"关");
      name = name.substr(bare ? open_end : open_end + 1);
    }
    AddPhrase(std::move(name), role);
  }

  void AddPhrase(Text name, std::optional<UnitRole> role) {
    if (name.empty()) return;
    pending_.push_back({.text = EncodeUtf8(name), .kind = ClassifyUnit(name)});
    pending_roles_.push_back(role);
  }

  // What may follow 等 at the end of a list: nothing, or a phrase for the rest.
  static bool IsOpenEnd(TextView rest) {
    return rest.empty() || EndsWith(rest, U"部门") || EndsWith(rest, U"单位") ||
           EndsWith(rest, U"镇街") || EndsWith(rest, U"）");
  }

  // The units since the last verb get the role that the verb says.
  void Decide(std::optional<UnitRole> verb_role) {
    for (size_t i = 0; i < pending_.size(); ++i) {
      pending_[i].role = pending_roles_[i] ? *pending_roles_[i]
                         : verb_role       ? *verb_role
                         : label_role_     ? *label_role_
                                           : DefaultRole(units_.empty());
      units_.push_back(std::move(pending_[i]));
    }
    pending_.clear();
    pending_roles_.clear();
  }

  UnitRole DefaultRole(bool first) const {
    switch (column_) {
      case UnitColumn::kLead:
        return UnitRole::kLead;
      case UnitColumn::kSupporting:
        return UnitRole::kSupporting;
      case UnitColumn::kFirstLeads:
        return first ? UnitRole::kLead : UnitRole::kResponsible;
      case UnitColumn::kResponsible:
        return UnitRole::kResponsible;
    }
    return UnitRole::kResponsible;
  }

  UnitColumn column_;
  std::optional<UnitRole> label_role_;
  std::vector<ParsedUnit> units_;
  std::vector<ParsedUnit> pending_;
  std::vector<std::optional<UnitRole>> pending_roles_;
};

}  // namespace

UnitKind ClassifyUnit(TextView text) {
  for (const TextView word : {U"有关", U"相关", U"涉及", U"行业", U"其他", U"其它", U"的单位",
                              U"的部门", U"主管部门", U"职能部门", U"承办单位", U"起草部门"}) {
    if (Contains(text, word)) return UnitKind::kOpenEnded;
  }
  if (StartsWith(text, U"等")) return UnitKind::kOpenEnded;
  if (Contains(text, U"各") || EndsWith(text, U"部门") || EndsWith(text, U"单位")) {
    return UnitKind::kGroup;
  }
  for (const TextView word : {U"全体", U"所有", U"镇（街道）", U"镇街"}) {
    if (Contains(text, word)) return UnitKind::kGroup;
  }
  return UnitKind::kUnit;
}

bool LooksLikeUnits(TextView text) {
  constexpr size_t kLongestName = 24;
  const std::vector<Text> phrases = SplitPhrases(text);
  return !phrases.empty() && std::all_of(phrases.begin(), phrases.end(), [](const Text& phrase) {
    if (phrase.size() > kLongestName) return false;
    return EndsWithAny(phrase, kUnitEnds) || VerbAtEnd(phrase) != nullptr ||
           EndsWith(phrase, U"等");
  });
}

std::vector<ParsedUnit> ParseUnits(const std::vector<UnitCell>& cells) {
  std::vector<ParsedUnit> units;
  std::set<std::pair<std::string, UnitRole>> seen;
  for (const UnitCell& cell : cells) {
    UnitReader reader(cell.column);
    for (Text& phrase : SplitPhrases(JoinLines(cell.cell))) reader.Add(std::move(phrase));
    for (ParsedUnit& unit : reader.Finish()) {
      if (seen.emplace(unit.text, unit.role).second) units.push_back(std::move(unit));
    }
  }
  return units;
}

}  // namespace gongkai::plans::importer
