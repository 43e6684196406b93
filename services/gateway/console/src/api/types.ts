// The JSON of the contract, under the names of the contract.
export type {
  AmendmentJson as Amendment,
} from '@/contract/gongkai/plans/v1/amendments_pb'
export type {
  AssignmentJson as Assignment,
  Assignment_StateJson as AssignmentState,
  EvidenceJson as Evidence,
  OccurrenceJson as Occurrence,
  Occurrence_StateJson as OccurrenceState,
  ProgressReportJson as ProgressReport,
} from '@/contract/gongkai/plans/v1/assignments_pb'
export type { AuditEntryJson as AuditEntry } from '@/contract/gongkai/plans/v1/audit_pb'
export type { CalendarJson as Calendar } from '@/contract/gongkai/plans/v1/calendars_pb'
export type { TransitionJson as Transition } from '@/contract/gongkai/plans/v1/decisions_pb'
export type {
  DivisionJson as Division,
  ResolveUnitsResponseJson as ResolvedUnits,
  UnitGroupJson as UnitGroup,
  UnitJson as Unit,
} from '@/contract/gongkai/plans/v1/directory_pb'
export type { EvidenceFileJson as EvidenceFile } from '@/contract/gongkai/plans/v1/evidence_files_pb'
export type { InterpretationGapJson as InterpretationGap } from '@/contract/gongkai/plans/v1/interpretation_gaps_pb'
export type {
  DueRuleJson as DueRule,
  OriginJson as Origin,
  ParsedPlanJson as ParsedPlan,
  ParsedTaskJson as ParsedTask,
  ParsedUnitJson as ParsedUnit,
  ParsedUnit_RoleJson as Role,
  ParseIssueJson as ParseIssue,
  SourceSpanJson as SourceSpan,
  TargetJson as Target,
} from '@/contract/gongkai/plans/v1/parsed_plan_pb'
export type { PlanDiffJson as PlanDiff, TaskChangeJson as TaskChange } from '@/contract/gongkai/plans/v1/plan_diff_pb'
export type { PlanRevisionJson as PlanRevision } from '@/contract/gongkai/plans/v1/plan_life_pb'
export type {
  PlanJson as Plan,
  Plan_StateJson as PlanState,
  TaskJson as Task,
} from '@/contract/gongkai/plans/v1/plans_pb'
export type {
  InterpretationJson as Interpretation,
  PolicyDocumentJson as PolicyDocument,
} from '@/contract/gongkai/plans/v1/policies_pb'
export type { DiffPlanResponseJson as DiffPlanResponse } from '@/contract/gongkai/plans/v1/reimports_pb'
export type { DueReminderJson as DueReminder, ReminderJson as Reminder } from '@/contract/gongkai/plans/v1/reminders_pb'
export type { SupervisionOrderJson as SupervisionOrder } from '@/contract/gongkai/plans/v1/supervision_orders_pb'
export type {
  TargetAttainmentJson as TargetAttainment,
  TaskTargetJson as TaskTarget,
} from '@/contract/gongkai/plans/v1/targets_pb'
export type {
  CounterpartJson as Counterpart,
  ReviewUpstreamPlanResponseJson as UpstreamReview,
  UpstreamTaskReviewJson as UpstreamTaskReview,
} from '@/contract/gongkai/plans/v1/upstream_links_pb'
export type {
  WebhookDeliveryJson as WebhookDelivery,
  WebhookJson as Webhook,
} from '@/contract/gongkai/plans/v1/webhooks_pb'
export type {
  FigureMemberJson as FigureMember,
  FigureSetJson as FigureSet,
  HeadInterpretationJson as HeadInterpretation,
  ListFigureMembersResponseJson as FigureMembers,
  OverviewJson as Overview,
  OverviewRowJson as OverviewRow,
  RatioJson as Ratio,
  TrendJson as Trend,
} from '@/contract/gongkai/reporting/v1/figures_pb'
