// The same evidence in several places, over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gongkai/plans/v1/evidence_sharing.grpc.pb.h"
#include "tests/plans/support/evidence_uploads.h"

namespace gongkai::plans {
namespace {

using testing::DocumentNumber;
using ::testing::ElementsAre;
using testing::EvidenceUploads;
using testing::File;
using testing::OneTask;
using testing::Pdf;
using testing::PlansWorld;
using testing::Unit;
using testing::Url;

// Two tasks of the finance bureau: one is due once, the other each quarter.
v1::ParsedPlan TwoTasks() {
  auto plan = OneTask({Unit("县财政局")});
  auto* quarterly = plan.add_tasks();
  *quarterly = plan.tasks(0);
  quarterly->set_ordinal("2");
  quarterly->mutable_due()->Clear();
  quarterly->mutable_due()->set_kind(v1::DueRule::RECURRING);
  quarterly->mutable_due()->set_cadence(v1::DueRule::QUARTERLY);
  return plan;
}

class SharedEvidence : public ::testing::Test {
 protected:
  void Report(const std::string& occurrence, const v1::Evidence& evidence) {
    const auto report = uploads_.Report(occurrence, evidence);
    ASSERT_TRUE(report) << report.error().message;
  }

  std::string Occurrence(int task, int number = 1) {
    return plan_ + "/tasks/" + std::to_string(task) + "/assignments/2-responsible/occurrences/" +
           std::to_string(number);
  }

  v1::EvidenceSharing SharingOf(const std::string& occurrence) {
    return world_.GetOccurrence(occurrence).evidence_sharing();
  }

  v1::ListSharedEvidenceResponse List(const std::string& filter = "", int page_size = 0,
                                      const std::string& token = "") {
    v1::ListSharedEvidenceRequest request;
    request.set_parent(plan_);
    request.set_filter(filter);
    request.set_page_size(page_size);
    request.set_page_token(token);
    const auto list =
        world_.Call(*sharings_, &v1::EvidenceSharings::Stub::ListSharedEvidence, request);
    EXPECT_TRUE(list) << list.error().message;
    return list.value_or(v1::ListSharedEvidenceResponse());
  }

