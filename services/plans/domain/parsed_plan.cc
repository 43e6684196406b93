#include "services/plans/domain/parsed_plan.h"

#include <utility>

namespace gongkai::plans {

DueRule UnstatedDue(int32_t year, std::string text) {
  DueRule rule{.text = std::move(text), .kind = DueKind::kUnstated, .assumed = true};
  if (year > 0) {
    rule.date = CivilDate(std::chrono::year(year), std::chrono::December, std::chrono::day(31));
  }
  return rule;
}

bool SameDue(const DueRule& a, const DueRule& b) {
  return a.kind == b.kind && a.date == b.date && a.cadence == b.cadence &&
         a.working_days == b.working_days && a.calendar_days == b.calendar_days;
}

}  // namespace gongkai::plans
