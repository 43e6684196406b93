// gongkai.plans.v1.Activities.
#pragma once

#include <functional>

#include "gongkai/plans/v1/activities.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/activity_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` must outlive the service.
class ActivitiesService {
 public:
  ActivitiesService(ActivityStore& store, std::function<CivilDate()> today)
      : store_(store), today_(std::move(today)) {}

  Result<v1::Activity> CreateActivity(const rpc::Caller&, const v1::CreateActivityRequest&);
  Result<v1::Activity> GetActivity(const rpc::Caller&, const v1::GetActivityRequest&);
  Result<v1::ListActivitiesResponse> ListActivities(const rpc::Caller&,
                                                    const v1::ListActivitiesRequest&);
  Result<v1::Activity> UpdateActivity(const rpc::Caller&, const v1::UpdateActivityRequest&);
  Result<v1::Activity> DeleteActivity(const rpc::Caller&, const v1::DeleteActivityRequest&);
  Result<v1::Activity> UndeleteActivity(const rpc::Caller&, const v1::UndeleteActivityRequest&);

 private:
  // What the activity says, checked.
  Result<ActivityFacts> FactsOf(const v1::Activity& activity, DivisionCode division) const;

  ActivityStore& store_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