  PlansWorld world_;
  EvidenceUploads uploads_{world_};
  const std::unique_ptr<v1::EvidenceSharings::Stub> sharings_ =
      v1::EvidenceSharings::NewStub(world_.channel());
  const std::string plan_ = world_.IssuedPlan(TwoTasks());
};

TEST_F(SharedEvidence, IsAnAddressThatProvesTwoTasks) {
  Report(Occurrence(1), Url("https://www.example.gov.cn/a.html"));
  EXPECT_FALSE(world_.GetOccurrence(Occurrence(1)).has_evidence_sharing());
  Report(Occurrence(2), Url("http://WWW.example.gov.cn:80/a.html/#top"));
  const auto first = SharingOf(Occurrence(1));
  EXPECT_THAT(first.other_tasks(), ElementsAre(Occurrence(2)));
  EXPECT_EQ(first.other_task_count(), 1);
  EXPECT_EQ(first.same_task_count(), 0);
  EXPECT_THAT(SharingOf(Occurrence(2)).other_tasks(), ElementsAre(Occurrence(1)));
}

TEST_F(SharedEvidence, IsADocumentNumberHoweverItIsWritten) {
  Report(Occurrence(1), DocumentNumber("青政办发〔2026〕5号"));
  Report(Occurrence(2), DocumentNumber("青政办发[2026] 5号"));
  EXPECT_EQ(SharingOf(Occurrence(1)).other_task_count(), 1);
}

TEST_F(SharedEvidence, IsTheSameContentInTwoFiles) {
  const auto first = uploads_.Upload(Pdf(100));
  const auto second = uploads_.Upload(Pdf(100), {.file_name = "换个名字.pdf"});
  Report(Occurrence(1), File(first->name()));
  Report(Occurrence(2), File(second->name()));
  EXPECT_THAT(SharingOf(Occurrence(1)).other_tasks(), ElementsAre(Occurrence(2)));
}

TEST_F(SharedEvidence, OfAnEarlierPeriodOfTheSameTaskIsToldApart) {
  Report(Occurrence(2, 1), Url("https://example.gov.cn/a"));
  Report(Occurrence(2, 2), Url("https://example.gov.cn/a"));
  const auto later = SharingOf(Occurrence(2, 2));
  EXPECT_EQ(later.other_task_count(), 0);
  EXPECT_THAT(later.same_task(), ElementsAre(Occurrence(2, 1)));
  EXPECT_EQ(later.same_task_count(), 1);
}

TEST_F(SharedEvidence, IsNotWhatOneOccurrenceReportsTwice) {
  Report(Occurrence(1), Url("https://example.gov.cn/a"));
  Report(Occurrence(1), Url("https://example.gov.cn/a"));
  EXPECT_FALSE(world_.GetOccurrence(Occurrence(1)).has_evidence_sharing());
  EXPECT_EQ(List().shared_evidence_size(), 0);
}

TEST_F(SharedEvidence, IsToldForEachReport) {
  Report(Occurrence(1), Url("https://example.gov.cn/own"));
  Report(Occurrence(1), Url("https://example.gov.cn/both"));
  Report(Occurrence(2), Url("https://example.gov.cn/both"));
  v1::ListProgressReportsRequest request;
  request.set_parent(Occurrence(1));
  const auto reports =
      world_.Call(*world_.assignments, &v1::Assignments::Stub::ListProgressReports, request);
  ASSERT_EQ(reports->progress_reports_size(), 2);
  EXPECT_FALSE(reports->progress_reports(0).has_evidence_sharing());
  EXPECT_THAT(reports->progress_reports(1).evidence_sharing().other_tasks(),
              ElementsAre(Occurrence(2)));
}

TEST_F(SharedEvidence, OfAnotherPlanOfTheDivisionCounts) {
  const auto other = world_.IssuedPlan({Unit("县府办")});
  Report(Occurrence(1), Url("https://example.gov.cn/a"));
  const auto there = other + "/tasks/1/assignments/1-responsible/occurrences/1";
  Report(there, Url("https://example.gov.cn/a"));
  EXPECT_THAT(SharingOf(Occurrence(1)).other_tasks(), ElementsAre(there));
  ASSERT_EQ(List().shared_evidence_size(), 1);
  EXPECT_EQ(List().shared_evidence(0).task_count(), 2);
}

TEST_F(SharedEvidence, NamesTwentyOccurrencesAndCountsAll) {
  auto plan = OneTask({Unit("县府办")});
  for (int i = 2; i <= 25; ++i) {
    auto* task = plan.add_tasks();
    *task = plan.tasks(0);
    task->set_ordinal(std::to_string(i));
  }
  const auto many = world_.IssuedPlan(plan);
  for (int task = 1; task <= 25; ++task) {
    Report(many + "/tasks/" + std::to_string(task) + "/assignments/1-responsible/occurrences/1",
           Url("https://example.gov.cn/everything"));
  }
  const auto sharing = SharingOf(many + "/tasks/1/assignments/1-responsible/occurrences/1");
  EXPECT_EQ(sharing.other_task_count(), 24);
  ASSERT_EQ(sharing.other_tasks_size(), 20);
  EXPECT_EQ(sharing.other_tasks(0), many + "/tasks/2/assignments/1-responsible/occurrences/1");
}

TEST_F(SharedEvidence, OfAPlanIsListedWithTheMostOftenUsedFirst) {
  Report(Occurrence(1), Url("https://example.gov.cn/twice"));
  Report(Occurrence(2, 1), Url("https://example.gov.cn/twice"));
  for (int quarter = 1; quarter <= 3; ++quarter) {
    Report(Occurrence(2, quarter), DocumentNumber("青政办发〔2026〕5号"));
  }
  Report(Occurrence(2, 4), Url("https://example.gov.cn/once"));

  const auto list = List();
  ASSERT_EQ(list.shared_evidence_size(), 2);
  const auto& number = list.shared_evidence(0);
  EXPECT_EQ(number.form(), v1::SharedEvidence::DOCUMENT_NUMBER);
  EXPECT_EQ(number.evidence(), "青政办发〔2026〕5号");
  EXPECT_EQ(number.occurrence_count(), 3);
  EXPECT_EQ(number.task_count(), 1);
  EXPECT_THAT(number.occurrences(),
              ElementsAre(Occurrence(2, 1), Occurrence(2, 2), Occurrence(2, 3)));
  const auto& url = list.shared_evidence(1);
  EXPECT_EQ(url.evidence(), "https://example.gov.cn/twice");
  EXPECT_EQ(url.task_count(), 2);

  EXPECT_EQ(List("task_count > 1 AND form = URL").shared_evidence_size(), 1);
  const auto page = List("", 1);
  ASSERT_EQ(page.shared_evidence_size(), 1);
  const auto next = List("", 1, page.next_page_token());
  ASSERT_EQ(next.shared_evidence_size(), 1);
  EXPECT_EQ(next.shared_evidence(0).evidence(), "https://example.gov.cn/twice");
}

}  // namespace
}  // namespace gongkai::plans
