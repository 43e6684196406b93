#include "services/plans/importer/unit_verbs.h"

#include <algorithm>

#include "services/plans/importer/unit_words.h"

namespace gongkai::plans::importer {
namespace {

// What a word tells; of several the first in this order decides: 牵头负责 leads, 配合落实 supports,
// 负责指导 is responsible.
enum class Sense { kLead, kSupport, kResponsible, kGuide, kManner };

struct RoleWord {
  TextView text;
  Sense sense = Sense::kManner;
  // No name ends with it, so that what stands in front need not look like one.
  bool unmistakable = false;
};

constexpr RoleWord kRoleWords[] = {
    {U"牵头", Sense::kLead, true},
    {U"会同", Sense::kLead, true},
    {U"统筹协调", Sense::kLead},
    {U"统筹", Sense::kLead},
    {U"抓总", Sense::kLead},
    {U"负总责", Sense::kLead, true},
    {U"主办", Sense::kLead},
    {U"配合", Sense::kSupport, true},
    {U"协助", Sense::kSupport, true},
    {U"协办", Sense::kSupport},
    {U"参与", Sense::kSupport},
    {U"参加", Sense::kSupport},
    {U"协同", Sense::kSupport},
    {U"支持", Sense::kSupport},
    {U"负责", Sense::kResponsible, true},
    {U"组织实施", Sense::kResponsible},
    {U"落实", Sense::kResponsible},
    {U"承办", Sense::kResponsible},
    {U"承担", Sense::kResponsible},
    {U"实施", Sense::kResponsible},
    {U"推进", Sense::kResponsible},
    {U"执行", Sense::kResponsible},
    {U"完成", Sense::kResponsible},
    {U"职责分工", Sense::kResponsible},
    {U"指导督促", Sense::kGuide},
    {U"指导监督", Sense::kGuide},
    {U"指导", Sense::kGuide},
    {U"督促", Sense::kGuide},
    {U"监督", Sense::kGuide},
    {U"按照各自职责"},
    {U"根据各自职责"},
    {U"按各自职责"},
    {U"依照职责"},
    {U"依据职责"},
    {U"根据职责"},
    {U"按照职责"},
    {U"结合职责"},
    {U"依职责"},
    {U"按职责"},
    {U"按照"},
    {U"根据"},
    {U"依据"},
    {U"依照"},
    {U"各自"},
    {U"分工"},
    {U"分别"},
    {U"共同"},
    {U"联合"},
    {U"具体"},
    {U"积极"},
    {U"密切"},
    {U"认真"},
    {U"抓好"},
    {U"做好"},
    {U"组织"},
    {U"协调"},
    {U"推动"},
    {U"统一"},
    {U"全面"},
    {U"同步"},
    {U"主要"},
    {U"按"},
    {U"依"},
    {U"总"},
};

const RoleWord* WordAtEnd(TextView text) {
  const RoleWord* longest = nullptr;
  for (const RoleWord& word : kRoleWords) {
    if (!EndsWith(text, word.text)) continue;
    if (!longest || word.text.size() > longest->text.size()) longest = &word;
  }
  return longest;
}

const RoleWord* WordAtStart(TextView text) {
  const RoleWord* longest = nullptr;
  for (const RoleWord& word : kRoleWords) {
    if (!StartsWith(text, word.text)) continue;
    if (!longest || word.text.size() > longest->text.size()) longest = &word;
  }
  return longest;
}

// `县府办组织，各部门参与`; no verb in 各社会组织, nor beside another one: 组织实施.
bool Organizes(TextView name, UnitVerb& verb) {
  constexpr TextView kOrganize = U"组织";
  if (!EndsWith(name, kOrganize)) return false;
  const TextView unit = name.substr(0, name.size() - kOrganize.size());
  if (!EndsAsWholeUnit(unit) || !BeginsAsUnit(unit)) return false;
  verb.role = UnitRole::kResponsible;
  verb.name_length = unit.size();
  return true;
}

bool IsWholeName(TextView text) {
  return text.empty() || EndsAsUnit(text) || EndsWith(text, U"等");
}

UnitRole RoleOf(Sense sense) {
  switch (sense) {
    case Sense::kLead:
      return UnitRole::kLead;
    case Sense::kSupport:
    case Sense::kGuide:
      return UnitRole::kSupporting;
    case Sense::kResponsible:
    case Sense::kManner:
      break;
  }
  return UnitRole::kResponsible;
}

}  // namespace

std::optional<UnitVerb> VerbAtEnd(TextView phrase) {
  UnitVerb verb{.name_length = phrase.size()};
  auto sense = Sense::kManner;
  bool unmistakable = false;
  TextView name = phrase;
  // An adverb may be the end of a name (各社会组织), so that the name ends at the first place where
  // it is whole.
  constexpr int kMostWords = 8;
  for (int i = 0; i < kMostWords && (sense == Sense::kManner || !IsWholeName(name)); ++i) {
    const RoleWord* word = WordAtEnd(name);
    if (!word) break;
    sense = std::min(sense, word->sense);
    unmistakable = unmistakable || word->unmistakable || word->text == U"职责分工";
    verb.severally = verb.severally || word->text == U"分别";
    name.remove_suffix(word->text.size());
  }
  if (sense == Sense::kManner && Organizes(phrase, verb)) return verb;
  if (sense == Sense::kManner || (!unmistakable && !IsWholeName(name))) return std::nullopt;
  verb.role = RoleOf(sense);
  verb.name_length = name.size();
  return verb;
}

std::optional<UnitVerb> VerbWithObject(TextView phrase) {
  constexpr size_t kShortestName = 2;
  constexpr size_t kLongestName = 60;
  for (size_t at = kShortestName; at < std::min(phrase.size(), kLongestName); ++at) {
    if (!EndsAsWholeUnit(phrase.substr(0, at))) continue;
    UnitVerb verb{.name_length = at};
    auto sense = Sense::kManner;
    bool unmistakable = false;
    TextView rest = phrase.substr(at);
    while (const RoleWord* word = WordAtStart(rest)) {
      sense = std::min(sense, word->sense);
      unmistakable = unmistakable || word->unmistakable;
      rest.remove_prefix(word->text.size());
    }
    if (sense == Sense::kManner || rest.empty() || StartsWith(rest, U"小组")) continue;
    // A verb may stand inside a name: 县纪委监督检查室.
    if (!unmistakable && EndsAsUnit(phrase) && !BeginsAsUnit(rest)) continue;
    verb.role = RoleOf(sense);
    return verb;
  }
  return std::nullopt;
}

std::optional<UnitRole> RoleOfWord(TextView word) {
  if (ContainsAny(word, Words{U"配合", U"协", U"参与", U"参加", U"支持", U"指导", U"督"})) {
    return UnitRole::kSupporting;
  }
  // 牵头责任单位 leads; 牵头、责任单位 and 牵头落实单位 leave it to the verbs.
  const bool both = ContainsAny(word, Words{U"、", U"及", U"和", U"/", U"（", U"落实"});
  if (Contains(word, U"牵头") && !(both && ContainsAny(word, Words{U"责任", U"落实"}))) {
    return UnitRole::kLead;
  }
  if (ContainsAny(word, Words{U"主办", U"主责"})) return UnitRole::kLead;
  return std::nullopt;
}

}  // namespace gongkai::plans::importer
