#include "services/plans/domain/work_change.h"

#include <algorithm>

namespace gongkai::plans {
namespace {

bool Recurs(DueKind kind) { return kind == DueKind::kRecurring || kind == DueKind::kOngoing; }

// Both are the same period of the same kind of rule: a task may be due in a year and be judged in
// its quarters as well.
bool SamePeriod(const PresentOccurrence& present, const ScheduledOccurrence& wanted) {
  return present.period == wanted.period &&
         (present.kind == DueKind::kOngoing) == (wanted.kind == DueKind::kOngoing);
}

class Changer {
 public:
  Changer(const AmendedTask& amended) : amended_(amended) { change_.task = amended.wanted.task; }

  void Assign(const ExpandedUnit& unit, const PresentAssignment* before) {
    change_.assigned.push_back(unit);
    int number = before ? LastOccurrence(*before) : 0;
    for (const auto& occurrence : amended_.wanted.occurrences) {
      Add({unit.unit, unit.role, 0}, occurrence, number);
    }
  }

  void Cancel(const PresentAssignment& assignment) {
    change_.cancelled.push_back({assignment.unit, assignment.role, ""});
    for (const auto& occurrence : assignment.occurrences) {
      if (occurrence.cancellable) CancelOccurrence(assignment, occurrence);
    }
  }

  void Reschedule(const PresentAssignment& assignment) {
    std::vector<bool> met(amended_.wanted.occurrences.size());
    for (const auto& present : assignment.occurrences) {
      if (present.kind == DueKind::kRelative) continue;
      const auto* wanted = TakeSamePeriod(present, met);
      if (!present.submittable) continue;
      if (!wanted) {
        CancelOccurrence(assignment, present);
      } else if (wanted->due != present.due || wanted->kind != present.kind) {
        change_.moved.push_back(
            {{assignment.unit, assignment.role, present.occurrence}, present.due, *wanted});
      }
    }
    int number = LastOccurrence(assignment);
    for (std::size_t i = 0; i < met.size(); ++i) {
      if (!met[i]) {
        Add({assignment.unit, assignment.role, 0}, amended_.wanted.occurrences[i], number);
      }
    }
  }

  WorkChange Take() { return std::move(change_); }

 private:
  static int LastOccurrence(const PresentAssignment& assignment) {
    int last = 0;
    for (const auto& present : assignment.occurrences) last = std::max(last, present.occurrence);
    return last;
  }

  const ScheduledOccurrence* TakeSamePeriod(const PresentOccurrence& present,
                                            std::vector<bool>& met) const {
    for (std::size_t i = 0; i < met.size(); ++i) {
      const auto& wanted = amended_.wanted.occurrences[i];
      if (met[i] || !SamePeriod(present, wanted)) continue;
      met[i] = true;
      return &wanted;
    }
    return nullptr;
  }

  void Add(OccurrencePlace place, const ScheduledOccurrence& occurrence, int& number) {
    if (Recurs(occurrence.kind) && occurrence.due < amended_.from) return;
    place.occurrence = ++number;
    change_.added.push_back({place, occurrence});
  }

  void CancelOccurrence(const PresentAssignment& assignment, const PresentOccurrence& present) {
    change_.cancelled_occurrences.push_back({assignment.unit, assignment.role, present.occurrence});
  }

  const AmendedTask& amended_;
  WorkChange change_;
};

}  // namespace

WorkChange ChangeWork(const std::vector<PresentAssignment>& present, const AmendedTask& amended) {
  Changer changer(amended);
  const auto& wanted = amended.wanted.units;
  for (const auto& assignment : present) {
    if (assignment.cancelled) continue;
    const bool stays = std::any_of(wanted.begin(), wanted.end(), [&](const ExpandedUnit& unit) {
      return unit.unit == assignment.unit && unit.role == assignment.role;
    });
    if (!stays) {
      changer.Cancel(assignment);
    } else if (amended.due_changed) {
      changer.Reschedule(assignment);
    }
  }
  for (const auto& unit : wanted) {
    const auto before =
        std::find_if(present.begin(), present.end(), [&](const PresentAssignment& assignment) {
          return assignment.unit == unit.unit && assignment.role == unit.role;
        });
    if (before == present.end()) {
      changer.Assign(unit, nullptr);
    } else if (before->cancelled) {
      changer.Assign(unit, &*before);
    }
  }
  return changer.Take();
}

}  // namespace gongkai::plans
