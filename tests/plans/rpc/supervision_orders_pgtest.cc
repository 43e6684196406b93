// Supervision orders over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <pqxx/pqxx>
#include <thread>

#include "gongkai/plans/v1/supervision_orders.grpc.pb.h"
#include "services/common/time/civil_date.h"
#include "tests/plans/support/feed_watch.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using testing::PlansWorld;
using testing::Unit;
using Stub = v1::SupervisionOrders::Stub;

std::string InDays(int days) {
  const auto today = ShanghaiDate(std::chrono::system_clock::now());
  return FormatDate(std::chrono::sys_days(today) + std::chrono::days(days));
}

class SupervisionOrders : public ::testing::Test {
 protected:
  v1::CreateSupervisionOrderRequest Request(const std::string& deadline) {
    v1::CreateSupervisionOrderRequest request;
    request.set_parent("divisions/370124");
    auto& order = *request.mutable_supervision_order();
    order.set_number("督〔2026〕3号");
    order.set_title("关于公开目录更新的督办");
    order.set_issuer("市政务公开办");
    order.add_units("divisions/370124/units/2");
    order.add_subjects(plan_ + "/tasks/1");
    order.add_subjects(plan_ + "/tasks/1/assignments/2-responsible/occurrences/1");
    order.set_requirement("限期完成并书面说明原因。");
    order.set_deadline(deadline);
    return request;
  }

  Result<v1::SupervisionOrder> Create(const v1::CreateSupervisionOrderRequest& request) {
    return world_.Call(*orders_, &Stub::CreateSupervisionOrder, request);
  }

  Result<v1::SupervisionOrder> Answer(const std::string& name, const std::string& text,
                                      const std::string& etag = "") {
    v1::AnswerSupervisionOrderRequest request;
    request.set_name(name);
    request.mutable_answer()->set_text(text);
    request.mutable_answer()->add_evidence()->set_url("https://www.example.gov.cn/1.html");
    request.set_etag(etag);
    return world_.Call(*orders_, &Stub::AnswerSupervisionOrder, request);
  }

  Result<v1::SupervisionOrder> Return(const std::string& name, const std::string& deadline = "") {
    v1::ReturnSupervisionOrderRequest request;
    request.set_name(name);
    request.set_comment("原因没有说明");
    request.set_deadline(deadline);
    return world_.Call(*orders_, &Stub::ReturnSupervisionOrder, request);
  }

  Result<v1::SupervisionOrder> Close(const std::string& name, bool validate_only = false) {
    v1::CloseSupervisionOrderRequest request;
    request.set_name(name);
    request.set_validate_only(validate_only);
    return world_.Call(*orders_, &Stub::CloseSupervisionOrder, request);
  }

  Result<v1::SupervisionOrder> Cancel(const std::string& name, const std::string& reason) {
    v1::CancelSupervisionOrderRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return world_.Call(*orders_, &Stub::CancelSupervisionOrder, request);
  }

  std::vector<std::string> Listed(const std::string& filter, bool overdue = false) {
    v1::ListSupervisionOrdersRequest request;
    request.set_parent("divisions/370000");
    request.set_include_subdivisions(true);
    request.set_filter(filter);
    request.set_overdue(overdue);
    std::vector<std::string> names;
    const auto list = world_.Call(*orders_, &Stub::ListSupervisionOrders, request);
    EXPECT_TRUE(list) << list.error().message;
    for (const auto& order : list->supervision_orders()) names.push_back(order.name());
    return names;
  }

  PlansWorld world_;
  const std::unique_ptr<Stub> orders_ = v1::SupervisionOrders::NewStub(world_.channel());
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局")});
  const std::string name_ = "divisions/370124/supervisionOrders/1";
};

TEST_F(SupervisionOrders, AreIssuedAnsweredReturnedAnsweredAgainAndClosed) {
  const auto issued = Create(Request(InDays(10)));
  ASSERT_TRUE(issued) << issued.error().message;
  EXPECT_EQ(issued->name(), name_);
  EXPECT_EQ(issued->state(), v1::SupervisionOrder::ISSUED);
  EXPECT_FALSE(issued->has_answer());
  const auto answered = Answer(name_, "已更新");
  ASSERT_TRUE(answered) << answered.error().message;
  EXPECT_EQ(answered->state(), v1::SupervisionOrder::ANSWERED);
  EXPECT_EQ(answered->answer().text(), "已更新");
  EXPECT_EQ(answered->answer().author(), "tester");
  EXPECT_EQ(answered->answer().evidence(0).url(), "https://www.example.gov.cn/1.html");
  EXPECT_EQ(Return(name_, InDays(20))->deadline(), InDays(20));
  EXPECT_EQ(Answer(name_, "已更新，系统故障所致")->state(), v1::SupervisionOrder::ANSWERED);
  EXPECT_EQ(Close(name_)->state(), v1::SupervisionOrder::CLOSED);
}

