// A changed document of a plan over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include "services/plans/importer/bounded_process.h"
#include "services/plans/importer/document_converter.h"
#include "services/plans/importer/text.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::OneTask;
using testing::PlansWorld;
using testing::Unit;

const char kHead[] = "青禾县2026年政务公开工作要点\n\n一、主要任务\n\n";
const char kBudget[] = "按规定公开财政预算、决算和“三公”经费，细化到支出项级科目。（县财政局）\n\n";
const char kPolicy[] = "政策文件公布后及时发布解读材料，主要负责人带头解读。（县政府办公室）\n\n";
const char kPolicyReworded[] =
    "政策文件公布后及时发布解读材料，主要负责人和分管负责人带头解读。（县政府办公室）\n\n";
const char kHotline[] = "做好政务服务热线管理，每季度公布办理情况。（县政府办公室）\n\n";
const char kSchools[] = "公开义务教育学校招生范围和程序，6月底前完成。（县财政局）\n\n";

std::string Paper(std::initializer_list<const char*> items) {
  std::string text = kHead;
  int number = 0;
  for (const auto* item : items) text += std::to_string(++number) + "." + item;
  return text;
}

const std::string kFirst = Paper({kBudget, kPolicy, kHotline});
// The first went, the second is reworded, the third is the same under another number, the last new.
const std::string kSecond = Paper({kHotline, kPolicyReworded, kSchools});

class Reimports : public ::testing::Test {
 protected:
  std::string Import(const std::string& document) {
    v1::ImportPlanRequest request;
    request.set_parent("divisions/370124");
    request.mutable_document()->set_data(document);
    request.mutable_document()->set_content_type("text/plain");
    const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::ImportPlan, request);
    if (!plan) throw std::runtime_error(plan.error().message);
    return plan->name();
  }

  Result<v1::DiffPlanResponse> Diff(const std::string& document) {
    v1::DiffPlanRequest request;
    request.set_name(plan_);
    request.mutable_document()->set_data(document);
    return world_.Call(*world_.reimports, &v1::Reimports::Stub::DiffPlan, request);
  }

  v1::ReimportPlanRequest ReimportOf(const std::string& document) {
    v1::ReimportPlanRequest request;
    request.set_name(plan_);
    request.mutable_document()->set_data(document);
    return request;
  }

  Result<v1::ReimportPlanResponse> Reimport(const v1::ReimportPlanRequest& request) {
    return world_.Call(*world_.reimports, &v1::Reimports::Stub::ReimportPlan, request);
  }

  v1::ListTasksResponse Tasks() {
    v1::ListTasksRequest request;
    request.set_parent(plan_);
    return *world_.Call(*world_.plans, &v1::Plans::Stub::ListTasks, request);
  }

  std::string SourceOf(int revision) {
    v1::GetSourceDocumentRequest request;
    request.set_name(plan_);
    request.set_revision(revision);
    const auto body = world_.Call(*world_.plans, &v1::Plans::Stub::GetSourceDocument, request);
    return body ? body->data() : body.error().reason;
  }

  v1::PlanRevision Revision(int revision) {
    v1::GetPlanRevisionRequest request;
    request.set_name(plan_ + "/revisions/" + std::to_string(revision));
    return *world_.Call(*world_.plan_life, &v1::PlanLife::Stub::GetPlanRevision, request);
  }

  PlansWorld world_;
  const std::string plan_ = Import(kFirst);
};

std::vector<std::string> Ids(const v1::PlanDiff& diff) {
  std::vector<std::string> ids;
  for (const auto& change : diff.changes()) ids.push_back(change.id());
  return ids;
}

using Strings = std::vector<std::string>;

// The text as a rich text file, which another program has to convert.
std::string AsRtf(const std::string& text) {
  std::string rtf = "{\\rtf1\\ansi\\uc0 ";
  const importer::Text characters = *importer::DecodeUtf8(text);
  for (const char32_t c : characters) {
    if (c == U'\n') {
      rtf += "\\par ";
    } else {
      rtf += "\\u" + std::to_string(static_cast<int16_t>(c)) + " ";
    }
  }
  return rtf + "}";
}

