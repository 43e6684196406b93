#include <gtest/gtest.h>

#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using std::chrono::system_clock;
using testing::TestDatabase;

constexpr int kPingyin = 370124;

// The county with two units and one plan in force for 2023, seen at noon on 1 August 2023.
class FiguresServiceTest : public ::testing::Test {
 protected:
  FiguresServiceTest() {
    Batch batch{.resume_token = "a"};
    batch.divisions = {
        {.division = 370100,
         .display_name = "济南市",
         .level = DivisionLevel::kCity,
         .revision = 1},
        {.division = kPingyin, .display_name = "平阴县", .parent = 370100, .revision = 1}};
    batch.units = {{.division = kPingyin, .unit = 1, .display_name = "县财政局", .revision = 1},
                   {.division = kPingyin, .unit = 2, .display_name = "县教体局", .revision = 1}};
    batch.plans = {Plan(202301, 2023, PlanState::kIssued), Plan(202401, 2024, PlanState::kDraft)};
    Apply(std::move(batch));
  }

  static PlanFact Plan(int number, int year, PlanState state) {
    return {.division = kPingyin,
            .plan = number,
            .year = year,
            .state = state,
            .issue_date = ParseDate("2023-03-01"),
            .revision = 1};
  }

  static OccurrenceFact Occurrence(int number, const char* due) {
    return {.division = kPingyin,
            .plan = 202301,
            .task = 1,
            .unit = 1,
            .role = Role::kLead,
            .occurrence = number,
            .due_date = ParseDate(due),
            .revision = 1};
  }

  void Apply(Batch batch) {
    if (!batch.known_day) batch.known_day = ParseDate("2023-07-20");
    batch.after_token = store_.ReadPosition()->resume_token;
    ASSERT_TRUE(store_.Apply(batch));
  }

  static v1::GetOverviewRequest Request(const std::string& name) {
    v1::GetOverviewRequest request;
    request.set_name(name);
    return request;
  }

  TestDatabase database_{kSchema};
  PostgresFigureStore store_{{.conninfo = database_.conninfo(), .connections = 1}};
  FiguresService service_{
      store_, kRules2026, [] {
        return system_clock::time_point(std::chrono::sys_days(*ParseDate("2023-08-01"))) +
               std::chrono::hours(4);
      }};
};

TEST_F(FiguresServiceTest, AnswersForTodayAndTheNewestYearInForce) {
  const auto overview = service_.GetOverview(Request("divisions/370124"));
  ASSERT_TRUE(overview);
  EXPECT_EQ(overview->year(), 2023);
  EXPECT_EQ(overview->as_of_date(), "2023-08-01");
  EXPECT_EQ(overview->display_name(), "平阴县");
  EXPECT_EQ(overview->rule_version(), "2026-1");
}

TEST_F(FiguresServiceTest, FindsTheNewestYearBelowADivisionWithoutPlansOfItsOwn) {
  EXPECT_EQ(service_.GetOverview(Request("divisions/370100"))->year(), 2023);
}

TEST_F(FiguresServiceTest, ShowsWhatStandsDirectlyBelow) {
  const auto city = service_.GetOverview(Request("divisions/370100"));
  ASSERT_EQ(city->rows_size(), 1);
  EXPECT_EQ(city->rows(0).subject(), "divisions/370124");

  Apply({.resume_token = "b", .occurrences = {Occurrence(1, "2023-08-01")}});
  const auto county = service_.GetOverview(Request("divisions/370124"));
  ASSERT_EQ(county->rows_size(), 1) << "the unit without a task is left out";
  EXPECT_EQ(county->rows(0).subject(), "divisions/370124/units/1");
  EXPECT_EQ(county->rows(0).display_name(), "县财政局");
}

