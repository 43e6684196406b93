// Which tasks carry out those of the city and the province, over gRPC on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Gt;
using testing::PlansWorld;
using Stub = v1::UpstreamLinks::Stub;

v1::ParsedPlan PlanOf(std::initializer_list<const char*> requirements) {
  v1::ParsedPlan plan = testing::OneTask({testing::Unit("县财政局")});
  const auto task = plan.tasks(0);
  plan.clear_tasks();
  for (const auto* requirement : requirements) {
    auto* added = plan.add_tasks();
    *added = task;
    added->set_title("");
    added->set_requirement(requirement);
  }
  return plan;
}

class UpstreamLinks : public ::testing::Test {
 protected:
  // The plan of a division, issued unless it stays a draft.
  std::string Plan(const std::string& division, const v1::ParsedPlan& parsed, bool issued = true) {
    v1::CreatePlanRequest create;
    create.set_parent(division);
    *create.mutable_parsed_plan() = parsed;
    const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, create);
    if (!issued) return plan->name();
    v1::IssuePlanRequest issue;
    issue.set_name(plan->name());
    issue.set_issue_date("2026-01-10");
    return world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue)->name();
  }

  Result<v1::ReviewUpstreamPlanResponse> Review() {
    v1::ReviewUpstreamPlanRequest request;
    request.set_parent(county_);
    request.set_upstream_plan(city_);
    return world_.Call(*world_.upstream_links, &Stub::ReviewUpstreamPlan, request);
  }

  Result<v1::UpstreamLink> Link(const std::string& upstream_task, const std::string& task,
                                const std::string& reason = "",
                                const std::string& request_id = "") {
    v1::CreateUpstreamLinkRequest request;
    request.set_parent(county_);
    request.mutable_upstream_link()->set_upstream_task(upstream_task);
    request.mutable_upstream_link()->set_task(task);
    request.mutable_upstream_link()->set_reason(reason);
    request.set_request_id(request_id);
    return world_.Call(*world_.upstream_links, &Stub::CreateUpstreamLink, request);
  }

  Result<v1::UpstreamLink> Withdraw(const std::string& name) {
    v1::WithdrawUpstreamLinkRequest request;
    request.set_name(name);
    request.set_reason("登记有误");
    return world_.Call(*world_.upstream_links, &Stub::WithdrawUpstreamLink, request);
  }

  std::string Upstream(int task) { return city_ + "/tasks/" + std::to_string(task); }
  std::string Own(int task) { return county_ + "/tasks/" + std::to_string(task); }

  PlansWorld world_;
  const std::string city_ = Plan(
      "divisions/370100", PlanOf({"公示养老机构名单和收费标准", "海域使用论证报告按季度发布"}));
  const std::string county_ =
      Plan("divisions/370124", PlanOf({"每季度公布财政预算执行", "在网站公示养老机构名单"}));
};

TEST_F(UpstreamLinks, AreProposedByTheLikenessOfTheTextsAndSayWhy) {
  const auto review = Review();
  ASSERT_TRUE(review) << review.error().message;
  ASSERT_EQ(review->upstream_tasks_size(), 2);
  const auto& first = review->upstream_tasks(0);
  EXPECT_EQ(first.upstream_task(), Upstream(1));
  ASSERT_EQ(first.proposals_size(), 1);
  EXPECT_EQ(first.proposals(0).task(), Own(2));
  EXPECT_THAT(first.proposals(0).score(), Gt(0.3));
  EXPECT_THAT(first.proposals(0).shared_phrases(), ElementsAre("公示养老机构名单"));
  EXPECT_EQ(review->linked(), 0);
  EXPECT_EQ(review->applicable(), 2);
}

TEST_F(UpstreamLinks, OnlyAPersonMakesThem) {
  ASSERT_TRUE(Review());
  const auto link = Link(Upstream(1), Own(2));
  ASSERT_TRUE(link) << link.error().message;
  EXPECT_EQ(link->state(), v1::UpstreamLink::LINKED);
  EXPECT_EQ(link->author(), "tester");
  const auto review = Review();
  EXPECT_EQ(review->linked(), 1);
  EXPECT_EQ(review->upstream_tasks(0).links(0).name(), link->name());
  EXPECT_EQ(review->upstream_tasks(0).proposals_size(), 0);
}