TEST_F(Reimports, TakeDocumentsThatAnotherProgramConverts) {
  if (!importer::FindProgram("soffice", importer::ConverterOptions().search_path)) {
    GTEST_SKIP() << "LibreOffice is not installed: apt-get install libreoffice-writer-nogui";
  }
  const auto diff = Diff(AsRtf(kSecond));
  ASSERT_TRUE(diff) << diff.error().message;
  EXPECT_EQ(Ids(diff->diff()), Ids(Diff(kSecond)->diff()));
  const auto response = Reimport(ReimportOf(AsRtf(kSecond)));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(Tasks().tasks_size(), 3);
  EXPECT_EQ(SourceOf(0), AsRtf(kSecond));
}

TEST_F(Reimports, ShowWhatTheDocumentWouldChangeAndStoreNothing) {
  const auto response = Diff(kSecond);
  ASSERT_TRUE(response) << response.error().message;
  const auto& diff = response->diff();
  ASSERT_EQ(Ids(diff), (Strings{"tasks/3", "tasks/2", "added/3", "tasks/1"}));
  EXPECT_EQ(diff.changes(0).changed_fields(0), "ordinal");
  EXPECT_EQ(diff.changes(0).match().reason(), v1::TaskMatch::SAME_TEXT);
  EXPECT_EQ(diff.changes(1).kind(), v1::TaskChange::CHANGED);
  // A clause has its title from its own first words.
  EXPECT_EQ(
      Strings(diff.changes(1).changed_fields().begin(), diff.changes(1).changed_fields().end()),
      (Strings{"title", "requirement"}));
  EXPECT_EQ(diff.changes(1).match().reason(), v1::TaskMatch::SIMILAR_TEXT);
  EXPECT_GT(diff.changes(1).match().score(), 60);
  EXPECT_EQ(diff.changes(2).kind(), v1::TaskChange::ADDED);
  EXPECT_EQ(diff.changes(2).task(), "");
  EXPECT_EQ(diff.changes(3).kind(), v1::TaskChange::REMOVED);
  EXPECT_EQ(diff.changes(3).task(), plan_ + "/tasks/1");
  EXPECT_EQ(Tasks().tasks_size(), 3);
}

TEST_F(Reimports, OfTheSameDocumentChangeNoTask) {
  const auto response = Diff(kFirst);
  EXPECT_EQ(response->diff().changes_size(), 0);
  EXPECT_EQ(response->diff().unchanged_count(), 3);
}

TEST_F(Reimports, BringThePlanToTheDocumentAndKeepBothDocuments) {
  const auto preview = Diff(kSecond);
  auto request = ReimportOf(kSecond);
  request.set_etag(preview->etag());
  request.set_comment("按征求意见修改");
  const auto done = Reimport(request);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(Ids(done->diff()), Ids(preview->diff()));
  EXPECT_EQ(done->diff().changes(2).task(), plan_ + "/tasks/4");
  EXPECT_EQ(done->plan().task_count(), 3);
  const auto tasks = Tasks();
  ASSERT_EQ(tasks.tasks_size(), 3);
  EXPECT_EQ(tasks.tasks(0).name(), plan_ + "/tasks/3");
  EXPECT_EQ(tasks.tasks(1).name(), plan_ + "/tasks/2");
  EXPECT_EQ(tasks.tasks(2).name(), plan_ + "/tasks/4");
  EXPECT_EQ(SourceOf(0), kSecond);
  EXPECT_EQ(SourceOf(1), kFirst);
  EXPECT_EQ(SourceOf(2), kSecond);
  const auto revision = Revision(2);
  EXPECT_EQ(revision.action(), "reimport");
  EXPECT_EQ(revision.comment(), "按征求意见修改");
  EXPECT_EQ(Ids(revision.diff()), Ids(preview->diff()));
  EXPECT_EQ(revision.source().size_bytes(), static_cast<int>(kSecond.size()));
  EXPECT_EQ(revision.source().sha256().size(), 64u);
}

