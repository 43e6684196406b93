// gongkai.plans.v1.Calendars.
#pragma once

#include "gongkai/plans/v1/calendars.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/calendar_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` must outlive the service.
class CalendarsService {
 public:
  explicit CalendarsService(CalendarStore& store) : store_(store) {}

  Result<v1::Calendar> GetCalendar(const rpc::Caller&, const v1::GetCalendarRequest&);
  Result<v1::ListCalendarsResponse> ListCalendars(const rpc::Caller&,
                                                  const v1::ListCalendarsRequest&);
  Result<v1::Calendar> LoadCalendar(const rpc::Caller&, const v1::LoadCalendarRequest&);
  Result<v1::AddWorkingDaysResponse> AddWorkingDays(const rpc::Caller&,
                                                    const v1::AddWorkingDaysRequest&);

 private:
  CalendarStore& store_;
};

}  // namespace gongkai::plans