TEST_F(UpstreamLinks, NotApplicableNeedsAReasonAndLeavesTheDenominator) {
  EXPECT_EQ(Link(Upstream(2), "").error().violations.at(0).field, "upstream_link.reason");
  const auto link = Link(Upstream(2), "", "本县不临海");
  ASSERT_TRUE(link) << link.error().message;
  EXPECT_EQ(link->state(), v1::UpstreamLink::NOT_APPLICABLE);
  EXPECT_EQ(Review()->applicable(), 1);
}

TEST_F(UpstreamLinks, AnUpstreamTaskIsEitherCarriedOutOrNotApplicable) {
  const auto link = Link(Upstream(1), Own(2));
  ASSERT_TRUE(Link(Upstream(1), Own(1)));  // several tasks may carry it out together
  EXPECT_EQ(Link(Upstream(1), Own(2)).error().reason, "LINK_EXISTS");
  EXPECT_EQ(Link(Upstream(1), "", "不涉及").error().reason, "UPSTREAM_TASK_DECIDED");
  ASSERT_TRUE(Withdraw(link->name()));
  EXPECT_EQ(Withdraw(link->name()).error().reason, "LINK_WITHDRAWN");
  ASSERT_TRUE(Link(Upstream(1), Own(2)));
}

TEST_F(UpstreamLinks, LeadOnlyUpwards) {
  EXPECT_EQ(Link(county_ + "/tasks/1", Own(2)).error().violations.at(0).field,
            "upstream_link.upstream_task");
  EXPECT_EQ(Link(Upstream(1), Upstream(1)).error().violations.at(0).field, "upstream_link.task");
  EXPECT_EQ(Link(Upstream(9), Own(1)).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Link(Upstream(1), Own(9)).error().code, ErrorCode::kNotFound);
}

TEST_F(UpstreamLinks, NeedTwoIssuedPlans) {
  const auto draft = Plan("divisions/370000", PlanOf({"公示养老机构名单"}), false);
  EXPECT_EQ(Link(draft + "/tasks/1", Own(2)).error().reason, "PLAN_NOT_ISSUED");
}

TEST_F(UpstreamLinks, TheSameRequestGetsTheFirstAnswer) {
  const auto first = Link(Upstream(1), Own(2), "", "link-1");
  const auto again = Link(Upstream(1), Own(2), "", "link-1");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->name(), first->name());
}

TEST_F(UpstreamLinks, ShowTheTasksOfAllCountiesSideBySide) {
  ASSERT_TRUE(Link(Upstream(1), Own(2)));
  const auto occurrence = Own(2) + "/assignments/2-responsible/occurrences/1";
  world_.Claim(Own(2) + "/assignments/2-responsible");
  ASSERT_TRUE(world_.Submit(occurrence));
  ASSERT_TRUE(world_.Verify(occurrence));
  v1::ListCounterpartsRequest request;
  request.set_parent(Upstream(1));
  const auto list = world_.Call(*world_.upstream_links, &Stub::ListCounterparts, request);
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->counterparts_size(), 1);
  const auto& counterpart = list->counterparts(0);
  EXPECT_EQ(counterpart.task(), Own(2));
  EXPECT_EQ(counterpart.division_display_name(), "平阴县");
  EXPECT_EQ(counterpart.requirement(), "在网站公示养老机构名单");
  EXPECT_EQ(counterpart.occurrences(), 1);
  EXPECT_EQ(counterpart.verified_occurrences(), 1);
}

TEST_F(UpstreamLinks, AreToldByTheFeed) {
  const auto link = Link(Upstream(1), Own(2));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  v1::WatchRequest request;
  request.set_until_current(true);
  request.add_kinds("upstream_link");
  const auto stream = world_.feed->Watch(&context, request);
  std::vector<std::string> names;
  for (v1::WatchResponse message; stream->Read(&message);) {
    for (const auto& change : message.changes()) names.push_back(change.upstream_link().name());
  }
  EXPECT_THAT(names, ElementsAre(link->name()));
}

}  // namespace
}  // namespace gongkai::plans
