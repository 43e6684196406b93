#include "services/plans/importer/units.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "services/plans/importer/unit_labels.h"
#include "services/plans/importer/unit_phrases.h"
#include "services/plans/importer/unit_verbs.h"
#include "services/plans/importer/unit_words.h"

namespace gongkai::plans::importer {
namespace {

// What may follow 等 at the end of a list: nothing, or a phrase for the rest.
bool IsOpenEnd(TextView rest) {
  constexpr TextView kRest[] = {U"部门", U"单位", U"镇街", U"街道", U"机构",
                                U"企业", U"地区", U"地",   U"）",   U"成员"};
  return rest.empty() || EndsWithAny(rest, kRest);
}

// `县扶贫办（现县乡村振兴局）` is the unit in the bracket; empty for another one.
TextView SuccessorIn(TextView bracket) {
  for (const TextView word :
       {U"现更名为", U"现已更名为", U"已更名为", U"更名为", U"已并入", U"现并入", U"现为", U"现"}) {
    if (!StartsWith(bracket, word)) continue;
    const TextView name = bracket.substr(word.size());
    return BeginsAsUnit(name) && EndsAsUnit(name) ? name : TextView();
  }
  return {};
}

// Collects the phrases of one cell and gives them their roles.
class UnitReader {
 public:
  explicit UnitReader(UnitColumn column) : column_(column) {}

  void Add(TextView phrase) {
    phrase = TakeLabel(phrase);
    if (skipping_) return;
    while (StartsWithAny(phrase, Words{U"由", U"和", U"及", U"与", U"会同"}) && phrase.size() > 2) {
      phrase.remove_prefix(StartsWith(phrase, U"会同") ? 2 : 1);
    }
    const auto own_role = TakeBracket(phrase);
    auto verb = own_role ? std::nullopt : VerbAtEnd(phrase);
    const bool goes_on = !own_role && !verb;
    if (goes_on) verb = VerbWithObject(phrase);
    // `负责预算、决算公开`: what follows belongs to the duty until the next unit.
    if (!verb && in_object_ && !(BeginsAsUnit(phrase) && EndsAsUnit(phrase))) return;
    in_object_ = goes_on && verb;
    AddName(Text(verb ? phrase.substr(0, verb->name_length) : phrase), own_role);
    if (const auto aside = std::exchange(aside_, std::nullopt)) AddName(aside->name, aside->role);
    if (verb) Decide(*verb);
  }

  std::vector<ParsedUnit> Finish() {
    Decide(std::nullopt);
    return std::move(units_);
  }

 private:
  // `牵头单位：县府办`: the label holds until the next one.
  TextView TakeLabel(TextView phrase) {
    const auto label = FindLabel(phrase, 0);
    if (!label || label->begin > 0) return phrase;
    Decide(std::nullopt);
    if (SaysFirstUnitLeads(phrase.substr(0, label->end))) column_ = UnitColumn::kFirstLeads;
    labelled_ = true;
    label_role_ = label->role;
    skipping_ = label->kind != LabelKind::kUnits;
    return phrase.substr(label->end);
  }

  // Takes a bracket off the end that says the role of the unit or of the first one, not its name:
  // `县府办（牵头）`, `县司法局（排首位的为牵头单位，下同）`.
  std::optional<UnitRole> TakeBracket(TextView& phrase) {
    if (phrase.empty() || !IsCloseBracket(phrase.back())) return std::nullopt;
    const size_t open = phrase.find_last_of(U"（([〔");
    if (open == TextView::npos || open == 0) return std::nullopt;
    const TextView inner = phrase.substr(open + 1, phrase.size() - open - 2);
    if (SaysFirstUnitLeads(inner) && column_ == UnitColumn::kResponsible) {
      column_ = UnitColumn::kFirstLeads;
    }
    if (StartsWithAny(inner, Words{U"原", U"机构改革", U"机构调整", U"改革后", U"改革前"})) {
      phrase = phrase.substr(0, open);
      return std::nullopt;
    }
    if (const TextView successor = SuccessorIn(inner); !successor.empty()) {
      phrase = successor;
      return std::nullopt;
    }
    constexpr size_t kLongestRole = 6;
    std::optional<UnitRole> role;
    const auto verb = VerbAtEnd(inner);
    if (verb && verb->name_length == 0) role = verb->role;
    // `各镇（县民政局指导）` names another unit, `县水务局（负责水质）` the duty of this one.
    if (verb && BeginsAsUnit(inner) && EndsAsUnit(inner.substr(0, verb->name_length))) {
      aside_ = Aside{Text(inner.substr(0, verb->name_length)), verb->role};
      phrase = phrase.substr(0, open);
      return std::nullopt;
    }
    if (!role && StartsWith(inner, U"负责")) role = UnitRole::kResponsible;
    if (!role && StartsWith(inner, U"牵头")) role = UnitRole::kLead;
    if (!role && inner.size() <= kLongestRole) role = RoleOfWord(inner);
    if (role || IsNoUnit(inner)) phrase = phrase.substr(0, open);
    return role;
  }