TEST_F(FiguresServiceTest, BecomesOverdueTheDayAfterTheDueDateWithoutAnyChange) {
  Apply({.resume_token = "b", .occurrences = {Occurrence(1, "2023-08-01")}});
  auto request = Request("divisions/370124");
  request.set_as_of_date("2023-07-31");
  EXPECT_EQ(service_.GetOverview(request)->total().on_time().denominator(), 0);
  request.set_as_of_date("2023-08-01");
  EXPECT_EQ(service_.GetOverview(request)->total().on_time().denominator(), 1);
  EXPECT_EQ(service_.GetOverview(request)->total().overdue_not_done(), 0);
  request.set_as_of_date("2023-08-02");
  EXPECT_EQ(service_.GetOverview(request)->total().overdue_not_done(), 1);
}

TEST_F(FiguresServiceTest, ListsApartWhatWasDueBeforeThePlanWasIssued) {
  Apply({.resume_token = "b", .occurrences = {Occurrence(1, "2023-02-28")}});
  const auto total = service_.GetOverview(Request("divisions/370124"))->total();
  EXPECT_EQ(total.due_before_issue(), 1);
  EXPECT_EQ(total.overdue_not_done(), 0);
  EXPECT_EQ(total.on_time().display(), "N/A");
  EXPECT_EQ(total.completion().display(), "0.0%");
}

TEST_F(FiguresServiceTest, DoesNotCountAPlanBeforeItIsIssued) {
  auto occurrence = Occurrence(1, "2024-06-30");
  occurrence.plan = 202401;
  Apply({.resume_token = "b", .occurrences = {occurrence}});
  auto request = Request("divisions/370124");
  request.set_year(2024);
  EXPECT_EQ(service_.GetOverview(request)->total().completion().display(), "N/A");

  auto plan = Plan(202401, 2024, PlanState::kIssued);
  plan.revision = 2;
  Apply({.resume_token = "c", .plans = {plan}});
  EXPECT_EQ(service_.GetOverview(request)->total().completion().display(), "0.0%");
}

TEST_F(FiguresServiceTest, RanksRowsAndSharesThePlacesOfEqualOnes) {
  Batch batch{.resume_token = "b"};
  const struct {
    int unit;
    int verified;
    int open;
  } units[] = {{1, 1, 1}, {2, 2, 2}, {3, 2, 0}, {4, 0, 3}};
  for (const auto& unit : units) {
    batch.units.push_back({.division = kPingyin, .unit = unit.unit, .revision = 2});
    for (int number = 1; number <= unit.verified + unit.open; ++number) {
      auto occurrence = Occurrence(number, "2023-12-31");
      occurrence.unit = unit.unit;
      if (number <= unit.verified) occurrence.state = OccurrenceState::kVerified;
      batch.occurrences.push_back(occurrence);
    }
  }
  batch.units.push_back({.division = kPingyin, .unit = 5, .revision = 1});
  batch.assignments.push_back(
      {.division = kPingyin, .plan = 202301, .task = 1, .unit = 5, .revision = 1});
  Apply(batch);

  auto request = Request("divisions/370124");
  request.set_order_by("completion desc");
  std::string ranks;
  const auto overview = *service_.GetOverview(request);
  for (const auto& row : overview.rows()) {
    ranks +=
        row.subject().substr(row.subject().rfind('/') + 1) + ":" + std::to_string(row.rank()) + " ";
  }
  EXPECT_EQ(ranks, "3:1 1:2 2:2 4:4 5:0 ");
}

TEST_F(FiguresServiceTest, ComparesWithWhatWasKnownThen) {
  Batch july{.resume_token = "b", .occurrences = {Occurrence(1, "2023-07-15")}};
  july.known_day = ParseDate("2023-07-20");
  Apply(july);
  auto verified = Occurrence(1, "2023-07-15");
  verified.state = OccurrenceState::kVerified;
  verified.submit_date = ParseDate("2023-07-10");  // said in August
  verified.revision = 2;
  Batch august{.resume_token = "c", .occurrences = {verified}};
  august.known_day = ParseDate("2023-08-01");
  Apply(august);

  auto request = Request("divisions/370124");
  request.set_compare_with(v1::GetOverviewRequest::PREVIOUS_MONTH);
  const auto overview = *service_.GetOverview(request);
  EXPECT_EQ(overview.compared_date(), "2023-07-31");
  EXPECT_EQ(overview.total().overdue_not_done(), 0);
  EXPECT_EQ(overview.total().on_time().numerator(), 1);
  EXPECT_EQ(overview.compared_total().overdue_not_done(), 1);
  EXPECT_EQ(overview.compared_total().on_time().numerator(), 0);
  ASSERT_EQ(overview.rows_size(), 1);
  EXPECT_EQ(overview.rows(0).compared().overdue_not_done(), 1);

  request.set_compare_with(v1::GetOverviewRequest::PREVIOUS_YEAR);
  const auto no_year = *service_.GetOverview(request);
  EXPECT_EQ(no_year.compared_date(), "2022-08-01");
  EXPECT_FALSE(no_year.has_compared_total()) << "nothing is known of that day";
}

