// Leaders' instructions over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gongkai/plans/v1/instructions.grpc.pb.h"
#include "tests/plans/support/feed_watch.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using testing::PlansWorld;
using testing::Unit;
using Stub = v1::Instructions::Stub;

class Instructions : public ::testing::Test {
 protected:
  v1::CreateInstructionRequest Request() {
    v1::CreateInstructionRequest request;
    request.set_parent(plan_ + "/tasks/1");
    auto& instruction = *request.mutable_instruction();
    instruction.set_leader_post("县长");
    instruction.set_text("请财政局抓紧办理，月底前报结果。");
    instruction.set_instruct_date("2026-03-02");
    instruction.add_units("divisions/370124/units/2");
    instruction.set_reply_deadline("2026-03-31");
    return request;
  }

  Result<v1::Instruction> Create(const v1::CreateInstructionRequest& request) {
    return world_.Call(*instructions_, &Stub::CreateInstruction, request);
  }

  Result<v1::Instruction> Reply(const std::string& reply, const std::string& etag = "",
                                bool validate_only = false) {
    v1::ReplyInstructionRequest request;
    request.set_name(name_);
    request.set_reply(reply);
    request.set_etag(etag);
    request.set_validate_only(validate_only);
    return world_.Call(*instructions_, &Stub::ReplyInstruction, request);
  }

  std::vector<std::string> Listed(const std::string& parent, const std::string& filter) {
    v1::ListInstructionsRequest request;
    request.set_parent(parent);
    request.set_include_subdivisions(true);
    request.set_filter(filter);
    std::vector<std::string> names;
    const auto list = world_.Call(*instructions_, &Stub::ListInstructions, request);
    EXPECT_TRUE(list) << list.error().message;
    for (const auto& instruction : list->instructions()) names.push_back(instruction.name());
    return names;
  }

  PlansWorld world_;
  const std::unique_ptr<Stub> instructions_ = v1::Instructions::NewStub(world_.channel());
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局")});
  const std::string name_ = plan_ + "/tasks/1/instructions/1";
};

TEST_F(Instructions, AreRecordedByPostAndReplied) {
  const auto token = testing::CurrentToken(world_);
  const auto created = Create(Request());
  ASSERT_TRUE(created) << created.error().message;
  EXPECT_EQ(created->name(), name_);
  EXPECT_EQ(created->author(), "tester");
  EXPECT_THAT(Listed("divisions/370000/plans/-/tasks/-",
                     "reply_deadline < 2026-04-01 AND NOT reply_time:*"),
              ElementsAre(name_));
  const auto replied = Reply("已办结", "1");
  ASSERT_TRUE(replied) << replied.error().message;
  EXPECT_EQ(replied->reply(), "已办结");
  EXPECT_EQ(replied->reply_author(), "tester");
  EXPECT_TRUE(replied->has_reply_time());
  EXPECT_THAT(Listed(plan_ + "/tasks/1", "NOT reply_time:*"), ElementsAre());
  v1::GetInstructionRequest get;
  get.set_name(name_);
  EXPECT_EQ(world_.Call(*instructions_, &Stub::GetInstruction, get)->reply(), "已办结");
  testing::FeedWatch changes(world_, {.token = token, .until_current = true});
  EXPECT_THAT(changes.UntilCurrent(), ElementsAre(name_, name_));
  testing::FeedWatch snapshot(world_,
                              {.until_current = true, .kinds = {"instruction"}, .snapshot = true});
  EXPECT_EQ(snapshot.Next()->changes(0).instruction().revision(), 2);
}

TEST_F(Instructions, AreGuardedByTheirEtagAndOnlyTriedWhereThatIsAsked) {
  EXPECT_EQ(Reply("已办结").error().code, ErrorCode::kNotFound);
  auto request = Request();
  request.set_request_id("instruction-1");
  ASSERT_TRUE(Create(request));
  EXPECT_EQ(Create(request)->name(), name_);
  EXPECT_EQ(Reply("已办结", "2").error().reason, "ETAG_MISMATCH");
  EXPECT_EQ(Reply("已办结", "", true)->reply(), "已办结");
  EXPECT_EQ(Reply("").error().violations[0].field, "reply");
  EXPECT_THAT(Listed(plan_ + "/tasks/1", "NOT reply_time:*"), ElementsAre(name_));
}

TEST_F(Instructions, NameWhatIsWrongOrMissing) {
  auto request = Request();
  request.mutable_instruction()->set_instruct_date("2999-01-01");
  request.mutable_instruction()->set_reply_deadline("2998-12-31");
  request.mutable_instruction()->set_leader_post("");
  const auto wrong = Create(request);
  ASSERT_EQ(wrong.error().violations.size(), 3u);
  EXPECT_EQ(wrong.error().violations[0].field, "instruction.leader_post");
  EXPECT_EQ(wrong.error().violations[1].field, "instruction.instruct_date");
  EXPECT_EQ(wrong.error().violations[2].field, "instruction.reply_deadline");
  request = Request();
  request.set_parent(plan_ + "/tasks/9");
  EXPECT_EQ(Create(request).error().metadata.at("resource"), plan_ + "/tasks/9");
  request = Request();
  request.mutable_instruction()->add_units("divisions/370124/units/99");
  EXPECT_EQ(Create(request).error().metadata.at("resource"), "divisions/370124/units/99");
}

}  // namespace
}  // namespace gongkai::plans
