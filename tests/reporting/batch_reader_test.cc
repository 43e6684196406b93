#include "services/reporting/projector/batch_reader.h"

#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

namespace gongkai::reporting {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;

Timestamp At(const char* utc) {
  Timestamp timestamp;
  EXPECT_TRUE(TimeUtil::FromString(utc, &timestamp)) << utc;
  return timestamp;
}

plans::v1::Occurrence* AddOccurrence(plans::v1::WatchResponse& message) {
  auto* occurrence = message.add_changes()->mutable_occurrence();
  occurrence->set_name("divisions/370124/plans/202301/tasks/16/assignments/17-lead/occurrences/3");
  occurrence->set_role(plans::v1::ParsedUnit::LEAD);
  occurrence->set_state(plans::v1::Occurrence::OPEN);
  occurrence->set_due_date("2023-06-30");
  occurrence->set_revision(4);
  return occurrence;
}

TEST(BatchReader, ReadsAnOccurrenceWithItsDaysInShanghai) {
  plans::v1::WatchResponse message;
  auto* occurrence = AddOccurrence(message);
  occurrence->set_due_kind(plans::v1::DueRule::ONGOING);
  *occurrence->mutable_submit_time() = At("2023-06-30T16:00:00Z");
  const auto batch = ReadBatch("before", message);
  ASSERT_TRUE(batch);
  ASSERT_EQ(batch->occurrences.size(), 1u);
  const auto& fact = batch->occurrences.front();
  EXPECT_EQ(fact.division, 370124);
  EXPECT_EQ(fact.plan, 202301);
  EXPECT_EQ(fact.task, 16);
  EXPECT_EQ(fact.unit, 17);
  EXPECT_EQ(fact.occurrence, 3);
  EXPECT_EQ(fact.role, Role::kLead);
  EXPECT_TRUE(fact.ongoing);
  EXPECT_EQ(fact.due_date, ParseDate("2023-06-30"));
  EXPECT_EQ(fact.submit_date, ParseDate("2023-07-01"));
  EXPECT_EQ(fact.revision, 4);
}

TEST(BatchReader, AnOccurrenceThatWaitsForItsEventHasNoDueDate) {
  plans::v1::WatchResponse message;
  AddOccurrence(message)->clear_due_date();
  EXPECT_FALSE(ReadBatch("", message)->occurrences.front().due_date);
}

TEST(BatchReader, AHeartbeatWithoutATokenStaysWhereItWas) {
  plans::v1::WatchResponse heartbeat;
  *heartbeat.mutable_current_as_of() = At("2023-06-30T01:02:03Z");
  const auto batch = ReadBatch("here", heartbeat);
  EXPECT_EQ(batch->resume_token, "here");
  EXPECT_EQ(batch->size(), 0u);
  EXPECT_TRUE(batch->current_as_of);
}

TEST(BatchReader, LeavesOutKindsOfResourcesThatItDoesNotKnow) {
  plans::v1::WatchResponse message;
  message.add_changes()->set_resume_token("later");
  EXPECT_EQ(ReadBatch("", message)->size(), 0u);
}

TEST(BatchReader, LeavesADeletedDocumentToNoYear) {
  plans::v1::WatchResponse message;
  auto* document = message.add_changes()->mutable_policy_document();
  document->set_name("divisions/370124/policyDocuments/8");
  document->set_unit("divisions/370124/units/2");
  document->set_issuing_level(plans::v1::PolicyDocument::UNIT);
  document->set_publish_date("2026-03-02");
  document->set_must_interpret(true);
  EXPECT_EQ(ReadBatch("", message)->documents.front().year, 2026);
  EXPECT_TRUE(ReadBatch("", message)->documents.front().must_interpret);
  *document->mutable_delete_time() = At("2026-03-05T00:00:00Z");
  const auto batch = ReadBatch("", message);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->documents.front().year, 0);
  EXPECT_FALSE(batch->documents.front().must_interpret);
}

TEST(BatchReader, LeavesADeletedInterpretationToNoYearAndNoDocument) {
  plans::v1::WatchResponse message;
  auto* act = message.add_changes()->mutable_interpretation();
  act->set_name("divisions/370124/interpretations/21");
  act->set_unit("divisions/370124/units/2");
  act->set_form(plans::v1::Interpretation::CHART);
  act->set_interpreter(plans::v1::Interpretation::PRINCIPAL_HEAD);
  act->set_publish_date("2026-03-03");
  act->add_policy_documents("divisions/370124/policyDocuments/8");
  EXPECT_EQ(ReadBatch("", message)->interpretations.front().documents, std::vector{8});
  *act->mutable_delete_time() = At("2026-03-05T00:00:00Z");
  const auto batch = ReadBatch("", message);
  ASSERT_TRUE(batch);
  const auto& fact = batch->interpretations.front();
  EXPECT_EQ(fact.year, 0);
  EXPECT_FALSE(fact.by_principal_head);
  EXPECT_TRUE(fact.documents.empty());
}

TEST(BatchReader, LeavesOutActivities) {
  plans::v1::WatchResponse message;
  message.add_changes()->mutable_activity()->set_name("divisions/370124/activities/5");
  const auto batch = ReadBatch("", message);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->size(), 0u);
}

TEST(BatchReader, LeavesOutSupervisionWhichIsInNoFigure) {
  plans::v1::WatchResponse message;
  message.set_resume_token("later");
  message.add_changes()->mutable_reminder()->set_name("divisions/370124/reminders/1");
  message.add_changes()->mutable_supervision_order()->set_title("督办");
  message.add_changes()->mutable_instruction()->set_text("批示");
  const auto batch = ReadBatch("", message);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->size(), 0u);
  EXPECT_EQ(batch->resume_token, "later");
}

TEST(BatchReader, NamesTheResourceAndTheFieldThatItCannotRead) {
  plans::v1::WatchResponse message;
  AddOccurrence(message);
  AddOccurrence(message)->set_due_date("30 June");
  const auto batch = ReadBatch("", message);
  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().reason, "CHANGE_UNREADABLE");
  EXPECT_NE(batch.error().message.find("occurrences/3"), std::string::npos);
  EXPECT_NE(batch.error().message.find("due_date"), std::string::npos);
}

TEST(BatchReader, RefusesAStateThatItDoesNotKnow) {
  plans::v1::WatchResponse message;
  AddOccurrence(message)->clear_state();
  EXPECT_FALSE(ReadBatch("", message));
}

TEST(BatchReader, RefusesANameOfAnotherForm) {
  plans::v1::WatchResponse message;
  message.add_changes()->mutable_unit()->set_name("divisions/370124/units/seventeen");
  EXPECT_FALSE(ReadBatch("", message));
}

}  // namespace
}  // namespace gongkai::reporting
