#include <gtest/gtest.h>

#include "services/reporting/rpc/scoring_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "services/reporting/store/postgres/scoring_store.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using testing::TestDatabase;

constexpr const char* kScheme = "divisions/370900/scoringSchemes/2026";

// A city that scores its three counties: of two occurrences each, 青禾县 has verified both, 临水县
// one and 东坡县 one.
class ScoringServiceTest : public ::testing::Test {
 protected:
  ScoringServiceTest() {
    Batch batch{.resume_token = "a", .known_day = ParseDate("2026-06-20")};
    batch.divisions = {{.division = 370900,
                        .display_name = "东平市",
                        .level = DivisionLevel::kCity,
                        .revision = 1},
                       County(370901, "青禾县"),
                       County(370902, "临水县"),
                       County(370903, "东坡县")};
    for (int county = 370901; county <= 370903; ++county) {
      batch.plans.push_back({.division = county,
                             .plan = 202601,
                             .title = "方案",
                             .year = 2026,
                             .state = PlanState::kIssued,
                             .issue_date = ParseDate("2026-03-01"),
                             .revision = 1});
      batch.units.push_back(
          {.division = county, .unit = 1, .display_name = "县财政局", .revision = 1});
      for (int task = 1; task <= 2; ++task) {
        const bool verified = task == 1 || county == 370901;
        batch.occurrences.push_back(
            {.division = county,
             .plan = 202601,
             .task = task,
             .unit = 1,
             .role = Role::kLead,
             .occurrence = 1,
             .due_date = ParseDate("2026-05-31"),
             .state = verified ? OccurrenceState::kVerified : OccurrenceState::kOpen,
             .submit_date = verified ? ParseDate("2026-05-20") : std::nullopt,
             .revision = 1});
      }
    }
    EXPECT_TRUE(figures_.Apply(batch));
  }

  static DivisionFact County(int number, const char* name) {
    return {.division = number, .display_name = name, .parent = 370900, .revision = 1};
  }

  // 80 points for completion, 20 by hand.
  static v1::SchemeVersion Version(const std::string& formula = "points * completion") {
    v1::SchemeVersion version;
    version.set_title("2026年度政务公开考核");
    version.set_subjects(v1::SchemeVersion::DIVISION);
    auto* done = version.add_indicators();
    done->set_key("done");
    done->set_title("任务完成");
    done->set_kind(v1::Indicator::SCORE);
    done->set_points(80);
    done->set_formula(formula);
    auto* site = version.add_indicators();
    site->set_key("site");
    site->set_title("专栏建设");
    site->set_kind(v1::Indicator::SCORE);
    site->set_points(20);
    return version;
  }

  v1::CreateSchemeVersionRequest CreateRequest(const std::string& request_id = "") {
    v1::CreateSchemeVersionRequest request;
    request.set_parent(kScheme);
    *request.mutable_scheme_version() = Version();
    request.set_request_id(request_id);
    return request;
  }
  v1::SchemeVersion Create() {
    auto version = service_.CreateSchemeVersion(office_, CreateRequest());
    EXPECT_TRUE(version) << version.error().message;
    return version.value_or(v1::SchemeVersion());
  }
  Result<v1::SchemeVersion> Publish(const std::string& name, const std::string& request_id = "") {
    v1::PublishSchemeVersionRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return service_.PublishSchemeVersion(office_, request);
  }
  Result<v1::SchemeResult> Evaluate(const std::string& name, const std::string& subject = "") {
    v1::EvaluateSchemeRequest request;
    request.set_name(name);
    request.set_subject(subject);
    return service_.EvaluateScheme(office_, request);
  }
  v1::CreateMarkRequest MarkRequest(const std::string& subject, double points) {
    v1::CreateMarkRequest request;
    request.set_parent(kScheme);
    request.mutable_mark()->set_subject(subject);
    request.mutable_mark()->set_indicator("site");
    request.mutable_mark()->set_points(points);
    request.mutable_mark()->set_reason("专栏更新不及时");
    return request;
  }
  Result<v1::Mark> Mark(const v1::CreateMarkRequest& request) {
    return service_.CreateMark(office_, request);
  }
  // Each subject with its rank and total, in their order.
  static std::string Totals(const v1::SchemeResult& result) {
    std::string text;
    for (const auto& score : result.scores()) {
      text += std::to_string(score.rank()) + score.display_name() +
              std::to_string(static_cast<int>(score.total() * 100)) + " ";
    }
    return text;
  }
  template <typename Answer>
  static std::string FieldAtFault(const Result<Answer>& answer) {
    EXPECT_FALSE(answer);
    if (answer) return "";
    return answer.error().violations.empty() ? answer.error().reason
                                             : answer.error().violations[0].field;
  }

