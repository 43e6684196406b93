// The year's work over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::PlansWorld;
using testing::Unit;

class Work : public ::testing::Test {
 protected:
  Result<v1::Assignment> Claim(const std::string& request_id = "") {
    v1::ClaimAssignmentRequest request;
    request.set_name(assignment_);
    request.set_request_id(request_id);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::ClaimAssignment, request);
  }

  Result<v1::Assignment> File(v1::FileMeasuresRequest request) {
    request.set_name(assignment_);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::FileMeasures, request);
  }

  Result<v1::ProgressReport> Report(const std::string& url) {
    v1::CreateProgressReportRequest request;
    request.set_parent(occurrence_);
    request.mutable_progress_report()->set_text("目录已更新");
    request.mutable_progress_report()->add_evidence()->set_url(url);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::CreateProgressReport, request);
  }

  Result<v1::Occurrence> Submit(const std::string& request_id = "", const std::string& etag = "") {
    v1::SubmitOccurrenceRequest request;
    request.set_name(occurrence_);
    request.set_request_id(request_id);
    request.set_etag(etag);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::SubmitOccurrence, request);
  }

  Result<v1::Occurrence> Verify() {
    v1::VerifyOccurrenceRequest request;
    request.set_name(occurrence_);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::VerifyOccurrence, request);
  }

  Result<v1::Occurrence> Return(const std::string& comment) {
    v1::ReturnOccurrenceRequest request;
    request.set_name(occurrence_);
    request.set_comment(comment);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::ReturnOccurrence, request);
  }

  v1::Occurrence Get() {
    v1::GetOccurrenceRequest request;
    request.set_name(occurrence_);
    return *world_.Call(*world_.assignments, &v1::Assignments::Stub::GetOccurrence, request);
  }

  PlansWorld world_;
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局")});
  const std::string assignment_ = plan_ + "/tasks/1/assignments/2-responsible";
  const std::string occurrence_ = assignment_ + "/occurrences/1";
};

v1::FileMeasuresRequest CompleteMeasures() {
  v1::FileMeasuresRequest request;
  request.set_measures("每月核对一次目录");
  request.set_section("办公室");
  request.set_person("经办人");
  request.set_contact("13800001234");
  return request;
}

TEST_F(Work, GoesFromClaimToVerified) {
  EXPECT_EQ(Claim()->state(), v1::Assignment::CLAIMED);
  EXPECT_EQ(File(CompleteMeasures())->state(), v1::Assignment::FILED);
  ASSERT_TRUE(Report("https://example.gov.cn/1"));
  const auto submitted = Submit();
  ASSERT_TRUE(submitted);
  EXPECT_EQ(submitted->state(), v1::Occurrence::SUBMITTED);
  EXPECT_EQ(submitted->evidence_count(), 1);
  EXPECT_TRUE(submitted->has_submit_time());
  const auto verified = Verify();
  EXPECT_EQ(verified->state(), v1::Occurrence::VERIFIED);
  EXPECT_EQ(verified->submit_time().seconds(), submitted->submit_time().seconds());
}

TEST_F(Work, ThatWasReturnedIsSubmittedAgainAtItsNewTime) {
  ASSERT_TRUE(Claim());
  const auto first = Submit();
  ASSERT_TRUE(Return("请补充佐证材料"));
  EXPECT_EQ(Get().review_comment(), "请补充佐证材料");
  ASSERT_TRUE(Report("https://example.gov.cn/2"));
  const auto second = Submit();
  ASSERT_TRUE(second);
  EXPECT_GT(std::pair(second->submit_time().seconds(), second->submit_time().nanos()),
            std::pair(first->submit_time().seconds(), first->submit_time().nanos()));
}

TEST_F(Work, NeedsAClaimBeforeItIsSubmitted) {
  const auto refused = Submit();
  EXPECT_EQ(refused.error().reason, "ASSIGNMENT_NOT_CLAIMED");
  EXPECT_EQ(Get().state(), v1::Occurrence::OPEN);
}

