// Rounds of reminding: what is sent on each day to whoever watches, and where a watcher is.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "gongkai/plans/v1/reminders.pb.h"
#include "services/common/time/civil_date.h"
#include "services/plans/store/reminder_store.h"

namespace gongkai::plans {

// The rules of a province's divisions: each division's own, else those of the nearest above it,
// else the service's. Immutable.
class ReminderRuleTable {
 public:
  // INTERNAL if a stored document is not of its form.
  static Result<ReminderRuleTable> Make(const std::vector<Document>& rules);

  v1::ReminderRules For(DivisionCode division) const;
  // Of all rules, how many days before the due date the first step is.
  int LongestLead() const { return longest_lead_; }

 private:
  std::map<int, v1::ReminderRules> rules_;
  int longest_lead_ = 0;
};

v1::ReminderSchedule ToMessage(const ReminderSchedule& schedule);
ReminderSchedule ToSchedule(const v1::ReminderSchedule& message);

// Where a watcher is: in the round of `day`, behind `after`, or behind the round where `complete`.
struct RoundPlace {
  CivilDate sent_through;  // steps up to and with this day were sent before the round
  CivilDate day;
  std::optional<WorkKey> after;
  bool complete = false;

  // `r1.SENT_THROUGH.DAY.NAME`, behind a round `r1.DAY`.
  std::string ToToken() const;
  // Empty: the beginning of the round of `today`. INVALID_ARGUMENT for any other text.
  static Result<RoundPlace> FromToken(const std::string& token, CivilDate today);
};

// The place from which a watcher reads who is behind the round of an earlier day.
RoundPlace NextRound(const RoundPlace& complete, CivilDate today);

// A part of the round, and the place behind it in `place`: what of the next at most 1000 things
// owed has a step, none in many a part. `place` must not be complete.
Result<v1::WatchDueRemindersResponse> ReadRound(ReminderStore& store,
                                                const DivisionRange& divisions, RoundPlace& place);

}  // namespace gongkai::plans
