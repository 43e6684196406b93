// Which tasks carry out which tasks of a division above.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewUpstreamLink {
  TaskKey upstream_task;
  std::optional<int> task;  // of the link's plan; nothing: does not apply
  std::string reason;
};

// Thread-safe. Every write leaves its change in the feed, in the same transaction.
class UpstreamStore {
 public:
  virtual ~UpstreamStore() = default;

  // NOT_FOUND for a plan or task that is not there; FAILED_PRECONDITION with reason PLAN_NOT_ISSUED
  // or UPSTREAM_TASK_DECIDED; ALREADY_EXISTS.
  virtual Result<Document> CreateLink(const WriteContext& context, const PlanKey& plan,
                                      const NewUpstreamLink& link) = 0;
  // FAILED_PRECONDITION with reason LINK_WITHDRAWN.
  virtual Result<Document> WithdrawLink(const WriteContext& context, const UpstreamLinkKey& link,
                                        ExpectedRevision expected, const std::string& reason) = 0;
  virtual Result<Document> GetLink(const UpstreamLinkKey& link) = 0;
  // Of any plan of the division where none is given.
  virtual Result<Page> ListLinks(DivisionCode division, std::optional<int> plan,
                                 const ListQuery& query) = 0;
  // Those in force between two plans.
  virtual Result<std::vector<Document>> LinksBetween(const PlanKey& plan,
                                                     const PlanKey& upstream) = 0;
  virtual Result<Page> ListCounterparts(const TaskKey& upstream_task, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
