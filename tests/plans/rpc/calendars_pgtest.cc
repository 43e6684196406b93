// Calendars of working days over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::PlansWorld;

class Calendars : public ::testing::Test {
 protected:
  static v1::LoadCalendarRequest Year2027() {
    v1::LoadCalendarRequest request;
    request.set_name("calendars/2027");
    request.add_notices("https://example.gov.cn/notice");
    for (const char* day : {"2027-01-01", "2027-01-02", "2027-01-03"}) request.add_days_off(day);
    request.add_make_up_days("2026-12-27");
    return request;
  }

  Result<v1::Calendar> Load(const v1::LoadCalendarRequest& request) {
    return world_.Call(*world_.calendars, &v1::Calendars::Stub::LoadCalendar, request);
  }

  Result<v1::AddWorkingDaysResponse> Add(const std::string& date, int working_days) {
    v1::AddWorkingDaysRequest request;
    request.set_date(date);
    request.set_working_days(working_days);
    return world_.Call(*world_.calendars, &v1::Calendars::Stub::AddWorkingDays, request);
  }

  PlansWorld world_;
};

TEST_F(Calendars, OfTenYearsAreThereFromTheStart) {
  const auto list = world_.Call(*world_.calendars, &v1::Calendars::Stub::ListCalendars,
                                v1::ListCalendarsRequest());
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->calendars_size(), 10);
  EXPECT_EQ(list->calendars(0).name(), "calendars/2017");
  EXPECT_EQ(list->calendars(9).days_off(0), "2026-01-01");
}

TEST_F(Calendars, AnswerUnknownUntilTheYearIsLoaded) {
  const auto unknown = Add("2026-12-24", 2);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().reason, "CALENDAR_UNKNOWN");
  EXPECT_EQ(unknown.error().metadata.at("year"), "2027");
  ASSERT_TRUE(Load(Year2027()));
  // Friday, and the Sunday that is made up.
  EXPECT_EQ(Add("2026-12-24", 2)->date(), "2026-12-27");
}

TEST_F(Calendars, AreReplacedByWhoReadThemLast) {
  const auto first = Load(Year2027());
  ASSERT_TRUE(first) << first.error().message;
  auto change = Year2027();
  change.set_etag(first->etag());
  ASSERT_TRUE(Load(change));
  EXPECT_EQ(Load(change).error().reason, "ETAG_MISMATCH");
}

TEST_F(Calendars, AreOnlyCheckedWhereThatIsAsked) {
  auto request = Year2027();
  request.set_validate_only(true);
  ASSERT_TRUE(Load(request));
  v1::GetCalendarRequest get;
  get.set_name("calendars/2027");
  EXPECT_EQ(world_.Call(*world_.calendars, &v1::Calendars::Stub::GetCalendar, get).error().code,
            ErrorCode::kNotFound);
}

TEST_F(Calendars, AreRefusedWithEveryDayThatCannotBe) {
  auto request = Year2027();
  request.add_days_off("2026-12-24");
  request.add_days_off("2027-02-30");
  request.add_make_up_days("2027-01-04");
  request.add_make_up_days("2027-01-02");
  const auto refused = Load(request);
  ASSERT_FALSE(refused);
  std::vector<std::string> fields;
  for (const auto& violation : refused.error().violations) fields.push_back(violation.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"days_off[3]", "days_off[4]", "make_up_days",
                                              "make_up_days"}));
}

}  // namespace
}  // namespace gongkai::plans