  const rpc::Caller office_{.actor = "office"};
  TestDatabase database_{kSchema};
  PostgresFigureStore figures_{{.conninfo = database_.conninfo(), .connections = 1}};
  PostgresScoringStore schemes_{{.conninfo = database_.conninfo(), .connections = 1}};
  ScoringService service_{figures_, schemes_, kRules2026, [] {
                            return std::chrono::system_clock::time_point(
                                       std::chrono::sys_days(*ParseDate("2026-08-01"))) +
                                   std::chrono::hours(4);
                          }};
};

TEST_F(ScoringServiceTest, VersionsAreNumberedAndKeepTheirTree) {
  EXPECT_EQ(Create().name(), std::string(kScheme) + "/versions/1");
  const auto second = Create();
  EXPECT_EQ(second.name(), std::string(kScheme) + "/versions/2");
  EXPECT_EQ(second.state(), v1::SchemeVersion::DRAFT);
  EXPECT_EQ(second.full_points(), 100);
  EXPECT_EQ(second.creator(), "office");
  v1::GetSchemeVersionRequest get;
  get.set_name(second.name());
  const auto read = service_.GetSchemeVersion(office_, get);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->SerializeAsString(), second.SerializeAsString());
  v1::ListSchemeVersionsRequest list;
  list.set_parent(kScheme);
  const auto all = service_.ListSchemeVersions(office_, list);
  ASSERT_EQ(all->scheme_versions_size(), 2);
  EXPECT_EQ(all->scheme_versions(0).name(), second.name()) << "the newest first";
}

TEST_F(ScoringServiceTest, TheSameRequestMakesOneVersion) {
  const auto first = service_.CreateSchemeVersion(office_, CreateRequest("r1"));
  const auto again = service_.CreateSchemeVersion(office_, CreateRequest("r1"));
  EXPECT_EQ(first->name(), again->name());
  EXPECT_NE(service_.CreateSchemeVersion(office_, CreateRequest("r2"))->name(), first->name());
}

TEST_F(ScoringServiceTest, AnAttemptIsCheckedAndNotKept) {
  auto request = CreateRequest();
  request.set_validate_only(true);
  EXPECT_TRUE(service_.CreateSchemeVersion(office_, request));
  EXPECT_EQ(Create().name(), std::string(kScheme) + "/versions/1");
}

