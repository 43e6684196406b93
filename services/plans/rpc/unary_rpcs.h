// The handlers on gRPC: each call runs on the executor of its service.
#pragma once

#include "services/common/rpc/call.h"
#include "services/plans/rpc/activities_service.h"
#include "services/plans/rpc/amendments_service.h"
#include "services/plans/rpc/assignments_service.h"
#include "services/plans/rpc/audit_service.h"
#include "services/plans/rpc/batches_service.h"
#include "services/plans/rpc/calendars_service.h"
#include "services/plans/rpc/comments_service.h"
#include "services/plans/rpc/contacts_service.h"
#include "services/plans/rpc/deadlines_service.h"
#include "services/plans/rpc/decisions_service.h"
#include "services/plans/rpc/directory_changes_service.h"
#include "services/plans/rpc/directory_service.h"
#include "services/plans/rpc/evidence_sharings_service.h"
#include "services/plans/rpc/instructions_service.h"
#include "services/plans/rpc/interpretation_gaps_service.h"
#include "services/plans/rpc/plan_life_service.h"
#include "services/plans/rpc/plan_tasks_service.h"
#include "services/plans/rpc/plans_service.h"
#include "services/plans/rpc/policies_service.h"
#include "services/plans/rpc/policy_life_service.h"
#include "services/plans/rpc/reimports_service.h"
#include "services/plans/rpc/reminder_watch.h"
#include "services/plans/rpc/reminders_service.h"
#include "services/plans/rpc/supervision_orders_service.h"
#include "services/plans/rpc/targets_service.h"
#include "services/plans/rpc/task_events_service.h"
#include "services/plans/rpc/upstream_links_service.h"
#include "services/plans/rpc/webhooks_service.h"

namespace gongkai::plans {

// The override of one unary method: hands the call to the handler of the same name.
#define GONGKAI_UNARY(Method, Response)                                                     \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context,                    \
                                   const v1::Method##Request* request, Response* response)  \
      override {                                                                            \
    return rpc::Run(executor_, context, *request, *response,                                \
                    [this](const rpc::Caller& caller, const v1::Method##Request& message) { \
                      return service_.Method(caller, message);                              \
                    });                                                                     \
  }

class DirectoryRpc final : public v1::Directory::CallbackService {
 public:
  DirectoryRpc(DirectoryService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(GetDivision, v1::Division)
  GONGKAI_UNARY(ListDivisions, v1::ListDivisionsResponse)
  GONGKAI_UNARY(GetUnit, v1::Unit)
  GONGKAI_UNARY(ListUnits, v1::ListUnitsResponse)
  GONGKAI_UNARY(BatchCreateUnits, v1::BatchCreateUnitsResponse)
  GONGKAI_UNARY(ResolveUnits, v1::ResolveUnitsResponse)
  GONGKAI_UNARY(ListUnitGroups, v1::ListUnitGroupsResponse)
  GONGKAI_UNARY(CreateUnitGroup, v1::UnitGroup)

 private:
  DirectoryService& service_;
  rpc::Executor& executor_;
};

class DirectoryChangesRpc final : public v1::DirectoryChanges::CallbackService {
 public:
  DirectoryChangesRpc(DirectoryChangesService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(UpdateUnit, v1::Unit)
  GONGKAI_UNARY(MergeUnits, v1::MergeUnitsResponse)
  GONGKAI_UNARY(ExportUnits, google::api::HttpBody)
  GONGKAI_UNARY(LoadUnits, v1::LoadUnitsResponse)
  GONGKAI_UNARY(GetUnitGroup, v1::UnitGroup)
  GONGKAI_UNARY(UpdateUnitGroup, v1::UnitGroup)
  GONGKAI_UNARY(DeleteUnitGroup, v1::UnitGroup)
  GONGKAI_UNARY(LoadDivisions, v1::LoadDivisionsResponse)

 private:
  DirectoryChangesService& service_;
  rpc::Executor& executor_;
};

class PlansRpc final : public v1::Plans::CallbackService {
 public:
  PlansRpc(PlansService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(ParsePlan, v1::ParsedPlan)
  GONGKAI_UNARY(ImportPlan, v1::Plan)
  GONGKAI_UNARY(CreatePlan, v1::Plan)
  GONGKAI_UNARY(GetPlan, v1::Plan)
  GONGKAI_UNARY(ListPlans, v1::ListPlansResponse)
  GONGKAI_UNARY(GetSourceDocument, google::api::HttpBody)
  GONGKAI_UNARY(GetSourceText, v1::SourceText)
  GONGKAI_UNARY(IssuePlan, v1::Plan)
  GONGKAI_UNARY(GetTask, v1::Task)
  GONGKAI_UNARY(ListTasks, v1::ListTasksResponse)

 private:
  PlansService& service_;
  rpc::Executor& executor_;
};

class PlanLifeRpc final : public v1::PlanLife::CallbackService {
 public:
  PlanLifeRpc(PlanLifeService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(OpenConsultation, v1::Plan)
  GONGKAI_UNARY(ReopenDraft, v1::Plan)
  GONGKAI_UNARY(ClosePlan, v1::ClosePlanResponse)
  GONGKAI_UNARY(UpdatePlan, v1::Plan)
  GONGKAI_UNARY(DeletePlan, v1::Plan)
  GONGKAI_UNARY(UndeletePlan, v1::Plan)
  GONGKAI_UNARY(CopyPlan, v1::Plan)
  GONGKAI_UNARY(GetPlanRevision, v1::PlanRevision)
  GONGKAI_UNARY(ListPlanRevisions, v1::ListPlanRevisionsResponse)

 private:
  PlanLifeService& service_;
  rpc::Executor& executor_;
};

class PlanTasksRpc final : public v1::PlanTasks::CallbackService {
 public:
  PlanTasksRpc(PlanTasksService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateTask, v1::Task)
  GONGKAI_UNARY(UpdateTask, v1::Task)
  GONGKAI_UNARY(DeleteTask, v1::Task)
  GONGKAI_UNARY(MoveTask, v1::Task)

