// The part that one fact has in a figure, and why.
//
// The part follows from the rules that the sums follow from: it is what the figure would be if this
// fact were all there is. 1/1 is the numerator, 0/1 the denominator only, 0/0 is left out.
#pragma once

#include <string_view>

#include "services/reporting/domain/cell_count.h"
#include "services/reporting/domain/figure_definition.h"

namespace gongkai::reporting {

enum class Part { kNumerator = 1, kDenominatorOnly = 2, kLeftOut = 3 };

// A reason by its stable name and in words; both empty in the numerator.
struct Reason {
  std::string_view name;
  std::string_view words;
};

struct Membership {
  Part part = Part::kLeftOut;
  Reason reason;
};

Membership MembershipOf(const FigureDefinition& figure, const OccurrenceFact& occurrence,
                        const PlanTerms& terms, CivilDate as_of);
Membership MembershipOf(const FigureDefinition& figure, const AssignmentFact& assignment,
                        const PlanTerms& terms);
Membership MembershipOf(const FigureDefinition& figure, const DocumentCount& document,
                        const Rules& rules);
// A task with so many occurrences that make it complete, and so many of them verified.
Membership TaskMembership(std::int64_t active, std::int64_t verified);
// A unit, whether it has a task, and whether its head attained the target.
Membership HeadMembership(bool has_task, bool attained);

}  // namespace gongkai::reporting