TEST_F(ScoringServiceTest, AVersionIsPublishedOnce) {
  const auto name = Create().name();
  const auto published = Publish(name, "r1");
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_EQ(published->state(), v1::SchemeVersion::PUBLISHED);
  EXPECT_EQ(published->publisher(), "office");
  EXPECT_TRUE(Publish(name, "r1")) << "the same call again";
  EXPECT_EQ(Publish(name).error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(Publish(std::string(kScheme) + "/versions/9").error().code, ErrorCode::kNotFound);
}

TEST_F(ScoringServiceTest, ScoresEverybodyAndSharesRanks) {
  const auto result = Evaluate(Create().name());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(Totals(*result), "1青禾县8000 2临水县4000 2东坡县4000 ");
  EXPECT_EQ(result->scores(0).pending_marks(), 1);
  EXPECT_EQ(result->as_of_date(), "2026-08-01");
  const auto& done = result->scores(1).indicators(0);
  EXPECT_EQ(done.lost(), 40);
  EXPECT_EQ(done.figures(0).figure(), "completion");
  EXPECT_EQ(done.figures(0).value().display(), "50.0%");
  EXPECT_EQ(done.why(), "points * completion；completion=50.0%（1/2）");
}

TEST_F(ScoringServiceTest, ShowsACountyItsOwnWithItsRankAmongAll) {
  const auto name = Create().name();
  const auto result = Evaluate(name, "divisions/370903");
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(Totals(*result), "2东坡县4000 ");
  EXPECT_EQ(Evaluate(name, "divisions/370999").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(FieldAtFault(Evaluate(name, "here")), "subject");
}

TEST_F(ScoringServiceTest, TheLatestMarkCountsAndTheEarlierOnesStay) {
  const auto name = Create().name();
  ASSERT_TRUE(Mark(MarkRequest("divisions/370902", 5)));
  const auto corrected = Mark(MarkRequest("divisions/370902", 18.5));
  ASSERT_TRUE(corrected);
  EXPECT_EQ(corrected->creator(), "office");
  EXPECT_EQ(Totals(*Evaluate(name)), "1青禾县8000 2临水县5850 3东坡县4000 ");
  v1::ListMarksRequest list;
  list.set_parent(kScheme);
  list.set_subject("divisions/370902");
  const auto marks = service_.ListMarks(office_, list);
  ASSERT_EQ(marks->marks_size(), 2);
  EXPECT_EQ(marks->marks(0).points(), 18.5);
  EXPECT_EQ(marks->marks(1).points(), 5);
  list.set_subject("divisions/370901");
  EXPECT_EQ(service_.ListMarks(office_, list)->marks_size(), 0);
}

TEST_F(ScoringServiceTest, TheSameRequestGivesOneMark) {
  Create();
  auto request = MarkRequest("divisions/370902", 5);
  request.set_request_id("r1");
  EXPECT_EQ(Mark(request)->name(), Mark(request)->name());
}

TEST_F(ScoringServiceTest, TakesMarksOnlyForWhatIsMarkedByHand) {
  Create();
  auto request = MarkRequest("divisions/370902", 20.5);
  EXPECT_EQ(FieldAtFault(Mark(request)), "mark.points") << "more than there are";
  request.mutable_mark()->set_points(1.234);
  EXPECT_EQ(FieldAtFault(Mark(request)), "mark.points") << "three decimals";
  request.mutable_mark()->set_points(5);
  request.mutable_mark()->set_indicator("done");
  EXPECT_EQ(FieldAtFault(Mark(request)), "mark.indicator") << "it has a formula";
  request.mutable_mark()->set_indicator("site");
  request.mutable_mark()->set_reason("");
  EXPECT_EQ(FieldAtFault(Mark(request)), "mark.reason");
  request.mutable_mark()->set_reason("好");
  request.mutable_mark()->set_subject("units/1");
  EXPECT_EQ(FieldAtFault(Mark(request)), "mark.subject");
}

TEST_F(ScoringServiceTest, ASimulationIsOfWhatIsNotSaved) {
  v1::SimulateSchemeRequest request;
  request.set_parent(kScheme);
  *request.mutable_scheme_version() = Version("points - 10 * overdue_not_done");
  const auto result = service_.SimulateScheme(office_, request);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(Totals(*result), "1青禾县8000 2临水县7000 2东坡县7000 ");
  EXPECT_EQ(result->scheme_version(), "");
  v1::ListSchemeVersionsRequest list;
  list.set_parent(kScheme);
  EXPECT_EQ(service_.ListSchemeVersions(office_, list)->scheme_versions_size(), 0);

  request.set_as_of_date("2026-05-31");
  EXPECT_EQ(Totals(*service_.SimulateScheme(office_, request)),
            "1青禾县8000 1临水县8000 1东坡县8000 ")
      << "nothing was overdue on the due day";
}

TEST_F(ScoringServiceTest, CanScoreUnits) {
  v1::SimulateSchemeRequest request;
  request.set_parent("divisions/370902/scoringSchemes/2026");
  *request.mutable_scheme_version() = Version();
  request.mutable_scheme_version()->set_subjects(v1::SchemeVersion::UNIT);
  const auto result = service_.SimulateScheme(office_, request);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->scores_size(), 1);
  EXPECT_EQ(result->scores(0).subject(), "divisions/370902/units/1");
}

TEST_F(ScoringServiceTest, NamesTheFaultOfATreeAndOfAFormula) {
  auto request = CreateRequest();
  request.mutable_scheme_version()->mutable_indicators(0)->set_formula("points * complete");
  const auto refused = service_.CreateSchemeVersion(office_, request);
  EXPECT_EQ(FieldAtFault(refused), "scheme_version.indicators[0].formula");
  EXPECT_NE(refused.error().violations[0].description.find("at character 10"), std::string::npos);
  request = CreateRequest();
  request.mutable_scheme_version()->mutable_indicators(1)->set_points(0.001);
  EXPECT_EQ(FieldAtFault(service_.CreateSchemeVersion(office_, request)),
            "scheme_version.indicators[1].points");
  request = CreateRequest();
  request.set_parent("divisions/370900/scoringSchemes/26");
  EXPECT_EQ(FieldAtFault(service_.CreateSchemeVersion(office_, request)), "parent");
}

TEST_F(ScoringServiceTest, ARebuildOfTheFiguresLeavesSchemesAndMarksAlone) {
  const auto name = Create().name();
  ASSERT_TRUE(Mark(MarkRequest("divisions/370902", 5)));
  ASSERT_TRUE(figures_.StartOver("a"));
  EXPECT_EQ(Totals(*Evaluate(name)), "1青禾县8000 2临水县4500 3东坡县4000 ");
}

}  // namespace
}  // namespace gongkai::reporting
