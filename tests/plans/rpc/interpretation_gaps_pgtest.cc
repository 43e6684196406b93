// What is missing in interpretations, over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plans/support/policy_world.h"

namespace gongkai::plans {
namespace {

using testing::PolicyWorld;
using Form = v1::Interpretation;

class InterpretationGaps : public ::testing::Test {
 protected:
  // A document that must be interpreted.
  std::string Document(const std::string& date, v1::PolicyDocument::IssuingLevel level) {
    auto document = testing::PolicyDraft();
    document.set_publish_date(date);
    document.set_issuing_level(level);
    document.set_normative(true);
    const auto added = world_.Add(document);
    EXPECT_TRUE(added) << added.error().message;
    return added->name();
  }
  std::string OfUnit(const std::string& date) { return Document(date, v1::PolicyDocument::UNIT); }

  std::string Interpret(const std::string& document, Form::Form form, const std::string& date) {
    auto act = testing::ActDraft(document, "https://www.example.gov.cn/" + std::to_string(++acts_));
    act.set_form(form);
    act.set_publish_date(date);
    const auto added = world_.Add(act);
    EXPECT_TRUE(added) << added.error().message;
    return added->name();
  }

  Result<v1::ListInterpretationGapsResponse> List(
      const v1::ListInterpretationGapsRequest& given = {}) {
    auto request = given;
    request.set_parent(testing::kCounty);
    return world_.Call(*world_.interpretation_gaps,
                       &v1::InterpretationGaps::Stub::ListInterpretationGaps, request);
  }

  // "8: NOT_INTERPRETED OVERDUE"
  std::vector<std::string> Gaps(const v1::ListInterpretationGapsRequest& request = {}) {
    std::vector<std::string> lines;
    const auto list = List(request);
    EXPECT_TRUE(list) << list.error().message;
    for (const auto& gap : list->interpretation_gaps()) {
      std::string line = gap.policy_document().substr(gap.policy_document().rfind('/') + 1) + ":";
      for (int kind : gap.kinds()) {
        line +=
            " " + v1::InterpretationGap::Kind_Name(static_cast<v1::InterpretationGap::Kind>(kind));
      }
      lines.push_back(line);
    }
    return lines;
  }
  using Lines = std::vector<std::string>;

  PolicyWorld world_;
  int acts_ = 0;
};

TEST_F(InterpretationGaps, AreDocumentsThatMustBeInterpretedAndAreNot) {
  OfUnit("2026-03-02");
  world_.Add(testing::PolicyDraft());  // need not be
  EXPECT_EQ(Gaps(), Lines{"1: NOT_INTERPRETED OVERDUE"});
}

TEST_F(InterpretationGaps, AreNoneWhereEverythingWasDoneInTime) {
  const auto document = OfUnit("2026-03-02");
  Interpret(document, Form::TEXT, "2026-03-05");
  Interpret(document, Form::CHART, "2026-04-30");
  EXPECT_TRUE(Gaps().empty());
}

TEST_F(InterpretationGaps, CountTheWindowInWorkingDaysFromTheDayAfter) {
  // Thursday before the Spring Festival of 2026; the Saturday is worked.
  const auto document = OfUnit("2026-02-12");
  const auto act = Interpret(document, Form::CHART, "2026-02-25");
  v1::ListInterpretationGapsRequest request;
  request.set_unit_forms(1);
  EXPECT_EQ(Gaps(request), Lines{"1: LATE"});
  EXPECT_EQ(List(request)->interpretation_gaps(0).window_end_date(), "2026-02-24");
  request.set_window_working_days(4);
  EXPECT_TRUE(Gaps(request).empty());
  request.set_window_working_days(0);
  EXPECT_EQ(List(request)->interpretation_gaps(0).window_end_date(), "2026-02-12");
}

TEST_F(InterpretationGaps, SayWhereTheCalendarIsUnknown) {
  OfUnit("2016-03-02");
  const auto same_day = OfUnit("2016-03-03");
  Interpret(same_day, Form::CHART, "2016-03-03");
  Interpret(same_day, Form::TEXT, "2016-03-09");
  EXPECT_EQ(Gaps(), Lines{"1: NOT_INTERPRETED CALENDAR_UNKNOWN"});
  EXPECT_EQ(List()->interpretation_gaps(0).unknown_calendar(), 2016);
}

TEST_F(InterpretationGaps, AreDocumentsWithNothingButText) {
  const auto document = OfUnit("2026-03-02");
  Interpret(document, Form::TEXT, "2026-03-02");
  Interpret(document, Form::QA, "2026-03-02");
  EXPECT_EQ(Gaps(), Lines{"1: ONLY_TEXT"});
  v1::ListInterpretationGapsRequest request;
  request.set_qa_is_no_text(true);
  EXPECT_TRUE(Gaps(request).empty());
}

TEST_F(InterpretationGaps, AreDocumentsWithFewerFormsThanTheirLevelAsksFor) {
  const auto government = Document("2026-03-02", v1::PolicyDocument::GOVERNMENT);
  for (auto form : {Form::TEXT, Form::CHART, Form::VIDEO, Form::ANIMATION}) {
    Interpret(government, form, "2026-03-02");
  }
  // The same form again is no other form.
  Interpret(government, Form::CHART, "2026-03-03");
  EXPECT_EQ(Gaps(), Lines{"1: TOO_FEW_FORMS"});
  const auto gap = List()->interpretation_gaps(0);
  EXPECT_EQ(gap.expected_forms(), 5);
  EXPECT_THAT(gap.forms(),
              ::testing::ElementsAre(Form::TEXT, Form::CHART, Form::VIDEO, Form::ANIMATION));
  Interpret(government, Form::LIVE, "2026-03-04");
  EXPECT_TRUE(Gaps().empty());
}

TEST_F(InterpretationGaps, LookAtNothingThatIsDeleted) {
  const auto document = OfUnit("2026-03-02");
  const auto act = Interpret(document, Form::CHART, "2026-03-02");
  v1::ListInterpretationGapsRequest request;
  request.set_unit_forms(1);
  EXPECT_TRUE(Gaps(request).empty());
  ASSERT_TRUE(world_.DeleteAct(act));
  EXPECT_EQ(Gaps(request), Lines{"1: NOT_INTERPRETED OVERDUE"});
  ASSERT_TRUE(world_.Delete(document));
  EXPECT_TRUE(Gaps(request).empty());
}

TEST_F(InterpretationGaps, AreListedNewestFirstPageByPage) {
  for (const char* date : {"2026-03-02", "2026-05-06", "2026-04-01", "2026-04-02"}) {
    const auto document = OfUnit(date);
    if (std::string(date) == "2026-04-02") {
      Interpret(document, Form::TEXT, date);
      Interpret(document, Form::CHART, date);
    }
  }
  v1::ListInterpretationGapsRequest request;
  request.set_page_size(2);
  EXPECT_EQ(Gaps(request), (Lines{"2: NOT_INTERPRETED OVERDUE", "3: NOT_INTERPRETED OVERDUE"}));
  request.set_page_token(List(request)->next_page_token());
  EXPECT_EQ(Gaps(request), Lines{"1: NOT_INTERPRETED OVERDUE"});
  request.clear_page_token();
  request.set_filter("publish_date >= 2026-05-01");
  EXPECT_EQ(Gaps(request), Lines{"2: NOT_INTERPRETED OVERDUE"});
}

}  // namespace
}  // namespace gongkai::plans
