// Acts of openness other than interpretations.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// What callers say of an activity, checked.
struct ActivityFacts {
  std::string kind;        // label of the contract's enum
  std::vector<int> units;  // ascending, each once
  CivilDate date;
  std::string title;
  int participant_count = 0;
  Document evidence;  // JSON array of Evidence
};

// What an activity becomes, from the activity as it is; an error leaves it so. Runs in the
// transaction and may run more than once.
using ActivityEdit = std::function<Result<ActivityFacts>(const Document& stored)>;

// Thread-safe. Every write leaves its change in the feed, in the same transaction. NOT_FOUND for a
// unit that the division does not have; FAILED_PRECONDITION with reason RESOURCE_DELETED or
// RESOURCE_NOT_DELETED where that is in the way.
class ActivityStore {
 public:
  virtual ~ActivityStore() = default;

  virtual Result<Document> CreateActivity(const WriteContext& context, DivisionCode division,
                                          const ActivityFacts& facts) = 0;
  virtual Result<Document> GetActivity(const ActivityKey& key) = 0;
  // Newest first.
  virtual Result<Page> ListActivities(DivisionCode division, bool with_deleted,
                                      const ListQuery& query) = 0;
  virtual Result<Document> UpdateActivity(const WriteContext& context, const ActivityKey& key,
                                          ExpectedRevision expected, const ActivityEdit& edit) = 0;
  virtual Result<Document> DeleteActivity(const WriteContext& context, const ActivityKey& key,
                                          ExpectedRevision expected) = 0;
  virtual Result<Document> UndeleteActivity(const WriteContext& context, const ActivityKey& key,
                                            ExpectedRevision expected) = 0;
};

}  // namespace gongkai::plans
