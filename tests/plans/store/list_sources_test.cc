#include "services/plans/store/postgres/list_sources.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>

#include "gongkai/plans/v1/activities.pb.h"
#include "gongkai/plans/v1/amendments.pb.h"
#include "gongkai/plans/v1/assignments.pb.h"
#include "gongkai/plans/v1/audit.pb.h"
#include "gongkai/plans/v1/comments.pb.h"
#include "gongkai/plans/v1/directory.pb.h"
#include "gongkai/plans/v1/evidence_files.pb.h"
#include "gongkai/plans/v1/evidence_sharing.pb.h"
#include "gongkai/plans/v1/instructions.pb.h"
#include "gongkai/plans/v1/interpretation_gaps.pb.h"
#include "gongkai/plans/v1/plan_life.pb.h"
#include "gongkai/plans/v1/plans.pb.h"
#include "gongkai/plans/v1/policies.pb.h"
#include "gongkai/plans/v1/reminders.pb.h"
#include "gongkai/plans/v1/supervision_orders.pb.h"
#include "gongkai/plans/v1/targets.pb.h"
#include "gongkai/plans/v1/task_events.pb.h"
#include "gongkai/plans/v1/upstream_links.pb.h"
#include "gongkai/plans/v1/webhooks.pb.h"
#include "services/plans/store/postgres/supervision_lists.h"

namespace gongkai::plans {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using list::FieldType;

const FieldDescriptor* Find(const Descriptor* message, std::string_view path) {
  const auto dot = path.find('.');
  const auto* field = message->FindFieldByName(std::string(path.substr(0, dot)));
  if (!field || dot == std::string_view::npos) return field;
  return Find(field->message_type(), path.substr(dot + 1));
}

bool IsTypeOf(const FieldDescriptor* field, FieldType type) {
  switch (type) {
    case FieldType::kInteger:
      return field->cpp_type() == FieldDescriptor::CPPTYPE_INT32;
    case FieldType::kBoolean:
      return field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    case FieldType::kEnum:
      return field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
    case FieldType::kTime:
      return field->message_type() &&
             field->message_type()->full_name() == "google.protobuf.Timestamp";
    case FieldType::kText:
    case FieldType::kDate:
    case FieldType::kReference:
      return field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  }
  return false;
}

std::set<std::string> LabelsOf(const FieldDescriptor* field) {
  std::set<std::string> labels;
  for (int i = 0; i < field->enum_type()->value_count(); ++i) {
    if (const auto* value = field->enum_type()->value(i); value->number() != 0) {
      labels.insert(value->name());
    }
  }
  return labels;
}

struct ListOf {
  const list::Source* source;
  const Descriptor* message;
  std::set<std::string> left_out;  // besides name and etag
};

class ListSources : public ::testing::TestWithParam<ListOf> {};

TEST_P(ListSources, HaveTheFieldsOfTheContract) {
  for (const auto& field : GetParam().source->fields) {
    const auto* described = Find(GetParam().message, field.name);
    ASSERT_TRUE(described) << field.name;
    EXPECT_TRUE(IsTypeOf(described, field.type)) << field.name;
    EXPECT_EQ(described->is_repeated(), field.repeated) << field.name;
    if (field.type != FieldType::kEnum) continue;
    const std::set<std::string> labels(field.labels.begin(), field.labels.end());
    EXPECT_EQ(labels, LabelsOf(described)) << field.name;
  }
}

TEST_P(ListSources, LeaveOutNoFieldUnnoticed) {
  for (int i = 0; i < GetParam().message->field_count(); ++i) {
    const auto& name = GetParam().message->field(i)->name();
    if (name == "name" || name == "etag" || GetParam().left_out.contains(name)) continue;
    EXPECT_TRUE(list::FindField(GetParam().source->fields, name)) << name;
  }
}

// A person's name and contact are not to be searched; listed tasks are all active; an event, and
// the links of a task, have lists of their own; warnings, gaps and bindings are told after the list
// was read; the others are messages.
INSTANTIATE_TEST_SUITE_P(
    All, ListSources,
    ::testing::Values(
        ListOf{&kDivisionList, v1::Division::descriptor(), {}},
        ListOf{&kUnitList, v1::Unit::descriptor(), {"warnings"}},
        ListOf{&kUnitGroupList, v1::UnitGroup::descriptor(), {}},
        ListOf{&kPlanList, v1::Plan::descriptor(), {"issues"}},
        ListOf{&kTaskList, v1::Task::descriptor(), {"content", "state", "state_reason"}},
        ListOf{&kPlanRevisionList,
               v1::PlanRevision::descriptor(),
               {"field_changes", "diff", "source"}},
        ListOf{&kAmendmentList, v1::Amendment::descriptor(), {"diff", "source"}},
        ListOf{&kAssignmentList, v1::Assignment::descriptor(), {"person", "contact"}},
        ListOf{&kOccurrenceList, v1::Occurrence::descriptor(), {"task_event", "evidence_sharing"}},
        ListOf{&kTaskEventList, v1::TaskEvent::descriptor(), {}},
        ListOf{&kUpstreamLinkList, v1::UpstreamLink::descriptor(), {"upstream_task", "task"}},
        ListOf{&kCounterpartList, v1::Counterpart::descriptor(), {"task"}},
        ListOf{&kProgressReportList,
               v1::ProgressReport::descriptor(),
               {"evidence", "evidence_sharing"}},
        ListOf{&kEvidenceFileList, v1::EvidenceFile::descriptor(), {}},
        ListOf{&kSharedEvidenceList, v1::SharedEvidence::descriptor(), {"occurrences"}},
        ListOf{&kPolicyDocumentList,
               v1::PolicyDocument::descriptor(),
               {"interpretation_plan", "interpretation_material", "three_sync"}},
        ListOf{&kInterpretationList, v1::Interpretation::descriptor(), {}},
        ListOf{&kInterpretationGapList,
               v1::InterpretationGap::descriptor(),
               {"policy_document", "kinds", "forms", "expected_forms", "first_interpretation_date",
                "window_end_date", "unknown_calendar"}},
        ListOf{&kActivityList, v1::Activity::descriptor(), {"evidence"}},
        ListOf{&kTaskTargetList,
               v1::TaskTarget::descriptor(),
               {"target", "binding", "binder", "reason", "actor", "bind_time"}},
        ListOf{&kAuditEntryList, v1::AuditEntry::descriptor(), {"before", "after"}}),
    [](const auto& list) { return list.param.message->name(); });

INSTANTIATE_TEST_SUITE_P(
    Supervision, ListSources,
    ::testing::Values(
        ListOf{&kDueReminderList,
               v1::DueReminder::descriptor(),
               {"subject", "unit_display_name", "task_title", "days_left", "step"}},
        ListOf{&kReminderList, v1::Reminder::descriptor(), {"subject", "revision"}},
        ListOf{&kSupervisionOrderList, v1::SupervisionOrder::descriptor(), {"answer"}},
        ListOf{&kInstructionList, v1::Instruction::descriptor(), {}},
        ListOf{&kWebhookList, v1::Webhook::descriptor(), {"secret"}},
        ListOf{&kWebhookDeliveryList, v1::WebhookDelivery::descriptor(), {"event_id"}},
        ListOf{&kCommentList, v1::Comment::descriptor(), {"reply_to"}}),
    [](const auto& list) { return list.param.message->name(); });

}  // namespace
}  // namespace gongkai::plans