 private:
  PlanTasksService& service_;
  rpc::Executor& executor_;
};

class ReimportsRpc final : public v1::Reimports::CallbackService {
 public:
  ReimportsRpc(ReimportsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(DiffPlan, v1::DiffPlanResponse)
  GONGKAI_UNARY(ReimportPlan, v1::ReimportPlanResponse)
  GONGKAI_UNARY(AttachSource, v1::Plan)

 private:
  ReimportsService& service_;
  rpc::Executor& executor_;
};

class AmendmentsRpc final : public v1::Amendments::CallbackService {
 public:
  AmendmentsRpc(AmendmentsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateAmendment, v1::Amendment)
  GONGKAI_UNARY(GetAmendment, v1::Amendment)
  GONGKAI_UNARY(ListAmendments, v1::ListAmendmentsResponse)
  GONGKAI_UNARY(ApproveAmendment, v1::Amendment)
  GONGKAI_UNARY(ApplyAmendment, v1::Amendment)
  GONGKAI_UNARY(WithdrawAmendment, v1::Amendment)

 private:
  AmendmentsService& service_;
  rpc::Executor& executor_;
};

class AssignmentsRpc final : public v1::Assignments::CallbackService {
 public:
  AssignmentsRpc(AssignmentsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(GetAssignment, v1::Assignment)
  GONGKAI_UNARY(ListAssignments, v1::ListAssignmentsResponse)
  GONGKAI_UNARY(ClaimAssignment, v1::Assignment)
  GONGKAI_UNARY(FileMeasures, v1::Assignment)
  GONGKAI_UNARY(GetOccurrence, v1::Occurrence)
  GONGKAI_UNARY(ListOccurrences, v1::ListOccurrencesResponse)
  GONGKAI_UNARY(CreateProgressReport, v1::ProgressReport)
  GONGKAI_UNARY(ListProgressReports, v1::ListProgressReportsResponse)
  GONGKAI_UNARY(SubmitOccurrence, v1::Occurrence)
  GONGKAI_UNARY(VerifyOccurrence, v1::Occurrence)
  GONGKAI_UNARY(ReturnOccurrence, v1::Occurrence)

 private:
  AssignmentsService& service_;
  rpc::Executor& executor_;
};

class PoliciesRpc final : public v1::Policies::CallbackService {
 public:
  PoliciesRpc(PoliciesService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreatePolicyDocument, v1::PolicyDocument)
  GONGKAI_UNARY(GetPolicyDocument, v1::PolicyDocument)
  GONGKAI_UNARY(ListPolicyDocuments, v1::ListPolicyDocumentsResponse)
  GONGKAI_UNARY(CreateInterpretation, v1::Interpretation)
  GONGKAI_UNARY(GetInterpretation, v1::Interpretation)
  GONGKAI_UNARY(ListInterpretations, v1::ListInterpretationsResponse)