  void AddName(Text name, std::optional<UnitRole> role) {
    const size_t open_end = name.rfind(U'等');
    if (open_end != Text::npos && open_end > 0 && IsOpenEnd(TextView(name).substr(open_end + 1))) {
      AddPhrase(name.substr(0, open_end), role);
      const bool bare = !ContainsAny(TextView(name).substr(open_end), Words{U"有关", U"相关"});
      name = name.substr(bare ? open_end : open_end + 1);
    }
    AddPhrase(std::move(name), role);
  }

  void AddPhrase(Text name, std::optional<UnitRole> role) {
    // The head answers for the unit: 各单位主要负责人.
    for (const TextView head : {U"主要负责人", U"主要负责同志", U"主要领导", U"分管领导",
                                U"分管负责人", U"负责人", U"负责同志"}) {
      if (EndsWith(name, head)) name.resize(name.size() - head.size());
    }
    if (name.empty() || IsNoUnit(name)) return;
    pending_.push_back({.text = EncodeUtf8(name), .kind = ClassifyUnit(name)});
    pending_roles_.push_back(role);
  }

  // The units since the last verb get the role that the verb says.
  void Decide(std::optional<UnitVerb> verb) {
    for (size_t i = 0; i < pending_.size(); ++i) {
      const bool leads = column_ == UnitColumn::kFirstLeads && units_.empty();
      const bool verb_decides =
          verb && (!leads || verb->role != UnitRole::kResponsible || verb->severally);
      pending_[i].role = pending_roles_[i] ? *pending_roles_[i]
                         : verb_decides    ? verb->role
                                           : DefaultRole();
      units_.push_back(std::move(pending_[i]));
    }
    pending_.clear();
    pending_roles_.clear();
  }

  UnitRole DefaultRole() const {
    if (label_role_) return *label_role_;
    if (column_ == UnitColumn::kFirstLeads) {
      return units_.empty() ? UnitRole::kLead : UnitRole::kResponsible;
    }
    if (labelled_) return UnitRole::kResponsible;
    if (column_ == UnitColumn::kLead) return UnitRole::kLead;
    if (column_ == UnitColumn::kSupporting) return UnitRole::kSupporting;
    return UnitRole::kResponsible;
  }

  struct Aside {
    Text name;
    UnitRole role = UnitRole::kResponsible;
  };

  UnitColumn column_;
  std::optional<Aside> aside_;  // a unit that the bracket behind a name adds
  bool labelled_ = false;
  std::optional<UnitRole> label_role_;
  bool skipping_ = false;   // behind the label of a date or a person
  bool in_object_ = false;  // behind a verb that goes on with the duty
  std::vector<ParsedUnit> units_;
  std::vector<ParsedUnit> pending_;
  std::vector<std::optional<UnitRole>> pending_roles_;
};

}  // namespace

bool LooksLikeUnits(TextView text) {
  constexpr size_t kLongestName = 32;
  const std::vector<Text> phrases = SplitUnitPhrases(text);
  return !phrases.empty() && std::all_of(phrases.begin(), phrases.end(), [](const Text& phrase) {
    if (phrase.size() > kLongestName) return false;
    return EndsAsUnit(phrase) || VerbAtEnd(phrase) || EndsWith(phrase, U"等");
  });
}

std::vector<ParsedUnit> ParseUnits(const std::vector<UnitCell>& cells) {
  std::vector<ParsedUnit> units;
  std::set<std::pair<std::string, UnitRole>> seen;
  for (const UnitCell& cell : cells) {
    UnitReader reader(cell.column);
    for (const Text& phrase : SplitUnitPhrases(JoinUnitLines(cell.cell))) reader.Add(phrase);
    for (ParsedUnit& unit : reader.Finish()) {
      if (seen.emplace(unit.text, unit.role).second) units.push_back(std::move(unit));
    }
  }
  return units;
}

}  // namespace gongkai::plans::importer
