#include "services/plans/rpc/calendars_service.h"

#include <algorithm>
#include <set>

#include "services/plans/domain/resource_name.h"
#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr char kCalendarForm[] = "calendars/{year}";
constexpr int kMostDays = 100;
constexpr int kMostNotices = 10;
constexpr int kMostWorkingDays = 500;

using Texts = google::protobuf::RepeatedPtrField<std::string>;

// Every day once, in order.
std::vector<CivilDate> ReadDays(const Texts& texts, const std::string& field, int year,
                                RequestChecks& checks) {
  checks.Require(texts.size() <= kMostDays, field,
                 "must have at most 100 days, has " + std::to_string(texts.size()));
  std::set<CivilDate> days;
  for (int i = 0; i < texts.size() && i < kMostDays; ++i) {
    const auto place = field + "[" + std::to_string(i) + "]";
    const auto day = checks.Date(texts[i], place);
    if (!day) continue;
    checks.Require(*day >= FirstDayOfNotice(year) && static_cast<int>(day->year()) <= year, place,
                   "must be from " + FormatDate(FirstDayOfNotice(year)) + " to the end of " +
                       std::to_string(year));
    days.insert(*day);
  }
  return {days.begin(), days.end()};
}

void CheckMakeUpDays(const CalendarYear& calendar, RequestChecks& checks) {
  for (const auto& day : calendar.make_up_days) {
    const auto weekday = std::chrono::weekday(std::chrono::sys_days(day)).iso_encoding();
    checks.Require(
        weekday >= 6, "make_up_days",
        FormatDate(day) + " is worked anyway: only Saturdays and Sundays can be made up");
    checks.Require(!std::binary_search(calendar.days_off.begin(), calendar.days_off.end(), day),
                   "make_up_days", FormatDate(day) + " stands in days_off too");
  }
}

}  // namespace

Result<v1::Calendar> CalendarsService::GetCalendar(const rpc::Caller&,
                                                   const v1::GetCalendarRequest& request) {
  const auto year = ParseCalendarName(request.name());
  if (!year) return Fail(MalformedName("name", kCalendarForm));
  return ToMessage<v1::Calendar>(store_.GetCalendar(*year));
}

Result<v1::ListCalendarsResponse> CalendarsService::ListCalendars(const rpc::Caller&,
                                                                  const v1::ListCalendarsRequest&) {
  return ToRepeated(store_.ListCalendars(), &v1::ListCalendarsResponse::mutable_calendars);
}

Result<v1::Calendar> CalendarsService::LoadCalendar(const rpc::Caller& caller,
                                                    const v1::LoadCalendarRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseCalendarName, kCalendarForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Require(start->key >= 2000 && start->key <= 2100, "name",
                 "must be of a year from 2000 to 2100");
  checks.Require(request.notices_size() >= 1 && request.notices_size() <= kMostNotices, "notices",
                 "must name 1 to 10 notices");
  for (int i = 0; i < request.notices_size(); ++i) {
    checks.Length(request.notices(i), "notices[" + std::to_string(i) + "]", 1, 500);
  }
  checks.Require(request.days_off_size() > 0, "days_off", "must not be empty");
  const CalendarYear calendar{
      .year = start->key,
      .notices = {request.notices().begin(), request.notices().end()},
      .days_off = ReadDays(request.days_off(), "days_off", start->key, checks),
      .make_up_days = ReadDays(request.make_up_days(), "make_up_days", start->key, checks)};
  CheckMakeUpDays(calendar, checks);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Calendar>(store_.LoadCalendar(start->context, start->expected, calendar));
}

Result<v1::AddWorkingDaysResponse> CalendarsService::AddWorkingDays(
    const rpc::Caller&, const v1::AddWorkingDaysRequest& request) {
  RequestChecks checks;
  const auto date = checks.Date(request.date(), "date");
  checks.Require(request.working_days() >= 0 && request.working_days() <= kMostWorkingDays,
                 "working_days", "must be from 0 to 500");
  if (!checks.ok()) return Fail(checks.error());
  const auto days = store_.LoadWorkingDays();
  if (!days) return Fail(days.error());
  const auto last = days->After(*date, request.working_days());
  if (!last) return Fail(last.error());
  v1::AddWorkingDaysResponse response;
  response.set_date(FormatDate(*last));
  return response;
}

}  // namespace gongkai::plans
