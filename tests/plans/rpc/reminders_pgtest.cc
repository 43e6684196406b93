// Who is to be reminded of what, and who was, over gRPC on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <thread>

#include "gongkai/plans/v1/reminders.grpc.pb.h"
#include "services/common/time/civil_date.h"
#include "tests/plans/support/feed_watch.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::PlansWorld;
using testing::Unit;
using Stub = v1::Reminders::Stub;

CivilDate Today() { return ShanghaiDate(std::chrono::system_clock::now()); }

CivilDate InDays(int days) { return std::chrono::sys_days(Today()) + std::chrono::days(days); }

class Reminders : public ::testing::Test {
 protected:
  Reminders() {
    // The plan's own deadlines are long past; they are set by each test that looks at them.
    SetDeadlines(-100, -100);
    MoveDue(30);
  }

  void Sql(const std::string& statement) {
    pqxx::connection connection(world_.conninfo());
    pqxx::nontransaction(connection).exec(statement);
  }

  void SetDeadlines(int claim, int filing) {
    Sql("update plan set claim_deadline = '" + FormatDate(InDays(claim)) +
        "', filing_deadline = '" + FormatDate(InDays(filing)) + "'");
  }

  void MoveDue(int days) {
    Sql("update occurrence set due_date = '" + FormatDate(InDays(days)) + "'");
  }

  Result<v1::ListDueRemindersResponse> List(v1::ListDueRemindersRequest request) {
    if (request.parent().empty()) request.set_parent("divisions/370124");
    return world_.Call(*reminders_, &Stub::ListDueReminders, request);
  }

  // Kind, subject's last part and days left of each.
  std::vector<std::string> Due(const std::string& filter = "") {
    v1::ListDueRemindersRequest request;
    request.set_filter(filter);
    std::vector<std::string> lines;
    const auto list = List(request);
    for (const auto& due : list->due_reminders()) {
      lines.push_back(v1::DueReminder::Kind_Name(due.kind()) + " " +
                      due.subject().substr(due.subject().rfind('/') + 1) + " " +
                      std::to_string(due.days_left()));
    }
    return lines;
  }

  void File() {
    v1::FileMeasuresRequest request;
    request.set_name(assignment_);
    request.set_measures("每季度核对目录");
    request.set_section("办公室");
    request.set_person("王某");
    request.set_contact("0531-1234567");
    ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::FileMeasures, request));
  }

  Result<v1::RecordRemindersResponse> Record(const std::vector<std::string>& subjects,
                                             const std::string& request_id = "",
                                             bool validate_only = false) {
    v1::RecordRemindersRequest request;
    request.set_parent("divisions/370124");
    for (const auto& subject : subjects) request.add_subjects(subject);
    request.set_channel(v1::Reminder::PHONE);
    request.set_text("请于本周内报送进展");
    request.set_request_id(request_id);
    request.set_validate_only(validate_only);
    return world_.Call(*reminders_, &Stub::RecordReminders, request);
  }

  Result<v1::ListRemindersResponse> Recorded(const std::string& subject = "",
                                             const std::string& filter = "") {
    v1::ListRemindersRequest request;
    request.set_parent("divisions/370124");
    request.set_subject(subject);
    request.set_filter(filter);
    return world_.Call(*reminders_, &Stub::ListReminders, request);
  }

  Result<v1::ReminderRules> Rules(const std::string& division) {
    v1::GetReminderRulesRequest request;
    request.set_name("divisions/" + division + "/reminderRules");
    return world_.Call(*reminders_, &Stub::GetReminderRules, request);
  }

  Result<v1::ReminderRules> SetSubmission(const std::string& division, std::vector<int> days,
                                          const std::string& etag = "",
                                          const std::string& request_id = "") {
    v1::UpdateReminderRulesRequest request;
    request.mutable_reminder_rules()->set_name("divisions/" + division + "/reminderRules");
    request.mutable_reminder_rules()->set_etag(etag);
    for (int day : days) request.mutable_reminder_rules()->mutable_submission()->add_days(day);
    request.set_request_id(request_id);
    return world_.Call(*reminders_, &Stub::UpdateReminderRules, request);
  }

  PlansWorld world_;
  const std::unique_ptr<v1::Reminders::Stub> reminders_ = v1::Reminders::NewStub(world_.channel());
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局")});
  const std::string assignment_ = plan_ + "/tasks/1/assignments/2-responsible";
  const std::string occurrence_ = assignment_ + "/occurrences/1";
};

