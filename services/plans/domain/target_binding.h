// What a target counts, where its words leave no doubt.
#pragma once

#include <optional>
#include <string_view>

#include "services/plans/domain/attainment.h"

namespace gongkai::plans {

// Nothing unless the metric is made of the words of exactly one thing that is recorded: 政策评价 is
// counted, 茶叶政策评价 asks for something narrower, which a person has to name. Who interprets is
// told by the sentence of `requirement` in which the clause stands.
//
//   解读 ≥ 2次, `主要负责人带头宣讲，每年解读不少于2次` → interpretations by the principal head
//   多元化解读率 ≥ 60% → of the interpreted documents those in a form that is not text
std::optional<TargetBinding> BindingByWords(const Target& target, std::string_view requirement);

}  // namespace gongkai::plans
