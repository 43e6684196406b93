// Events that start the clock of RELATIVE tasks.
#pragma once

#include <string>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewTaskEvent {
  CivilDate event_date;
  std::string description;
  int rule = 0;  // 0 for the task's `due`, n for the n-th of `further_due`
  // Of the rule: one of the two is above 0.
  int working_days = 0;
  int calendar_days = 0;
  CivilDate due;
};

struct TaskEventCorrection {
  CivilDate event_date;
  std::string description;
  CivilDate due;
  std::string reason;
};

// Thread-safe. Every write takes the lock of the plan, and leaves the changes of the occurrences in
// their history and in the feed, in the same transaction.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // The event, and an occurrence for every assignment of the task that is not CANCELLED. NOT_FOUND
  // for a task that does not exist; FAILED_PRECONDITION with reason PLAN_NOT_ISSUED.
  virtual Result<Document> RecordEvent(const WriteContext& context, const TaskKey& task,
                                       const NewTaskEvent& event) = 0;
  // Moves the due dates of its occurrences but those that are VERIFIED or CANCELLED.
  // FAILED_PRECONDITION with reason EVENT_CANCELLED.
  virtual Result<Document> CorrectEvent(const WriteContext& context, const TaskEventKey& event,
                                        ExpectedRevision expected,
                                        const TaskEventCorrection& correction) = 0;
  // Cancels its occurrences that may be cancelled. FAILED_PRECONDITION with reason EVENT_CANCELLED.
  virtual Result<Document> CancelEvent(const WriteContext& context, const TaskEventKey& event,
                                       ExpectedRevision expected, const std::string& reason) = 0;
  virtual Result<Document> GetEvent(const TaskEventKey& event) = 0;
  // In the order of recording.
  virtual Result<Page> ListEvents(const TaskKey& task, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
