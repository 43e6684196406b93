// Moved due dates and requests for them.
#pragma once

#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe. A due date that moves leaves its old value in the history, and the change in the
// feed, in the same transaction.
class DeadlineStore {
 public:
  virtual ~DeadlineStore() = default;

  // INVALID_ARGUMENT unless `due` is later than the present due date; FAILED_PRECONDITION with
  // reason EXTENSION_PENDING.
  virtual Result<Document> RequestExtension(const WriteContext& context,
                                            const OccurrenceKey& occurrence,
                                            ExpectedRevision expected, CivilDate due,
                                            const std::string& reason) = 0;
  virtual Result<Document> DecideExtension(const WriteContext& context,
                                           const DueDateChangeKey& change,
                                           ExpectedRevision expected, ExtensionAction action,
                                           const std::string& comment) = 0;
  // INVALID_ARGUMENT if `due` is the present due date or before the issue date of the plan.
  virtual Result<Document> ResetDueDate(const WriteContext& context,
                                        const OccurrenceKey& occurrence, ExpectedRevision expected,
                                        CivilDate due, const std::string& reason) = 0;
  // Oldest first.
  virtual Result<std::vector<Document>> ListDueDateChanges(const OccurrenceKey& occurrence) = 0;
};

}  // namespace gongkai::plans