TEST_F(Work, IsVerifiedOnlyAfterItWasSubmitted) {
  ASSERT_TRUE(Claim());
  const auto refused = Verify();
  EXPECT_EQ(refused.error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(refused.error().metadata.at("state"), "OPEN");
  EXPECT_EQ(refused.error().metadata.at("allowed"),
            "report, submit, cancel, requestExtension, moveDueDate");
}

TEST_F(Work, IsReportedOnNoMoreOnceItIsSubmitted) {
  ASSERT_TRUE(Claim());
  ASSERT_TRUE(Submit());
  EXPECT_EQ(Report("https://example.gov.cn/3").error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(Work, MasksTheContactAndNeedsAllOfAFiling) {
  ASSERT_TRUE(Claim());
  auto incomplete = CompleteMeasures();
  incomplete.clear_person();
  const auto refused = File(incomplete);
  ASSERT_EQ(refused.error().violations.size(), 1u);
  EXPECT_EQ(refused.error().violations[0].field, "person");
  EXPECT_EQ(File(CompleteMeasures())->contact(), "138******34");
}

TEST_F(Work, IsDoneOnceForOneRequestIdHoweverOftenItIsSent) {
  ASSERT_TRUE(Claim("claim-1"));
  const auto first = Submit("submit-1");
  ASSERT_TRUE(first);
  ASSERT_TRUE(Verify());
  const auto again = Submit("submit-1");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->state(), v1::Occurrence::SUBMITTED);
  EXPECT_EQ(again->revision(), first->revision());
  EXPECT_EQ(Get().state(), v1::Occurrence::VERIFIED);
}

TEST_F(Work, RefusesARequestIdOfAnotherCall) {
  ASSERT_TRUE(Claim("id"));
  EXPECT_EQ(Submit("id").error().code, ErrorCode::kInvalidArgument);
}

TEST_F(Work, IsNotOverwrittenByWhoReadAnOlderState) {
  ASSERT_TRUE(Claim());
  const auto before = Get();
  ASSERT_TRUE(Report("https://example.gov.cn/4"));
  EXPECT_EQ(Submit("", before.etag()).error().reason, "ETAG_MISMATCH");
  EXPECT_TRUE(Submit("", Get().etag()));
}

TEST_F(Work, OfOneHundredConcurrentSubmitsIsDoneOnce) {
  ASSERT_TRUE(Claim());
  std::atomic<int> done = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 10; ++i) {
    callers.emplace_back([&] {
      for (int j = 0; j < 10; ++j) {
        const auto result = Submit();
        if (result) {
          ++done;
        } else if (result.error().reason == "STATE_NOT_ALLOWED") {
          ++refused;
        }
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(refused, 99);
}

TEST_F(Work, IsListedByUnitOverAllPlans) {
  world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  v1::ListOccurrencesRequest request;
  request.set_parent("divisions/370124/plans/-/tasks/-/assignments/-");
  EXPECT_EQ(world_.Call(*world_.assignments, &v1::Assignments::Stub::ListOccurrences, request)
                ->occurrences_size(),
            3);
  request.set_unit("divisions/370124/units/2");
  request.set_page_size(1);
  const auto first =
      world_.Call(*world_.assignments, &v1::Assignments::Stub::ListOccurrences, request);
  ASSERT_EQ(first->occurrences_size(), 1);
  EXPECT_EQ(first->occurrences(0).name(), occurrence_);
  request.set_page_token(first->next_page_token());
  const auto second =
      world_.Call(*world_.assignments, &v1::Assignments::Stub::ListOccurrences, request);
  ASSERT_EQ(second->occurrences_size(), 1);
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(Work, OfSomethingThatDoesNotExistIsNotFound) {
  v1::GetOccurrenceRequest request;
  request.set_name(assignment_ + "/occurrences/2");
  EXPECT_EQ(
      world_.Call(*world_.assignments, &v1::Assignments::Stub::GetOccurrence, request).error().code,
      ErrorCode::kNotFound);
}

TEST_F(Work, CountsOneInterpretationPerAddress) {
  v1::CreatePolicyDocumentRequest document;
  document.set_parent("divisions/370124");
  auto* policy = document.mutable_policy_document();
  policy->set_title("关于某事的通知");
  policy->set_unit("divisions/370124/units/2");
  policy->set_issuing_level(v1::PolicyDocument::UNIT);
  policy->set_publish_date("2026-02-01");
  policy->set_disclosure(v1::PolicyDocument::PROACTIVE);
  policy->set_must_interpret(true);
  const auto created =
      world_.Call(*world_.policies, &v1::Policies::Stub::CreatePolicyDocument, document);
  ASSERT_TRUE(created) << created.error().message;

  v1::CreateInterpretationRequest request;
  request.set_parent("divisions/370124");
  auto* interpretation = request.mutable_interpretation();
  interpretation->set_title("一图读懂");
  interpretation->set_unit("divisions/370124/units/2");
  interpretation->set_form(v1::Interpretation::CHART);
  interpretation->set_interpreter(v1::Interpretation::STAFF);
  interpretation->set_publish_date("2026-02-02");
  interpretation->set_url("https://example.gov.cn/chart");
  interpretation->add_policy_documents("divisions/370124/policyDocuments/9");
  EXPECT_EQ(world_.Call(*world_.policies, &v1::Policies::Stub::CreateInterpretation, request)
                .error()
                .code,
            ErrorCode::kNotFound);
  interpretation->set_policy_documents(0, created->name());
  ASSERT_TRUE(world_.Call(*world_.policies, &v1::Policies::Stub::CreateInterpretation, request));
  EXPECT_EQ(world_.Call(*world_.policies, &v1::Policies::Stub::CreateInterpretation, request)
                .error()
                .reason,
            "INTERPRETATION_RECORDED");
}

}  // namespace
}  // namespace gongkai::plans