TEST_F(Reminders, AreDueForClaimThenFilingThenSubmission) {
  SetDeadlines(2, 5);
  EXPECT_THAT(Due(), ElementsAre("CLAIM 2-responsible 2"));
  world_.Claim(assignment_);
  EXPECT_THAT(Due(), ElementsAre("FILE 2-responsible 5"));
  File();
  EXPECT_THAT(Due(), IsEmpty());
  MoveDue(7);
  EXPECT_THAT(Due(), ElementsAre("SUBMIT 1 7"));
  MoveDue(-3);
  EXPECT_THAT(Due(), ElementsAre("SUBMIT 1 -3"));
  ASSERT_TRUE(world_.Submit(occurrence_));
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(Reminders, AreDueAgainForWhatWasReturned) {
  MoveDue(1);
  world_.Claim(assignment_);
  File();
  ASSERT_TRUE(world_.Submit(occurrence_));
  v1::ReturnOccurrenceRequest request;
  request.set_name(occurrence_);
  request.set_comment("缺少链接");
  ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::ReturnOccurrence, request));
  EXPECT_THAT(Due(), ElementsAre("RESUBMIT 1 1"));
}

TEST_F(Reminders, AreNotDueForWhatTheOfficeHasToDecide) {
  MoveDue(1);
  SetDeadlines(1, 1);
  v1::DeclineAssignmentRequest request;
  request.set_name(assignment_);
  request.set_reason("不属于本单位职责");
  ASSERT_TRUE(world_.Call(*world_.decisions, &v1::Decisions::Stub::DeclineAssignment, request));
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(Reminders, SayWhoAndWhatInWordsForAMessage) {
  SetDeadlines(2, 5);
  const auto due = List({})->due_reminders(0);
  EXPECT_EQ(due.unit(), "divisions/370124/units/2");
  EXPECT_EQ(due.unit_display_name(), "县财政局");
  EXPECT_EQ(due.task_title(), "公开目录");
  EXPECT_EQ(due.due_date(), FormatDate(InDays(2)));
  EXPECT_EQ(due.role(), v1::ParsedUnit::RESPONSIBLE);
}

TEST_F(Reminders, AreListedForAWholeSubtreeByFilterAndInPages) {
  MoveDue(1);
  SetDeadlines(2, 5);
  v1::ListDueRemindersRequest request;
  request.set_parent("divisions/370000");
  EXPECT_EQ(List(request)->due_reminders_size(), 0);
  request.set_include_subdivisions(true);
  request.set_order_by("due_date");
  request.set_page_size(1);
  const auto first = List(request);
  ASSERT_EQ(first->due_reminders_size(), 1);
  EXPECT_EQ(first->due_reminders(0).kind(), v1::DueReminder::SUBMIT);
  request.set_page_token(first->next_page_token());
  EXPECT_EQ(List(request)->due_reminders(0).kind(), v1::DueReminder::CLAIM);
  EXPECT_THAT(Due("kind = CLAIM AND reminder_count = 0"), ElementsAre("CLAIM 2-responsible 2"));
  request = {};
  request.set_unit("divisions/370124/units/1");
  EXPECT_EQ(List(request)->due_reminders_size(), 0);
  request.set_unit("divisions/370124/units/2");
  request.set_within_days(1);
  EXPECT_EQ(List(request)->due_reminders_size(), 1);
  request.set_within_days(400);
  EXPECT_EQ(List(request).error().violations[0].field, "within_days");
}

TEST_F(Reminders, AreRecordedAndCountedAtWhatIsOwed) {
  MoveDue(1);
  const auto recorded = Record({occurrence_, assignment_});
  ASSERT_TRUE(recorded) << recorded.error().message;
  ASSERT_EQ(recorded->reminders_size(), 2);
  EXPECT_EQ(recorded->reminders(0).name(), "divisions/370124/reminders/1");
  EXPECT_EQ(recorded->reminders(0).subject(), occurrence_);
  EXPECT_EQ(recorded->reminders(1).subject(), assignment_);
  EXPECT_EQ(recorded->reminders(0).author(), "tester");
  ASSERT_TRUE(Record({occurrence_}));
  v1::ListDueRemindersRequest request;
  request.set_filter("kind = SUBMIT");
  const auto due = List(request);
  EXPECT_EQ(due->due_reminders(0).reminder_count(), 2);
  const auto of_occurrence = Recorded(occurrence_);
  ASSERT_EQ(of_occurrence->reminders_size(), 2);
  EXPECT_EQ(of_occurrence->reminders(0).name(), "divisions/370124/reminders/3");
  EXPECT_EQ(due->due_reminders(0).last_reminder_time().seconds(),
            of_occurrence->reminders(0).create_time().seconds());
  EXPECT_EQ(Recorded("", "channel = SMS")->reminders_size(), 0);
  EXPECT_EQ(Recorded("", "text:本周")->reminders_size(), 3);
  v1::GetReminderRequest get;
  get.set_name("divisions/370124/reminders/2");
  EXPECT_EQ(world_.Call(*reminders_, &Stub::GetReminder, get)->subject(), assignment_);
}

TEST_F(Reminders, AreToldToTheFeedAndToASnapshot) {
  const auto token = testing::CurrentToken(world_);
  ASSERT_TRUE(Record({occurrence_}));
  testing::FeedWatch changes(world_, {.token = token, .until_current = true});
  EXPECT_THAT(changes.UntilCurrent(), ElementsAre("divisions/370124/reminders/1"));
  testing::FeedWatch snapshot(world_,
                              {.until_current = true, .kinds = {"reminder"}, .snapshot = true});
  EXPECT_THAT(snapshot.UntilCurrent(), Contains("divisions/370124/reminders/1"));
}

TEST_F(Reminders, AreRecordedAllOrNone) {
  const auto missing = Record({occurrence_, assignment_ + "/occurrences/9"});
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(missing.error().metadata.at("index"), "1");
  world_.Claim(assignment_);
  ASSERT_TRUE(world_.Submit(occurrence_));
  const auto done = Record({assignment_, occurrence_});
  EXPECT_EQ(done.error().reason, "NOTHING_OWED");
  EXPECT_EQ(done.error().metadata.at("state"), "SUBMITTED");
  EXPECT_EQ(done.error().metadata.at("index"), "1");
  EXPECT_EQ(Recorded()->reminders_size(), 0);
}

TEST_F(Reminders, RefuseSubjectsThatAreNotOfTheParentOrStandTwice) {
  const auto wrong = Record({"divisions/370125/plans/202601/tasks/1/assignments/2-lead",
                             occurrence_, occurrence_, "divisions/370124"});
  ASSERT_EQ(wrong.error().violations.size(), 3u);
  EXPECT_EQ(wrong.error().violations[0].field, "subjects[0]");
  EXPECT_EQ(wrong.error().violations[1].field, "subjects[2]");
  EXPECT_EQ(wrong.error().violations[2].field, "subjects[3]");
  EXPECT_EQ(Record({}).error().violations[0].field, "subjects");
}

TEST_F(Reminders, AreRecordedOnceForOneRequestIdAndOnlyTriedWhereThatIsAsked) {
  EXPECT_TRUE(Record({occurrence_}, "", true));
  EXPECT_EQ(Recorded()->reminders_size(), 0);
  ASSERT_TRUE(Record({occurrence_}, "remind-1"));
  EXPECT_EQ(Record({occurrence_}, "remind-1")->reminders(0).name(), "divisions/370124/reminders/1");
  EXPECT_EQ(Recorded()->reminders_size(), 1);
}

TEST_F(Reminders, OfManyAtOnceAreNumberedWithoutGaps) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([this] {
      for (int n = 0; n < 5; ++n) EXPECT_TRUE(Record({occurrence_, assignment_}));
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(Recorded()->reminders_size(), 40);
  EXPECT_EQ(Recorded()->reminders(0).name(), "divisions/370124/reminders/40");
}

TEST_F(Reminders, AreNeverAltered) {
  ASSERT_TRUE(Record({occurrence_}));
  EXPECT_THROW(Sql("update reminder set text = ''"), pqxx::sql_error);
  EXPECT_THROW(Sql("delete from reminder"), pqxx::sql_error);
}

TEST_F(Reminders, FollowTheRulesOfTheNearestDivisionAbove) {
  EXPECT_EQ(Rules("370124")->source(), "");
  EXPECT_THAT(Rules("370124")->submission().days(), ElementsAre(-7, -1, 1));
  const auto city = SetSubmission("370100", {-3});
  ASSERT_TRUE(city) << city.error().message;
  EXPECT_THAT(city->claim().days(), ElementsAre(-2, 1));
  EXPECT_EQ(Rules("370124")->source(), "divisions/370100");
  EXPECT_EQ(Rules("370124")->name(), "divisions/370124/reminderRules");
  EXPECT_THAT(Rules("370124")->submission().days(), ElementsAre(-3));
  ASSERT_TRUE(SetSubmission("370124", {-5, 0}));
  EXPECT_EQ(Rules("370124")->source(), "divisions/370124");
  EXPECT_EQ(Rules("370100")->etag(), "1");
}

TEST_F(Reminders, RulesAreGuardedByTheirEtag) {
  EXPECT_EQ(SetSubmission("370124", {-3}, "4").error().reason, "ETAG_MISMATCH");
  ASSERT_TRUE(SetSubmission("370124", {-3}, "0"));
  EXPECT_EQ(SetSubmission("370124", {-3}, "0").error().reason, "ETAG_MISMATCH");
  EXPECT_EQ(SetSubmission("370124", {-4}, "1", "rules-1")->etag(), "2");
  EXPECT_EQ(SetSubmission("370124", {-4}, "1", "rules-1")->etag(), "2");
  EXPECT_EQ(SetSubmission("999999", {-4}).error().code, ErrorCode::kNotFound);
}

TEST_F(Reminders, RulesNameTheStepThatIsOutOfOrderOrRange) {
  EXPECT_EQ(SetSubmission("370124", {-3, -3}).error().violations[0].field,
            "reminder_rules.submission.days[1]");
  EXPECT_EQ(SetSubmission("370124", {-367}).error().violations[0].field,
            "reminder_rules.submission.days[0]");
  v1::UpdateReminderRulesRequest request;
  request.mutable_reminder_rules()->set_name("divisions/370124/reminderRules");
  EXPECT_EQ(
      world_.Call(*reminders_, &Stub::UpdateReminderRules, request).error().violations[0].field,
      "update_mask");
}

}  // namespace
}  // namespace gongkai::plans
