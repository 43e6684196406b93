// The year's work: assignments and occurrences.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/plans/domain/contact.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// What a unit files (备案).
struct Measures {
  std::string measures;
  std::string section;
  std::string person;
  SealedContact contact;
};

// Thread-safe. Every write is one statement: the change of state if the table of states allows it,
// its row in the history and its row in the feed. FAILED_PRECONDITION with reason
// STATE_NOT_ALLOWED if it does not, with reason PLAN_NOT_ISSUED once the plan is closed or deleted.
class WorkStore {
 public:
  virtual ~WorkStore() = default;

  virtual Result<Document> GetAssignment(const AssignmentKey& assignment) = 0;
  // By division, plan, task, unit and role.
  virtual Result<Page> ListAssignments(const WorkScope& scope, const ListQuery& query) = 0;
  // kClaim, kDecline or kUphold; `comment` says why it was declined or upheld.
  virtual Result<Document> ChangeAssignment(const WriteContext& context,
                                            const AssignmentKey& assignment,
                                            ExpectedRevision expected, AssignmentAction action,
                                            const std::string& comment) = 0;
  virtual Result<Document> FileMeasures(const WriteContext& context,
                                        const AssignmentKey& assignment, ExpectedRevision expected,
                                        const Measures& measures) = 0;

  virtual Result<Document> GetOccurrence(const OccurrenceKey& occurrence) = 0;
  // By division, plan, task, unit, role and number.
  virtual Result<Page> ListOccurrences(const WorkScope& scope, const ListQuery& query) = 0;
  // kSubmit needs an assignment that was claimed: FAILED_PRECONDITION with reason
  // ASSIGNMENT_NOT_CLAIMED. `comment` is the reviewer's, for kReturn and kVerify, or says why, for
  // kCancel.
  virtual Result<Document> ChangeOccurrence(const WriteContext& context,
                                            const OccurrenceKey& occurrence,
                                            ExpectedRevision expected, OccurrenceAction action,
                                            const std::string& comment) = 0;

  // All or nothing; the JSON of BatchClaimAssignmentsResponse and BatchVerifyOccurrencesResponse.
  // `keys` must not be empty and are of one division. An error has the metadata `index` of the key
  // that it is about.
  virtual Result<Document> ClaimAll(const WriteContext& context,
                                    const std::vector<AssignmentKey>& keys) = 0;
  virtual Result<Document> VerifyAll(const WriteContext& context,
                                     const std::vector<OccurrenceKey>& keys,
                                     const std::string& comment) = 0;
};

}  // namespace gongkai::plans
