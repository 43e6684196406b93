// gongkai.plans.v1.TaskEvents.
#pragma once

#include <functional>

#include "gongkai/plans/v1/plans.pb.h"
#include "gongkai/plans/v1/task_events.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/calendar_store.h"
#include "services/plans/store/event_store.h"
#include "services/plans/store/plan_store.h"

namespace gongkai::plans {

// How long after an event something is due: one of the two is above 0.
struct DaysAfter {
  int working = 0;
  int calendar = 0;
};

// The handlers: thread-safe, know no network. The stores must outlive the service.
class TaskEventsService {
 public:
  struct Stores {
    PlanStore& plans;
    EventStore& events;
    CalendarStore& calendars;
  };

  TaskEventsService(const Stores& stores, std::function<CivilDate()> today)
      : stores_(stores), today_(std::move(today)) {}

  Result<v1::TaskEvent> CreateTaskEvent(const rpc::Caller&, const v1::CreateTaskEventRequest&);
  Result<v1::TaskEvent> GetTaskEvent(const rpc::Caller&, const v1::GetTaskEventRequest&);
  Result<v1::ListTaskEventsResponse> ListTaskEvents(const rpc::Caller&,
                                                    const v1::ListTaskEventsRequest&);
  Result<v1::TaskEvent> CorrectTaskEvent(const rpc::Caller&, const v1::CorrectTaskEventRequest&);
  Result<v1::TaskEvent> CancelTaskEvent(const rpc::Caller&, const v1::CancelTaskEventRequest&);

 private:
  // Working days by the calendars that are loaded.
  Result<CivilDate> DueAfter(CivilDate event_date, const DaysAfter& days);

  const Stores stores_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
