// The stream of what is to be reminded of, day after day, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "gongkai/plans/v1/reminders.grpc.pb.h"
#include "services/plans/rpc/reminder_rounds.h"
#include "services/plans/store/postgres/supervision_stores.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::PlansWorld;
using testing::Unit;
using Lines = std::vector<std::string>;

// Three units owe an occurrence by 2026-06-30; the plan's own deadlines stay out of sight.
class ReminderWatch : public ::testing::Test {
 protected:
  ReminderWatch() {
    pqxx::connection connection(world_.conninfo());
    pqxx::nontransaction(connection)
        .exec("update plan set claim_deadline = null, filing_deadline = null");
  }

  // What the round of `day` sends to whoever has `token`, which goes on; subjects and steps.
  Lines RoundOf(const std::string& day, std::string& token) {
    const auto today = *ParseDate(day);
    auto place = *RoundPlace::FromToken(token, today);
    if (place.complete) place = NextRound(place, today);
    Lines lines;
    while (!place.complete) {
      const auto part = ReadRound(*store_, SubtreeOf({370000}), place);
      EXPECT_TRUE(part);
      for (const auto& reminder : part->due_reminders()) lines.push_back(LineOf(reminder));
      token = part->resume_token();
    }
    return lines;
  }

  static std::string LineOf(const v1::DueReminder& reminder) {
    return reminder.unit_display_name() + " " + std::to_string(reminder.step()) + " " +
           std::to_string(reminder.days_left());
  }

  // Calls for a stream until it says that the round is complete.
  v1::WatchDueRemindersResponse Watched(const std::string& token, grpc::Status* status = nullptr) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    v1::WatchDueRemindersRequest request;
    request.set_parent("divisions/370100");
    request.set_resume_token(token);
    request.set_until_current(true);
    const auto stream = reminders_->WatchDueReminders(&context, request);
    v1::WatchDueRemindersResponse all;
    for (v1::WatchDueRemindersResponse part; stream->Read(&part);) {
      for (const auto& reminder : part.due_reminders()) *all.add_due_reminders() = reminder;
      all.set_resume_token(part.resume_token());
      all.set_round_complete(part.round_complete());
    }
    const auto end = stream->Finish();
    if (status) *status = end;
    return all;
  }

  PlansWorld world_;
  const std::unique_ptr<v1::Reminders::Stub> reminders_ = v1::Reminders::NewStub(world_.channel());
  const std::string plan_ =
      world_.IssuedPlan({Unit("县政府办公室"), Unit("县财政局"), Unit("东山镇")});
  postgres::Database database_{{.conninfo = world_.conninfo(), .connections = 1}};
  Access access_{database_, [] {}};
  const std::unique_ptr<ReminderStore> store_ = MakeReminderStore(access_);
};

TEST_F(ReminderWatch, SendsEachThingOnceOnTheDayOfAStep) {
  std::string token;
  EXPECT_THAT(RoundOf("2026-06-22", token), IsEmpty());
  EXPECT_THAT(RoundOf("2026-06-23", token),
              ElementsAre("县政府办公室 -7 7", "县财政局 -7 7", "东山镇 -7 7"));
  EXPECT_THAT(RoundOf("2026-06-24", token), IsEmpty());
  EXPECT_THAT(RoundOf("2026-06-29", token),
              ElementsAre("县政府办公室 -1 1", "县财政局 -1 1", "东山镇 -1 1"));
  EXPECT_THAT(RoundOf("2026-06-30", token), IsEmpty());
  EXPECT_EQ(RoundOf("2026-07-01", token).size(), 3u);
  EXPECT_THAT(RoundOf("2026-07-07", token), IsEmpty());
  EXPECT_EQ(RoundOf("2026-07-08", token)[0], "县政府办公室 8 -8");
}

TEST_F(ReminderWatch, SendsWhoStayedAwayTheLatestStepOfEach) {
  std::string token = "r1.2026-06-20";
  EXPECT_EQ(RoundOf("2026-07-10", token)[0], "县政府办公室 8 -10");
  EXPECT_THAT(RoundOf("2026-07-11", token), IsEmpty());
}

