// What units owe, by which rules they are reminded of it, and that they were.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/reminder_schedule.h"
#include "services/plans/domain/supervision_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// What of all that is owed a list or a round is about.
struct OwedScope {
  DivisionRange divisions;
  std::optional<int> unit;
  CivilDate latest_due;
};

// What one unit owes.
struct OwedWork {
  WorkKey key;
  Document due_reminder;
};

struct NewReminders {
  std::vector<WorkKey> subjects;  // of one division
  std::string channel;            // the label of the contract's enum
  std::string text;
};

// Thread-safe.
class ReminderStore {
 public:
  virtual ~ReminderStore() = default;

  // DueReminders without what depends on the day.
  virtual Result<Page> ListOwed(const OwedScope& scope, const ListQuery& query) = 0;
  // The next of them behind `after`, by key: at most 1000, of one division, none only at the end.
  virtual Result<std::vector<OwedWork>> ReadOwed(const OwedScope& scope,
                                                 const std::optional<WorkKey>& after) = 0;
  // The rules of these divisions and of those above them, each division's own.
  virtual Result<std::vector<Document>> ReadRules(const DivisionRange& divisions) = 0;
  // Sets the division's own rules. `expected` is 0 where it must not have any yet. NOT_FOUND for a
  // division that does not exist.
  virtual Result<Document> PutRules(const WriteContext& context, DivisionCode division,
                                    ExpectedRevision expected, const ReminderRuleSet& rules) = 0;
  // A RecordRemindersResponse. NOT_FOUND or FAILED_PRECONDITION with reason NOTHING_OWED; `index`
  // in the metadata tells for which subject.
  virtual Result<Document> RecordReminders(const WriteContext& context, DivisionCode division,
                                           const NewReminders& reminders) = 0;
  virtual Result<Document> GetReminder(const ReminderKey& key) = 0;
  // Latest first; only of `subject` if there is one.
  virtual Result<Page> ListReminders(const DivisionRange& divisions,
                                     const std::optional<WorkKey>& subject,
                                     const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