TEST_F(Reimports, TakeOnlyTheChangesThatWereAccepted) {
  auto request = ReimportOf(kSecond);
  request.add_accept("added/3");
  const auto done = Reimport(request);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(Ids(done->diff()), Strings{"added/3"});
  const auto tasks = Tasks();
  ASSERT_EQ(tasks.tasks_size(), 4);
  for (const auto& task : tasks.tasks()) {
    if (task.name() == plan_ + "/tasks/2") {
      EXPECT_EQ(task.content().requirement().find("分管负责人"), std::string::npos);
    }
  }
}

TEST_F(Reimports, RefuseAnIdThatNoChangeHas) {
  auto request = ReimportOf(kSecond);
  request.add_accept("tasks/9");
  const auto refused = Reimport(request);
  EXPECT_EQ(refused.error().violations.at(0).field, "accept");
  EXPECT_EQ(SourceOf(2), "NOT_FOUND");
}

TEST_F(Reimports, AreRefusedOnceThePlanIsNotTheOneThatWasCompared) {
  auto request = ReimportOf(kSecond);
  request.set_etag("9");
  EXPECT_EQ(Reimport(request).error().reason, "ETAG_MISMATCH");
}

TEST_F(Reimports, AreTriedByValidateOnlyAndDoneOnceForOneRequestId) {
  auto request = ReimportOf(kSecond);
  request.set_validate_only(true);
  EXPECT_EQ(Reimport(request)->plan().revision(), 2);
  EXPECT_EQ(SourceOf(0), kFirst);
  request.set_validate_only(false);
  request.set_request_id("id");
  ASSERT_TRUE(Reimport(request));
  const auto again = Reimport(request);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->plan().revision(), 2);
  EXPECT_EQ(SourceOf(3), "NOT_FOUND");
}

TEST_F(Reimports, DoNotTakeThePlanOfAnotherYear) {
  std::string other = kSecond;
  other.replace(other.find("2026"), 4, "2025");
  EXPECT_EQ(Diff(other).error().reason, "PLAN_OF_ANOTHER_YEAR");
}

TEST_F(Reimports, AreForDraftsAndNotForAPlanInForce) {
  v1::IssuePlanRequest issue;
  issue.set_name(plan_);
  issue.set_issue_date("2026-01-15");
  ASSERT_TRUE(world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue));
  const auto refused = Reimport(ReimportOf(kSecond));
  EXPECT_EQ(refused.error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(refused.error().metadata.at("allowed"), "close, moveDeadlines, amend, attachSource");
  EXPECT_TRUE(Diff(kSecond));
}

TEST_F(Reimports, KeepADocumentThatIsAttachedLater) {
  v1::CreatePlanRequest create;
  create.set_parent("divisions/370124");
  *create.mutable_parsed_plan() = OneTask({Unit("县财政局")});
  const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, create);
  v1::AttachSourceRequest attach;
  attach.set_name(plan->name());
  attach.mutable_document()->set_data("原件");
  attach.mutable_document()->set_content_type("application/pdf");
  const auto attached = world_.Call(*world_.reimports, &v1::Reimports::Stub::AttachSource, attach);
  ASSERT_TRUE(attached) << attached.error().message;
  EXPECT_EQ(attached->revision(), 2);
  v1::GetSourceDocumentRequest source;
  source.set_name(plan->name());
  const auto body = world_.Call(*world_.plans, &v1::Plans::Stub::GetSourceDocument, source);
  EXPECT_EQ(body->data(), "原件");
  EXPECT_EQ(body->content_type(), "application/pdf");
  attach.mutable_document()->clear_data();
  EXPECT_EQ(world_.Call(*world_.reimports, &v1::Reimports::Stub::AttachSource, attach)
                .error()
                .violations.at(0)
                .field,
            "document");
}

}  // namespace
}  // namespace gongkai::plans