TEST_F(FiguresServiceTest, RefusesATrendOfTooManyPointsAndNamesTheRemedy) {
  v1::GetTrendRequest request;
  request.set_name("divisions/370124");
  request.set_step(v1::GetTrendRequest::DAY);
  request.set_from_date("2023-07-01");
  request.set_to_date("2023-12-31");
  const auto trend = service_.GetTrend(request);
  ASSERT_FALSE(trend);
  EXPECT_EQ(trend.error().violations[0].field, "step");
}

TEST_F(FiguresServiceTest, RefusesThePageTokenOfAnotherList) {
  Apply({.resume_token = "b",
         .occurrences = {Occurrence(1, "2023-07-15"), Occurrence(2, "2023-08-15")}});
  v1::ListFigureMembersRequest request;
  request.set_parent("divisions/370124");
  request.set_figure("completion");
  request.set_page_size(1);
  const auto first = *service_.ListFigureMembers(request);
  ASSERT_FALSE(first.next_page_token().empty());
  EXPECT_EQ(first.members(0).name(),
            "divisions/370124/plans/202301/tasks/1/assignments/1-lead/occurrences/1");
  EXPECT_EQ(first.members(0).reason(), "NOT_VERIFIED");
  EXPECT_EQ(first.members(0).state(), "OPEN");
  request.set_page_token(first.next_page_token());
  EXPECT_EQ(service_.ListFigureMembers(request)->members(0).due_date(), "2023-08-15");
  request.set_figure("on_time");
  const auto other = service_.ListFigureMembers(request);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().violations[0].field, "page_token");
}

TEST_F(FiguresServiceTest, DoesNotFindADivisionThatTheFeedHasNotToldOf) {
  const auto overview = service_.GetOverview(Request("divisions/999999"));
  ASSERT_FALSE(overview);
  EXPECT_EQ(overview.error().code, ErrorCode::kNotFound);
}

TEST_F(FiguresServiceTest, NamesEveryFieldAtFaultAtOnce) {
  auto request = Request("counties/370124");
  request.set_year(23);
  request.set_as_of_date("1 August");
  request.set_group_by(static_cast<v1::GetOverviewRequest::GroupBy>(9));
  request.set_known_date("2023-02-30");
  request.set_plan("divisions/370124/units/1");
  request.set_role(static_cast<v1::Role>(7));
  request.set_due_month("June");
  request.set_order_by("completion upwards");
  request.set_compare_with(static_cast<v1::GetOverviewRequest::Comparison>(9));
  const auto overview = service_.GetOverview(request);
  ASSERT_FALSE(overview);
  std::vector<std::string> fields;
  for (const auto& violation : overview.error().violations) fields.push_back(violation.field);
  EXPECT_EQ(fields,
            (std::vector<std::string>{"name", "year", "known_date", "as_of_date", "group_by",
                                      "plan", "role", "due_month", "order_by", "compare_with"}));
}

TEST_F(FiguresServiceTest, TellsWhereTheProjectionStands) {
  const auto projection = service_.GetProjection({});
  EXPECT_EQ(projection->resume_token(), "a");
  EXPECT_EQ(projection->applied_changes(), 6);
  EXPECT_FALSE(projection->has_current_as_of());
}

}  // namespace
}  // namespace gongkai::reporting
