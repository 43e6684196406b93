// Policy documents over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <thread>

#include "tests/plans/support/policy_world.h"

namespace gongkai::plans {
namespace {

using testing::PolicyDraft;
using testing::PolicyWorld;
using Stage = v1::PolicyStage;

class PolicyDocuments : public ::testing::Test {
 protected:
  static v1::PolicyDocument Normative() {
    auto document = PolicyDraft();
    document.set_normative(true);
    return document;
  }

  // With plan and material, so that stages can tell of them.
  std::string Attached() {
    auto document = Normative();
    document.mutable_interpretation_plan()->set_document_number("青财〔2026〕3号附件1");
    document.mutable_interpretation_material()->set_url("https://www.example.gov.cn/material");
    return world_.Add(document)->name();
  }

  std::vector<std::string> Listed(bool show_deleted) {
    v1::ListPolicyDocumentsRequest request;
    request.set_parent(testing::kCounty);
    request.set_show_deleted(show_deleted);
    const auto list =
        world_.Call(*world_.policies, &v1::Policies::Stub::ListPolicyDocuments, request);
    std::vector<std::string> names;
    for (const auto& document : list->policy_documents()) names.push_back(document.name());
    return names;
  }

  PolicyWorld world_;
};

TEST_F(PolicyDocuments, MustBeInterpretedWhereTheyAreNormative) {
  const auto document = world_.Add(Normative());
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_TRUE(document->must_interpret());
  EXPECT_TRUE(document->must_interpret_by_rule());
  const auto ordinary = world_.Add(PolicyDraft());
  EXPECT_FALSE(ordinary->must_interpret());
  EXPECT_TRUE(ordinary->has_must_interpret());
}

TEST_F(PolicyDocuments, MustBeInterpretedWhereTheGovernmentsConcernThePublic) {
  auto document = PolicyDraft();
  document.set_concerns_public(true);
  EXPECT_FALSE(world_.Add(document)->must_interpret());
  document.set_issuing_level(v1::PolicyDocument::GOVERNMENT);
  EXPECT_TRUE(world_.Add(document)->must_interpret());
}

TEST_F(PolicyDocuments, AreReleasedFromInterpretationOnlyForAReason) {
  auto document = Normative();
  document.set_must_interpret(false);
  EXPECT_EQ(world_.Add(document).error().violations[0].field,
            "policy_document.must_interpret_reason");
  document.set_must_interpret_reason("仅转发上级文件");
  const auto released = world_.Add(document);
  ASSERT_TRUE(released) << released.error().message;
  EXPECT_FALSE(released->must_interpret());
  EXPECT_TRUE(released->must_interpret_by_rule());
  // Asking for more than the rule is nobody's loss.
  auto more = PolicyDraft();
  more.set_must_interpret(true);
  EXPECT_TRUE(world_.Add(more)->must_interpret());
}

TEST_F(PolicyDocuments, FollowTheRuleWhenTheyAreCorrected) {
  auto document = *world_.Add(Normative());
  document.set_normative(false);
  EXPECT_FALSE(world_.Update(document, "normative")->must_interpret());
  document.set_normative(true);
  document.set_must_interpret(false);
  document.set_must_interpret_reason("仅转发上级文件");
  document.clear_etag();
  EXPECT_FALSE(
      world_.Update(document, "normative,must_interpret,must_interpret_reason")->must_interpret());
  // What was decided against the rule stays decided.
  document.set_title("关于补贴办法的通知");
  EXPECT_FALSE(world_.Update(document, "title")->must_interpret());
  document.clear_must_interpret();
  EXPECT_TRUE(world_.Update(document, "must_interpret")->must_interpret());
}

TEST_F(PolicyDocuments, SayWhyTheyAreNotDisclosed) {
  for (auto disclosure : {v1::PolicyDocument::ON_REQUEST, v1::PolicyDocument::NON_DISCLOSURE}) {
    auto document = Normative();
    document.set_disclosure(disclosure);
    EXPECT_EQ(world_.Add(document).error().violations[0].field,
              "policy_document.disclosure_reason");
    document.set_disclosure_reason("涉及个人隐私");
    EXPECT_FALSE(world_.Add(document)->must_interpret());
  }
}

TEST_F(PolicyDocuments, HaveTheirNumberOnceInTheDivision) {
  const auto first = world_.Add(PolicyDraft("青财〔2026〕3号"));
  ASSERT_TRUE(first);
  for (const char* number :
       {"青财〔2026〕3号", "青财[2026]3号", "青财（2026） 3号", "青财【2026】3号"}) {
    const auto again = world_.Add(PolicyDraft(number));
    ASSERT_FALSE(again) << number;
    EXPECT_EQ(again.error().reason, "DOCUMENT_NUMBER_RECORDED");
    EXPECT_EQ(again.error().metadata.at("resource"), first->name());
  }
  EXPECT_TRUE(world_.Add(PolicyDraft("青财〔2026〕4号")));
  EXPECT_TRUE(world_.Add(PolicyDraft()));
  EXPECT_TRUE(world_.Add(PolicyDraft()));
}

TEST_F(PolicyDocuments, HaveTheirNumberOnceWhoeverComesFirst) {
  int added = 0;
  std::vector<Result<v1::PolicyDocument>> answers(4, Fail(Error{}));
  std::vector<std::thread> clerks;
  for (auto& answer : answers) {
    clerks.emplace_back([&] { answer = world_.Add(PolicyDraft("青财〔2026〕3号")); });
  }
  for (auto& clerk : clerks) clerk.join();
  for (const auto& answer : answers) {
    if (answer) {
      ++added;
    } else {
      EXPECT_EQ(answer.error().reason, "DOCUMENT_NUMBER_RECORDED");
    }
  }
  EXPECT_EQ(added, 1);
}

TEST_F(PolicyDocuments, AreCorrectedFieldByFieldAndOnlyByWhomKnowsThem) {
  auto document = *world_.Add(PolicyDraft("青财〔2026〕3号"));
  document.set_title("关于公布补贴办法的公告");
  document.set_document_number("");
  const auto corrected = world_.Update(document, "title");
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->title(), "关于公布补贴办法的公告");
  EXPECT_EQ(corrected->document_number(), "青财〔2026〕3号");
  EXPECT_EQ(corrected->revision(), 2);
  EXPECT_EQ(world_.Update(document, "title").error().reason, "ETAG_MISMATCH");
  document.clear_etag();
  EXPECT_EQ(world_.Update(document, "revision").error().violations[0].field, "update_mask");
  // What is set, without a mask: the empty number is not.
  EXPECT_EQ(world_.Update(document, "")->document_number(), "青财〔2026〕3号");
  EXPECT_EQ(world_.Update(document, "document_number")->document_number(), "");
}

TEST_F(PolicyDocuments, KeepWhatStoodThereBefore) {
  auto document = *world_.Add(PolicyDraft());
  document.set_title("关于公布补贴办法的公告");
  ASSERT_TRUE(world_.Update(document, "title"));
  pqxx::connection connection(world_.conninfo());
  const auto entries = pqxx::work(connection)
                           .exec_params(
                               "select before ->> 'title', after ->> 'title', actor "
                               "from audit_entry where resource = $1 and action = 'UPDATE'",
                               document.name());
  ASSERT_EQ(entries.size(), 1);
  EXPECT_STREQ(entries[0][0].c_str(), "关于公布补贴办法的通知");
  EXPECT_STREQ(entries[0][1].c_str(), "关于公布补贴办法的公告");
  EXPECT_STREQ(entries[0][2].c_str(), "tester");
}

TEST_F(PolicyDocuments, ThatAreDeletedAreKeptAndCanBeBroughtBack) {
  const auto document = *world_.Add(PolicyDraft("青财〔2026〕3号"));
  EXPECT_EQ(world_.Delete(document.name(), "7").error().reason, "ETAG_MISMATCH");
  ASSERT_TRUE(world_.Delete(document.name(), document.etag()));
  EXPECT_TRUE(world_.Get(document.name())->has_delete_time());
  EXPECT_TRUE(Listed(false).empty());
  EXPECT_EQ(Listed(true), std::vector{document.name()});
  EXPECT_EQ(world_.Delete(document.name()).error().reason, "RESOURCE_DELETED");
  EXPECT_EQ(
      world_.Record(document.name(), Stage::DRAFTED, "2026-02-02", false, false).error().reason,
      "RESOURCE_DELETED");
  // Its number is free meanwhile.
  const auto other = world_.Add(PolicyDraft("青财〔2026〕3号"));
  ASSERT_TRUE(other);
  EXPECT_EQ(world_.Undelete(document.name()).error().reason, "DOCUMENT_NUMBER_RECORDED");
  ASSERT_TRUE(world_.Delete(other->name()));
  const auto back = world_.Undelete(document.name());
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_FALSE(back->has_delete_time());
  EXPECT_EQ(world_.Undelete(document.name()).error().reason, "RESOURCE_NOT_DELETED");
}

TEST_F(PolicyDocuments, AreInSyncWherePlanAndMaterialWereThereAtEveryStage) {
  const auto name = Attached();
  EXPECT_EQ(world_.Get(name)->three_sync().all_together(), v1::ThreeSync::UNKNOWN);
  ASSERT_TRUE(world_.Record(name, Stage::DRAFTED, "2026-02-02", false, false));
  ASSERT_TRUE(world_.Record(name, Stage::SUBMITTED, "2026-02-09", true, true));
  const auto submitted = world_.Record(name, Stage::APPROVED, "2026-02-20", true, true);
  ASSERT_TRUE(submitted) << submitted.error().message;
  EXPECT_EQ(submitted->three_sync().submitted_together(), v1::ThreeSync::YES);
  EXPECT_EQ(submitted->three_sync().deployed_together(), v1::ThreeSync::UNKNOWN);
  EXPECT_EQ(submitted->three_sync().all_together(), v1::ThreeSync::UNKNOWN);
  const auto published = world_.Record(name, Stage::PUBLISHED, "", true, true);
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_EQ(published->three_sync().all_together(), v1::ThreeSync::YES);
  const auto& stages = published->three_sync().stages();
  ASSERT_EQ(stages.size(), 4);
  EXPECT_EQ(stages[3].date(), "2026-03-02");
  EXPECT_EQ(stages[3].recorder(), "tester");
  EXPECT_TRUE(stages[3].has_record_time());
}

TEST_F(PolicyDocuments, AreNotInSyncWhereOneOfTheTwoCameLater) {
  const auto name = Attached();
  ASSERT_TRUE(world_.Record(name, Stage::SUBMITTED, "2026-02-09", true, false));
  const auto sync = world_.Record(name, Stage::APPROVED, "2026-02-20", true, true)->three_sync();
  EXPECT_EQ(sync.submitted_together(), v1::ThreeSync::NO);
  EXPECT_EQ(sync.approved_together(), v1::ThreeSync::YES);
  EXPECT_EQ(sync.all_together(), v1::ThreeSync::NO);
  // A stage that was recorded wrongly is recorded anew, or taken back.
  EXPECT_EQ(world_.Record(name, Stage::SUBMITTED, "2026-02-09", true, true)
                ->three_sync()
                .submitted_together(),
            v1::ThreeSync::YES);
  v1::RemovePolicyStageRequest remove;
  remove.set_name(name);
  remove.set_kind(Stage::SUBMITTED);
  const auto removed =
      world_.Call(*world_.policy_life, &v1::PolicyLife::Stub::RemovePolicyStage, remove);
  EXPECT_EQ(removed->three_sync().submitted_together(), v1::ThreeSync::UNKNOWN);
  EXPECT_EQ(world_.Call(*world_.policy_life, &v1::PolicyLife::Stub::RemovePolicyStage, remove)
                .error()
                .code,
            ErrorCode::kNotFound);
}

TEST_F(PolicyDocuments, PassTheirStagesInOrder) {
  const auto name = Attached();
  ASSERT_TRUE(world_.Record(name, Stage::SUBMITTED, "2026-02-09", true, true));
  for (const auto& [kind, date] :
       {std::pair(Stage::DRAFTED, "2026-02-10"), std::pair(Stage::APPROVED, "2026-02-08"),
        std::pair(Stage::APPROVED, "2026-03-03"), std::pair(Stage::PUBLISHED, "2026-03-03")}) {
    const auto recorded = world_.Record(name, kind, date, true, true);
    ASSERT_FALSE(recorded) << date;
    EXPECT_EQ(recorded.error().violations[0].field, "stage.date");
  }
  auto document = *world_.Get(name);
  document.set_publish_date("2026-02-08");
  EXPECT_EQ(world_.Update(document, "publish_date").error().reason, "PUBLISHED_BEFORE_STAGE");
}

TEST_F(PolicyDocuments, ShowThePlanAndTheMaterialThatAStageTellsOf) {
  const auto bare = world_.Add(Normative())->name();
  const auto recorded = world_.Record(bare, Stage::SUBMITTED, "2026-02-09", true, false);
  EXPECT_EQ(recorded.error().reason, "ATTACHMENT_MISSING");
  EXPECT_EQ(recorded.error().metadata.at("field"), "interpretation_plan");
  const auto name = Attached();
  ASSERT_TRUE(world_.Record(name, Stage::SUBMITTED, "2026-02-09", true, true));
  auto document = *world_.Get(name);
  document.clear_interpretation_material();
  const auto cleared = world_.Update(document, "interpretation_material");
  EXPECT_EQ(cleared.error().reason, "ATTACHMENT_IN_USE");
  EXPECT_EQ(cleared.error().metadata.at("field"), "interpretation_material");
}

TEST_F(PolicyDocuments, AreAddedOnceForOneRequestIdAndNotAtAllWhenOnlyTried) {
  ASSERT_TRUE(world_.Add(PolicyDraft(), "", true));
  EXPECT_TRUE(Listed(true).empty());
  const auto first = world_.Add(PolicyDraft("青财〔2026〕3号"), "document-1");
  const auto again = world_.Add(PolicyDraft("青财〔2026〕3号"), "document-1");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(Listed(true).size(), 1u);
}

}  // namespace
}  // namespace gongkai::plans
