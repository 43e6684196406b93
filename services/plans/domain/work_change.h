// What an amended task makes of the work that its plan has given out already.
#pragma once

#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/expansion.h"
#include "services/plans/domain/schedule.h"

namespace gongkai::plans {

struct PresentOccurrence {
  int occurrence = 0;
  std::string period;
  CivilDate due;
  DueKind kind = DueKind::kUnstated;
  bool submittable = false;  // not submitted, verified or cancelled
  bool cancellable = false;  // not verified or cancelled
};

struct PresentAssignment {
  int unit = 0;
  UnitRole role = UnitRole::kResponsible;
  bool cancelled = false;
  std::vector<PresentOccurrence> occurrences;
};

struct OccurrencePlace {
  int unit = 0;
  UnitRole role = UnitRole::kResponsible;
  int occurrence = 0;
  bool operator==(const OccurrencePlace&) const = default;
};

struct AddedOccurrence {
  OccurrencePlace place;
  ScheduledOccurrence occurrence;
};

struct MovedOccurrence {
  OccurrencePlace place;
  CivilDate before;
  ScheduledOccurrence occurrence;  // with the new due date
};

// The changes of one task's work.
struct WorkChange {
  int task = 0;
  std::vector<ExpandedUnit> assigned;   // new, or cancelled before and wanted again
  std::vector<ExpandedUnit> cancelled;  // `source_text` is empty
  std::vector<AddedOccurrence> added;
  std::vector<MovedOccurrence> moved;
  std::vector<OccurrencePlace> cancelled_occurrences;
};

// What the amendment says of the task.
struct AmendedTask {
  ExpandedTask wanted;       // nobody and nothing for a task that is cancelled
  bool due_changed = false;  // only then are present occurrences looked at again
  CivilDate from;            // periods that recur and end before this day are not added
};

// `present` is the task's work of every unit, cancelled ones included. A period that was cancelled
// by itself is not brought back; occurrences of a RELATIVE rule belong to their events and stay.
WorkChange ChangeWork(const std::vector<PresentAssignment>& present, const AmendedTask& amended);

}  // namespace gongkai::plans