TEST_F(ReminderWatch, SendsNothingTwiceFromATokenWithinARound) {
  std::string token =
      "r1.2026-06-22.2026-06-23." + plan_ + "/tasks/1/assignments/1-responsible" + "/occurrences/1";
  // The next day, since when it was interrupted: the round of the day before is ended first.
  EXPECT_THAT(RoundOf("2026-06-24", token), ElementsAre("县财政局 -7 7", "东山镇 -7 7"));
  EXPECT_EQ(token, "r1.2026-06-23");
  EXPECT_THAT(RoundOf("2026-06-24", token), IsEmpty());
}

TEST_F(ReminderWatch, LeavesOutWhatWasDoneMeanwhile) {
  world_.Claim(plan_ + "/tasks/1/assignments/2-responsible");
  ASSERT_TRUE(world_.Submit(plan_ + "/tasks/1/assignments/2-responsible/occurrences/1"));
  std::string token;
  EXPECT_THAT(RoundOf("2026-06-23", token), ElementsAre("县政府办公室 -7 7", "东山镇 -7 7"));
}

TEST_F(ReminderWatch, FollowsTheRulesOfTheDivision) {
  v1::UpdateReminderRulesRequest request;
  request.mutable_reminder_rules()->set_name("divisions/370100/reminderRules");
  request.mutable_reminder_rules()->mutable_submission()->add_days(-30);
  ASSERT_TRUE(world_.Call(*reminders_, &v1::Reminders::Stub::UpdateReminderRules, request));
  std::string token;
  EXPECT_EQ(RoundOf("2026-05-31", token).size(), 3u);
  EXPECT_THAT(RoundOf("2026-06-23", token), IsEmpty());
  EXPECT_THAT(RoundOf("2027-06-23", token), IsEmpty());
}

TEST_F(ReminderWatch, ReadsAProvinceInParts) {
  pqxx::connection connection(world_.conninfo());
  pqxx::nontransaction(connection)
      .exec(
          "insert into occurrence (division, plan, task, unit, role, occurrence, period, "
          "due_date, due_kind, due_assumed) "
          "select division, plan, task, unit, role, n, '2026', due_date, 'FIXED', false "
          "from occurrence, generate_series(2, 800) n");
  std::string token;
  EXPECT_EQ(RoundOf("2026-06-23", token).size(), 2400u);
  EXPECT_EQ(token, "r1.2026-06-23");
}

TEST_F(ReminderWatch, StreamsTheRoundOfTodayAndResumesBehindIt) {
  const auto today = ShanghaiDate(std::chrono::system_clock::now());
  pqxx::connection connection(world_.conninfo());
  pqxx::nontransaction(connection)
      .exec("update occurrence set due_date = date '" + FormatDate(today) + "' + 1");
  grpc::Status status;
  const auto first = Watched("", &status);
  EXPECT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(first.due_reminders_size(), 3);
  EXPECT_EQ(LineOf(first.due_reminders(0)), "县政府办公室 -1 1");
  EXPECT_TRUE(first.round_complete());
  EXPECT_EQ(first.resume_token(), "r1." + FormatDate(today));
  EXPECT_EQ(Watched(first.resume_token()).due_reminders_size(), 0);
}

TEST_F(ReminderWatch, BeatsWhileNothingComes) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  v1::WatchDueRemindersRequest request;
  request.set_parent("divisions/370124");
  const auto stream = reminders_->WatchDueReminders(&context, request);
  v1::WatchDueRemindersResponse part;
  do {
    ASSERT_TRUE(stream->Read(&part));
  } while (!part.round_complete());
  const auto token = part.resume_token();
  ASSERT_TRUE(stream->Read(&part));
  EXPECT_EQ(part.due_reminders_size(), 0);
  EXPECT_EQ(part.resume_token(), token);
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ReminderWatch, RefusesTokensOfOthers) {
  for (const char* token : {"v1.7.0", "r1.", "r1.2026-13-01", "r1.2026-06-22.", "r1.2026-06-22x",
                            "r1.2026-06-22.2026-06-23", "r1.2026-06-22.2026-06-23.divisions/1"}) {
    grpc::Status status;
    Watched(token, &status);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << token;
  }
}

}  // namespace
}  // namespace gongkai::plans