TEST_F(SupervisionOrders, KeepEveryStepWithWhoWhenWhyAndEveryAnswer) {
  ASSERT_TRUE(Create(Request(InDays(10))));
  ASSERT_TRUE(Answer(name_, "第一次回复"));
  ASSERT_TRUE(Return(name_, InDays(20)));
  ASSERT_TRUE(Answer(name_, "第二次回复"));
  ASSERT_TRUE(Close(name_));
  v1::ListSupervisionOrderStepsRequest request;
  request.set_parent(name_);
  const auto list = world_.Call(*orders_, &Stub::ListSupervisionOrderSteps, request);
  ASSERT_TRUE(list) << list.error().message;
  std::vector<std::string> steps;
  for (const auto& step : list->steps()) {
    steps.push_back(step.action() + " " + step.from_state() + " " + step.to_state());
    EXPECT_EQ(step.actor(), "tester");
    EXPECT_TRUE(step.has_change_time());
  }
  EXPECT_THAT(steps,
              ElementsAre("issue  ISSUED", "answer ISSUED ANSWERED", "return ANSWERED RETURNED",
                          "answer RETURNED ANSWERED", "close ANSWERED CLOSED"));
  EXPECT_EQ(list->steps(1).answer().text(), "第一次回复");
  EXPECT_EQ(list->steps(2).comment(), "原因没有说明");
  EXPECT_EQ(list->steps(2).from_deadline(), InDays(10));
  EXPECT_EQ(list->steps(2).to_deadline(), InDays(20));
  EXPECT_EQ(list->steps(3).from_deadline(), "");
  pqxx::connection connection(world_.conninfo());
  EXPECT_THROW(pqxx::nontransaction(connection).exec("delete from supervision_order_step"),
               pqxx::sql_error);
  request.set_parent("divisions/370124/supervisionOrders/2");
  EXPECT_EQ(world_.Call(*orders_, &Stub::ListSupervisionOrderSteps, request).error().code,
            ErrorCode::kNotFound);
}

