// Acts of interpretation over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/plans/support/policy_world.h"

namespace gongkai::plans {
namespace {

using testing::ActDraft;
using testing::PolicyDraft;
using testing::PolicyWorld;

constexpr char kUrl[] = "https://www.example.gov.cn/jiedu/1.html";

class Interpretations : public ::testing::Test {
 protected:
  PolicyWorld world_;
  const std::string document_ = world_.Add(PolicyDraft())->name();
};

TEST_F(Interpretations, OfSeveralDocumentsAreOneAct) {
  const auto other = world_.Add(PolicyDraft())->name();
  auto act = ActDraft(document_, kUrl);
  act.add_policy_documents(other);
  act.add_policy_documents(other);
  const auto recorded = world_.Add(act);
  ASSERT_TRUE(recorded) << recorded.error().message;
  EXPECT_THAT(recorded->policy_documents(), ::testing::ElementsAre(document_, other));
}

TEST_F(Interpretations, ThatAreRepostedAreStillOneAct) {
  auto act = ActDraft(document_, kUrl);
  act.add_repost_urls("https://weixin.example.com/s/1");
  const auto first = world_.Add(act);
  ASSERT_TRUE(first) << first.error().message;
  for (const char* url : {kUrl, "https://WWW.example.gov.cn:443/jiedu/1.html#part2",
                          "https://weixin.example.com/s/1/"}) {
    const auto again = world_.Add(ActDraft(document_, url));
    ASSERT_FALSE(again) << url;
    EXPECT_EQ(again.error().reason, "INTERPRETATION_RECORDED");
    EXPECT_EQ(again.error().metadata.at("resource"), first->name());
  }
  // The other way round too: what is an act of its own is no repost of another.
  auto repost = ActDraft(document_, "https://www.example.gov.cn/jiedu/2.html");
  repost.add_repost_urls(kUrl);
  EXPECT_EQ(world_.Add(repost).error().metadata.at("resource"), first->name());
}

TEST_F(Interpretations, NameEachAddressOnce) {
  auto act = ActDraft(document_, kUrl);
  act.add_repost_urls(std::string(kUrl) + "#top");
  EXPECT_EQ(world_.Add(act).error().violations[0].field, "interpretation.repost_urls[0]");
  EXPECT_EQ(world_.Add(ActDraft(document_, "https://")).error().violations[0].field,
            "interpretation.url");
}

TEST_F(Interpretations, OfOneAddressAreRecordedOnceWhoeverComesFirst) {
  std::vector<Result<v1::Interpretation>> answers(4, Fail(Error{}));
  std::vector<std::thread> clerks;
  for (auto& answer : answers) {
    clerks.emplace_back([&] { answer = world_.Add(ActDraft(document_, kUrl)); });
  }
  for (auto& clerk : clerks) clerk.join();
  EXPECT_EQ(std::count_if(answers.begin(), answers.end(), [](const auto& a) { return !!a; }), 1);
}

TEST_F(Interpretations, DoNotComeBeforeTheirDocumentUnlessThatIsMeant) {
  auto act = ActDraft(document_, kUrl);
  act.set_publish_date("2026-03-01");
  const auto early = world_.Add(act);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().violations[0].field, "interpretation.publish_date");
  EXPECT_NE(early.error().message.find(document_), std::string::npos);
  act.set_pre_publication(true);
  const auto recorded = world_.Add(act);
  ASSERT_TRUE(recorded) << recorded.error().message;
  auto unmarked = *recorded;
  unmarked.set_pre_publication(false);
  EXPECT_EQ(world_.Update(unmarked, "pre_publication").error().violations[0].field,
            "interpretation.publish_date");
}

TEST_F(Interpretations, HoldTheDateOfTheirDocument) {
  const auto act = world_.Add(ActDraft(document_, kUrl));
  auto document = *world_.Get(document_);
  document.set_publish_date("2026-03-04");
  const auto moved = world_.Update(document, "publish_date");
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().reason, "INTERPRETED_BEFORE");
  EXPECT_EQ(moved.error().metadata.at("interpretation"), act->name());
}

TEST_F(Interpretations, AreCorrectedAndGiveTheirOldAddressFree) {
  auto act = *world_.Add(ActDraft(document_, kUrl));
  act.set_url("https://www.example.gov.cn/jiedu/2.html");
  act.set_interpreter(v1::Interpretation::PRINCIPAL_HEAD);
  act.set_interpreter_post("县财政局局长");
  const auto corrected = world_.Update(act, "url,interpreter,interpreter_post");
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->interpreter_post(), "县财政局局长");
  EXPECT_EQ(corrected->revision(), 2);
  EXPECT_EQ(world_.Update(act, "url").error().reason, "ETAG_MISMATCH");
  EXPECT_TRUE(world_.Add(ActDraft(document_, kUrl)));
  act.clear_etag();
  act.set_url(kUrl);
  EXPECT_EQ(world_.Update(act, "url").error().reason, "INTERPRETATION_RECORDED");
}

TEST_F(Interpretations, ThatAreDeletedAreKeptAndCanBeBroughtBack) {
  const auto act = *world_.Add(ActDraft(document_, kUrl));
  const auto deleted = world_.DeleteAct(act.name(), act.etag());
  ASSERT_TRUE(deleted) << deleted.error().message;
  EXPECT_TRUE(deleted->has_delete_time());
  EXPECT_EQ(world_.DeleteAct(act.name()).error().reason, "RESOURCE_DELETED");
  EXPECT_EQ(world_.Update(act, "title").error().reason, "ETAG_MISMATCH");
  const auto other = *world_.Add(ActDraft(document_, kUrl));
  EXPECT_EQ(world_.UndeleteAct(act.name()).error().reason, "INTERPRETATION_RECORDED");
  ASSERT_TRUE(world_.DeleteAct(other.name()));
  EXPECT_FALSE(world_.UndeleteAct(act.name())->has_delete_time());
}

TEST_F(Interpretations, AreNotOfDocumentsThatAreGone) {
  EXPECT_EQ(world_.Add(ActDraft("divisions/370124/policyDocuments/77", kUrl)).error().code,
            ErrorCode::kNotFound);
  auto act = *world_.Add(ActDraft(document_, kUrl));
  ASSERT_TRUE(world_.Delete(document_));
  EXPECT_EQ(world_.Add(ActDraft(document_, "https://www.example.gov.cn/2")).error().reason,
            "RESOURCE_DELETED");
  // The act itself stays, and can be corrected.
  act.set_title("图解补贴办法");
  EXPECT_TRUE(world_.Update(act, "title"));
}

TEST_F(Interpretations, AreRecordedOnceForOneRequestIdAndNotAtAllWhenOnlyTried) {
  ASSERT_TRUE(world_.Add(ActDraft(document_, kUrl), "", true));
  const auto first = world_.Add(ActDraft(document_, kUrl), "act-1");
  const auto again = world_.Add(ActDraft(document_, kUrl), "act-1");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->name(), first->name());
}

}  // namespace
}  // namespace gongkai::plans