 private:
  PoliciesService& service_;
  rpc::Executor& executor_;
};

class PolicyLifeRpc final : public v1::PolicyLife::CallbackService {
 public:
  PolicyLifeRpc(PolicyLifeService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(UpdatePolicyDocument, v1::PolicyDocument)
  GONGKAI_UNARY(DeletePolicyDocument, v1::PolicyDocument)
  GONGKAI_UNARY(UndeletePolicyDocument, v1::PolicyDocument)
  GONGKAI_UNARY(RecordPolicyStage, v1::PolicyDocument)
  GONGKAI_UNARY(RemovePolicyStage, v1::PolicyDocument)
  GONGKAI_UNARY(UpdateInterpretation, v1::Interpretation)
  GONGKAI_UNARY(DeleteInterpretation, v1::Interpretation)
  GONGKAI_UNARY(UndeleteInterpretation, v1::Interpretation)

 private:
  PolicyLifeService& service_;
  rpc::Executor& executor_;
};

class InterpretationGapsRpc final : public v1::InterpretationGaps::CallbackService {
 public:
  InterpretationGapsRpc(InterpretationGapsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(ListInterpretationGaps, v1::ListInterpretationGapsResponse)

 private:
  InterpretationGapsService& service_;
  rpc::Executor& executor_;
};

class ActivitiesRpc final : public v1::Activities::CallbackService {
 public:
  ActivitiesRpc(ActivitiesService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateActivity, v1::Activity)
  GONGKAI_UNARY(GetActivity, v1::Activity)
  GONGKAI_UNARY(ListActivities, v1::ListActivitiesResponse)
  GONGKAI_UNARY(UpdateActivity, v1::Activity)
  GONGKAI_UNARY(DeleteActivity, v1::Activity)
  GONGKAI_UNARY(UndeleteActivity, v1::Activity)