TEST_F(SupervisionOrders, RefuseAStepThatTheStateDoesNotAllow) {
  ASSERT_TRUE(Create(Request(InDays(10))));
  const auto early = Close(name_);
  EXPECT_EQ(early.error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(early.error().metadata.at("state"), "ISSUED");
  EXPECT_EQ(early.error().metadata.at("allowed"), "update, answer, cancel");
  EXPECT_EQ(Cancel(name_, "").error().violations[0].field, "reason");
  EXPECT_EQ(Cancel(name_, "已另行通报")->state_comment(), "已另行通报");
  EXPECT_EQ(Answer(name_, "已更新").error().metadata.at("allowed"), "");
}

TEST_F(SupervisionOrders, AreOverdueByTheClockAlone) {
  ASSERT_TRUE(Create(Request(InDays(-1))));
  ASSERT_TRUE(Create(Request(InDays(0))));
  EXPECT_THAT(Listed("", true), ElementsAre(name_));
  ASSERT_TRUE(Answer(name_, "已更新"));
  EXPECT_THAT(Listed("", true), ElementsAre());
  ASSERT_TRUE(Return(name_));
  EXPECT_THAT(Listed("", true), ElementsAre(name_));
  ASSERT_TRUE(Answer(name_, "已更新"));
  ASSERT_TRUE(Close(name_));
  EXPECT_THAT(Listed("", true), ElementsAre());
  EXPECT_THAT(Listed("units:divisions/370124/units/2 AND state = CLOSED"), ElementsAre(name_));
  EXPECT_THAT(Listed(""), ElementsAre("divisions/370124/supervisionOrders/2", name_));
}

TEST_F(SupervisionOrders, AreCorrectedByMaskUntilTheyAreAnswered) {
  ASSERT_TRUE(Create(Request(InDays(10))));
  v1::UpdateSupervisionOrderRequest request;
  request.mutable_supervision_order()->set_name(name_);
  request.mutable_supervision_order()->set_deadline(InDays(30));
  request.mutable_supervision_order()->set_etag("1");
  const auto moved = world_.Call(*orders_, &Stub::UpdateSupervisionOrder, request);
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(moved->deadline(), InDays(30));
  EXPECT_EQ(moved->number(), "督〔2026〕3号");
  EXPECT_EQ(world_.Call(*orders_, &Stub::UpdateSupervisionOrder, request).error().reason,
            "ETAG_MISMATCH");
  request.mutable_supervision_order()->clear_etag();
  request.mutable_update_mask()->add_paths("number");
  EXPECT_EQ(world_.Call(*orders_, &Stub::UpdateSupervisionOrder, request)->number(), "");
  request.mutable_update_mask()->add_paths("state");
  EXPECT_EQ(
      world_.Call(*orders_, &Stub::UpdateSupervisionOrder, request).error().violations[0].field,
      "update_mask");
  request.mutable_update_mask()->mutable_paths()->RemoveLast();
  ASSERT_TRUE(Answer(name_, "已更新"));
  EXPECT_EQ(world_.Call(*orders_, &Stub::UpdateSupervisionOrder, request).error().reason,
            "STATE_NOT_ALLOWED");
}

TEST_F(SupervisionOrders, NameTheUnitOrSubjectThatThereIsNot) {
  auto request = Request(InDays(10));
  request.mutable_supervision_order()->add_units("divisions/370124/units/99");
  EXPECT_EQ(Create(request).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Create(request).error().metadata.at("resource"), "divisions/370124/units/99");
  request = Request(InDays(10));
  for (const std::string missing : {"/tasks/2", "/tasks/1/assignments/2-lead",
                                    "/tasks/1/assignments/2-responsible/occurrences/2"}) {
    request.mutable_supervision_order()->set_subjects(1, plan_ + missing);
    EXPECT_EQ(Create(request).error().metadata.at("resource"), plan_ + missing);
  }
  request.mutable_supervision_order()->set_units(0, "divisions/370125/units/1");
  request.mutable_supervision_order()->set_subjects(1, plan_);
  request.mutable_supervision_order()->set_deadline("");
  const auto wrong = Create(request);
  ASSERT_EQ(wrong.error().violations.size(), 3u);
  EXPECT_EQ(wrong.error().violations[0].field, "supervision_order.deadline");
  EXPECT_EQ(wrong.error().violations[1].field, "supervision_order.units[0]");
  EXPECT_EQ(wrong.error().violations[2].field, "supervision_order.subjects[1]");
}

TEST_F(SupervisionOrders, AreWrittenOnceForOneRequestIdAndOnlyTriedWhereThatIsAsked) {
  auto request = Request(InDays(10));
  request.set_request_id("order-1");
  ASSERT_TRUE(Create(request));
  EXPECT_EQ(Create(request)->name(), name_);
  EXPECT_THAT(Listed(""), ElementsAre(name_));
  ASSERT_TRUE(Answer(name_, "已更新", "1"));
  EXPECT_EQ(Close(name_, true)->state(), v1::SupervisionOrder::CLOSED);
  EXPECT_THAT(Listed("state = ANSWERED"), ElementsAre(name_));
}

TEST_F(SupervisionOrders, AreAnsweredOnceByManyCallersAtOnce) {
  ASSERT_TRUE(Create(Request(InDays(10))));
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] { answered += Answer(name_, "已更新") ? 1 : 0; });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(answered, 1);
}

TEST_F(SupervisionOrders, AreToldToTheFeedAndToASnapshot) {
  const auto token = testing::CurrentToken(world_);
  ASSERT_TRUE(Create(Request(InDays(10))));
  ASSERT_TRUE(Answer(name_, "已更新"));
  testing::FeedWatch changes(world_, {.token = token, .until_current = true});
  EXPECT_THAT(changes.UntilCurrent(), ElementsAre(name_, name_));
  testing::FeedWatch snapshot(
      world_, {.until_current = true, .kinds = {"supervision_order"}, .snapshot = true});
  const auto first = snapshot.Next();
  ASSERT_TRUE(first);
  ASSERT_EQ(first->changes_size(), 1);
  EXPECT_EQ(first->changes(0).supervision_order().state(), v1::SupervisionOrder::ANSWERED);
}

}  // namespace
}  // namespace gongkai::plans
