// Comments over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "gongkai/plans/v1/comments.grpc.pb.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using testing::PlansWorld;
using testing::Unit;
using Stub = v1::Comments::Stub;

class Comments : public ::testing::Test {
 protected:
  Result<v1::Comment> Write(const std::string& subject, const std::string& text,
                            const std::string& reply_to = "") {
    v1::CreateCommentRequest request;
    request.set_parent(task_);
    request.mutable_comment()->set_subject(subject);
    request.mutable_comment()->set_text(text);
    request.mutable_comment()->set_reply_to(reply_to);
    return world_.Call(*comments_, &Stub::CreateComment, request);
  }

  Result<v1::Comment> Withdraw(const std::string& name, const std::string& actor) {
    v1::WithdrawCommentRequest request;
    request.set_name(name);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.AddMetadata("x-gongkai-actor", actor);
    v1::Comment comment;
    const auto status = comments_->WithdrawComment(&context, request, &comment);
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    return comment;
  }

  std::vector<std::string> Listed(const std::string& subject = "", const std::string& filter = "") {
    v1::ListCommentsRequest request;
    request.set_parent(task_);
    request.set_subject(subject);
    request.set_filter(filter);
    std::vector<std::string> texts;
    const auto list = world_.Call(*comments_, &Stub::ListComments, request);
    EXPECT_TRUE(list) << list.error().message;
    for (const auto& comment : list->comments()) texts.push_back(comment.text());
    return texts;
  }

  PlansWorld world_;
  const std::unique_ptr<Stub> comments_ = v1::Comments::NewStub(world_.channel());
  const std::string task_ = world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1";
  const std::string occurrence_ = task_ + "/assignments/2-responsible/occurrences/1";
};

TEST_F(Comments, FormAThreadOnATaskAndItsWork) {
  const auto first = Write("", "目录以哪一版为准？");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->name(), task_ + "/comments/1");
  EXPECT_EQ(first->subject(), task_);
  EXPECT_EQ(first->author(), "tester");
  const auto second = Write("", "以三月印发的为准。", first->name());
  EXPECT_EQ(second->reply_to(), first->name());
  ASSERT_TRUE(Write(occurrence_, "链接打不开。"));
  EXPECT_THAT(Listed(), ElementsAre("目录以哪一版为准？", "以三月印发的为准。", "链接打不开。"));
  EXPECT_THAT(Listed(occurrence_), ElementsAre("链接打不开。"));
  EXPECT_THAT(Listed("", "text:三月"), ElementsAre("以三月印发的为准。"));
}

TEST_F(Comments, AreWithdrawnByTheirAuthorWithAMark) {
  const auto name = Write("", "写错了")->name();
  EXPECT_EQ(Withdraw(name, "someone").error().reason, "NOT_THE_AUTHOR");
  const auto withdrawn = Withdraw(name, "tester");
  ASSERT_TRUE(withdrawn) << withdrawn.error().message;
  EXPECT_TRUE(withdrawn->has_withdraw_time());
  EXPECT_EQ(withdrawn->text(), "");
  EXPECT_EQ(Withdraw(name, "tester").error().reason, "COMMENT_WITHDRAWN");
  EXPECT_THAT(Listed(), ElementsAre(""));
  EXPECT_THAT(Listed("", "text:写错"), ElementsAre());
}

TEST_F(Comments, AreOfTheirTaskAlone) {
  EXPECT_EQ(Write("divisions/370124/units/2", "？").error().violations[0].field, "comment.subject");
  EXPECT_EQ(Write("", "？", task_ + "/comments/7").error().metadata.at("resource"),
            task_ + "/comments/7");
  EXPECT_EQ(Write("", "").error().violations[0].field, "comment.text");
  EXPECT_EQ(Write(task_ + "/assignments/2-responsible/occurrences/5", "？").error().code,
            ErrorCode::kNotFound);
}

TEST_F(Comments, OfManyAtOnceAreNumberedWithoutGaps) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([this] {
      for (int n = 0; n < 5; ++n) EXPECT_TRUE(Write("", "收到"));
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(Listed().size(), 20u);
}

}  // namespace
}  // namespace gongkai::plans