 private:
  ActivitiesService& service_;
  rpc::Executor& executor_;
};

class TargetsRpc final : public v1::Targets::CallbackService {
 public:
  TargetsRpc(TargetsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(GetTaskTarget, v1::TaskTarget)
  GONGKAI_UNARY(ListTaskTargets, v1::ListTaskTargetsResponse)
  GONGKAI_UNARY(BindTarget, v1::TaskTarget)
  GONGKAI_UNARY(ResetTargetBinding, v1::TaskTarget)
  GONGKAI_UNARY(ListTargetAttainments, v1::ListTargetAttainmentsResponse)
  GONGKAI_UNARY(ListCountedActs, v1::ListCountedActsResponse)

 private:
  TargetsService& service_;
  rpc::Executor& executor_;
};

class AuditRpc final : public v1::Audit::CallbackService {
 public:
  AuditRpc(AuditService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(ListAuditEntries, v1::ListAuditEntriesResponse)
  GONGKAI_UNARY(VerifyAuditChain, v1::VerifyAuditChainResponse)

 private:
  AuditService& service_;
  rpc::Executor& executor_;
};

class CalendarsRpc final : public v1::Calendars::CallbackService {
 public:
  CalendarsRpc(CalendarsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(GetCalendar, v1::Calendar)
  GONGKAI_UNARY(ListCalendars, v1::ListCalendarsResponse)
  GONGKAI_UNARY(LoadCalendar, v1::Calendar)
  GONGKAI_UNARY(AddWorkingDays, v1::AddWorkingDaysResponse)

 private:
  CalendarsService& service_;
  rpc::Executor& executor_;
};

class BatchesRpc final : public v1::Batches::CallbackService {
 public:
  BatchesRpc(BatchesService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(BatchClaimAssignments, v1::BatchClaimAssignmentsResponse)
  GONGKAI_UNARY(BatchVerifyOccurrences, v1::BatchVerifyOccurrencesResponse)

 private:
  BatchesService& service_;
  rpc::Executor& executor_;
};

class DecisionsRpc final : public v1::Decisions::CallbackService {
 public:
  DecisionsRpc(DecisionsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(DeclineAssignment, v1::Assignment)
  GONGKAI_UNARY(UpholdAssignment, v1::Assignment)
  GONGKAI_UNARY(ReassignAssignment, v1::Assignment)
  GONGKAI_UNARY(CancelAssignment, v1::Assignment)
  GONGKAI_UNARY(CancelOccurrence, v1::Occurrence)
  GONGKAI_UNARY(ListTransitions, v1::ListTransitionsResponse)

 private:
  DecisionsService& service_;
  rpc::Executor& executor_;
};

class DeadlinesRpc final : public v1::Deadlines::CallbackService {
 public:
  DeadlinesRpc(DeadlinesService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(RequestExtension, v1::DueDateChange)
  GONGKAI_UNARY(ApproveExtension, v1::DueDateChange)
  GONGKAI_UNARY(RejectExtension, v1::DueDateChange)
  GONGKAI_UNARY(ResetDueDate, v1::DueDateChange)
  GONGKAI_UNARY(ListDueDateChanges, v1::ListDueDateChangesResponse)

 private:
  DeadlinesService& service_;
  rpc::Executor& executor_;
};

class TaskEventsRpc final : public v1::TaskEvents::CallbackService {
 public:
  TaskEventsRpc(TaskEventsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateTaskEvent, v1::TaskEvent)
  GONGKAI_UNARY(GetTaskEvent, v1::TaskEvent)
  GONGKAI_UNARY(ListTaskEvents, v1::ListTaskEventsResponse)
  GONGKAI_UNARY(CorrectTaskEvent, v1::TaskEvent)
  GONGKAI_UNARY(CancelTaskEvent, v1::TaskEvent)

 private:
  TaskEventsService& service_;
  rpc::Executor& executor_;
};

class UpstreamLinksRpc final : public v1::UpstreamLinks::CallbackService {
 public:
  UpstreamLinksRpc(UpstreamLinksService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(ReviewUpstreamPlan, v1::ReviewUpstreamPlanResponse)
  GONGKAI_UNARY(CreateUpstreamLink, v1::UpstreamLink)
  GONGKAI_UNARY(GetUpstreamLink, v1::UpstreamLink)
  GONGKAI_UNARY(ListUpstreamLinks, v1::ListUpstreamLinksResponse)
  GONGKAI_UNARY(WithdrawUpstreamLink, v1::UpstreamLink)
  GONGKAI_UNARY(ListCounterparts, v1::ListCounterpartsResponse)

 private:
  UpstreamLinksService& service_;
  rpc::Executor& executor_;
};

class RemindersRpc final : public v1::Reminders::CallbackService {
 public:
  RemindersRpc(RemindersService& service, rpc::Executor& executor, FeedWaiters& waiters)
      : service_(service), executor_(executor), waiters_(waiters) {}

