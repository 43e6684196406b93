// The verbs that say what part a unit has in a task: 牵头, 按职责分工负责, 积极配合.
#pragma once

#include <cstddef>
#include <optional>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

struct UnitVerb {
  UnitRole role = UnitRole::kResponsible;
  // Length of the name in front of the verb and of the words that belong to the verb.
  size_t name_length = 0;
  // Each of the units owes the whole: 分别负责, 分别牵头.
  bool severally = false;
};

// The verb at the end of a phrase, with its adverbs:
//   `县水利局按职责分工负责` → RESPONSIBLE, 4; `县经协办` → nothing, 协办 is part of the name.
std::optional<UnitVerb> VerbAtEnd(TextView phrase);

// The verb of a phrase that goes on with what has to be done:
//   `县财政局负责预算公开` → RESPONSIBLE, 4. Nothing where a verb ends the phrase.
std::optional<UnitVerb> VerbWithObject(TextView phrase);

// The role that a word for units says, as in 配合单位 and 牵头部门; nothing where it says none.
std::optional<UnitRole> RoleOfWord(TextView word);

}  // namespace gongkai::plans::importer
