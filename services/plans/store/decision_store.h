// Work that goes to another unit or ends, and the history of all work.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe. Every write takes the lock of the plan, so that no event adds an occurrence to an
// assignment that ends meanwhile.
class DecisionStore {
 public:
  virtual ~DecisionStore() = default;

  // With its occurrences that may be cancelled.
  virtual Result<Document> CancelAssignment(const WriteContext& context,
                                            const AssignmentKey& assignment,
                                            ExpectedRevision expected,
                                            const std::string& reason) = 0;
  // Cancels and gives the cancelled occurrences to `unit` in the same role; the new assignment.
  // NOT_FOUND if there is no such unit; ALREADY_EXISTS with reason ASSIGNMENT_EXISTS.
  virtual Result<Document> ReassignAssignment(const WriteContext& context,
                                              const AssignmentKey& assignment,
                                              ExpectedRevision expected, int unit,
                                              const std::string& reason) = 0;
  // Of the assignment and its occurrences, or of one occurrence; oldest first.
  virtual Result<std::vector<Document>> ListTransitions(const AssignmentKey& assignment,
                                                        std::optional<int> occurrence) = 0;
};

}  // namespace gongkai::plans