  GONGKAI_UNARY(ListDueReminders, v1::ListDueRemindersResponse)
  GONGKAI_UNARY(GetReminderRules, v1::ReminderRules)
  GONGKAI_UNARY(UpdateReminderRules, v1::ReminderRules)
  GONGKAI_UNARY(RecordReminders, v1::RecordRemindersResponse)
  GONGKAI_UNARY(GetReminder, v1::Reminder)
  GONGKAI_UNARY(ListReminders, v1::ListRemindersResponse)

  grpc::ServerWriteReactor<v1::WatchDueRemindersResponse>* WatchDueReminders(
      grpc::CallbackServerContext* context, const v1::WatchDueRemindersRequest* request) override {
    return plans::WatchDueReminders(service_, executor_, waiters_, *context, *request);
  }

 private:
  RemindersService& service_;
  rpc::Executor& executor_;
  FeedWaiters& waiters_;
};

class SupervisionOrdersRpc final : public v1::SupervisionOrders::CallbackService {
 public:
  SupervisionOrdersRpc(SupervisionOrdersService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(GetSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(ListSupervisionOrders, v1::ListSupervisionOrdersResponse)
  GONGKAI_UNARY(UpdateSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(AnswerSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(ReturnSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(CloseSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(CancelSupervisionOrder, v1::SupervisionOrder)
  GONGKAI_UNARY(ListSupervisionOrderSteps, v1::ListSupervisionOrderStepsResponse)

 private:
  SupervisionOrdersService& service_;
  rpc::Executor& executor_;
};

class InstructionsRpc final : public v1::Instructions::CallbackService {
 public:
  InstructionsRpc(InstructionsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateInstruction, v1::Instruction)
  GONGKAI_UNARY(GetInstruction, v1::Instruction)
  GONGKAI_UNARY(ListInstructions, v1::ListInstructionsResponse)
  GONGKAI_UNARY(ReplyInstruction, v1::Instruction)

 private:
  InstructionsService& service_;
  rpc::Executor& executor_;
};

class CommentsRpc final : public v1::Comments::CallbackService {
 public:
  CommentsRpc(CommentsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateComment, v1::Comment)
  GONGKAI_UNARY(GetComment, v1::Comment)
  GONGKAI_UNARY(ListComments, v1::ListCommentsResponse)
  GONGKAI_UNARY(WithdrawComment, v1::Comment)

 private:
  CommentsService& service_;
  rpc::Executor& executor_;
};

class WebhooksRpc final : public v1::Webhooks::CallbackService {
 public:
  WebhooksRpc(WebhooksService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(CreateWebhook, v1::Webhook)
  GONGKAI_UNARY(GetWebhook, v1::Webhook)
  GONGKAI_UNARY(ListWebhooks, v1::ListWebhooksResponse)
  GONGKAI_UNARY(DeleteWebhook, v1::Webhook)
  GONGKAI_UNARY(RotateWebhookSecret, v1::Webhook)
  GONGKAI_UNARY(ListWebhookDeliveries, v1::ListWebhookDeliveriesResponse)
  GONGKAI_UNARY(RedeliverWebhook, v1::RedeliverWebhookResponse)

 private:
  WebhooksService& service_;
  rpc::Executor& executor_;
};

class EvidenceSharingsRpc final : public v1::EvidenceSharings::CallbackService {
 public:
  EvidenceSharingsRpc(EvidenceSharingsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(ListSharedEvidence, v1::ListSharedEvidenceResponse)

 private:
  EvidenceSharingsService& service_;
  rpc::Executor& executor_;
};

class ContactsRpc final : public v1::Contacts::CallbackService {
 public:
  ContactsRpc(ContactsService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  GONGKAI_UNARY(RevealContact, v1::ContactReveal)

 private:
  ContactsService& service_;
  rpc::Executor& executor_;
};

#undef GONGKAI_UNARY

}  // namespace gongkai::plans
