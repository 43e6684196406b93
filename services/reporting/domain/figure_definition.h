// The definition of each figure, in words, and how to find it among the others.
#pragma once

#include <cstdint>
#include <string_view>

#include "services/reporting/domain/figure.h"

namespace gongkai::reporting {

// What a figure counts.
enum class MemberKind { kOccurrence, kAssignment, kTask, kUnit, kDocument };

struct FigureDefinition {
  std::string_view name;  // as in FigureSet
  MemberKind members = MemberKind::kOccurrence;
  Ratio FigureSet::*ratio = nullptr;  // or
  std::int64_t FigureSet::*count = nullptr;
  std::string_view words;  // Simplified Chinese

  // A count has denominator 0.
  Ratio In(const FigureSet& figures) const {
    return ratio ? figures.*ratio : Ratio{figures.*count, 0};
  }
};

// Null for a name that no figure has.
const FigureDefinition* DefinitionOf(std::string_view name);

}  // namespace gongkai::reporting
