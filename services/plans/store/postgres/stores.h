// The stores on PostgreSQL.
#pragma once

#include <memory>

#include "services/common/postgres/migration.h"
#include "services/plans/store/activity_store.h"
#include "services/plans/store/amendment_store.h"
#include "services/plans/store/audit_store.h"
#include "services/plans/store/calendar_store.h"
#include "services/plans/store/change_store.h"
#include "services/plans/store/contact_store.h"
#include "services/plans/store/deadline_store.h"
#include "services/plans/store/decision_store.h"
#include "services/plans/store/directory_change_store.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/event_store.h"
#include "services/plans/store/evidence_store.h"
#include "services/plans/store/history_store.h"
#include "services/plans/store/interpretation_gap_store.h"
#include "services/plans/store/plan_content_store.h"
#include "services/plans/store/plan_life_store.h"
#include "services/plans/store/plan_store.h"
#include "services/plans/store/policy_life_store.h"
#include "services/plans/store/policy_store.h"
#include "services/plans/store/postgres/access.h"
#include "services/plans/store/report_store.h"
#include "services/plans/store/retention_store.h"
#include "services/plans/store/snapshot_store.h"
#include "services/plans/store/target_store.h"
#include "services/plans/store/upstream_store.h"
#include "services/plans/store/work_store.h"

namespace gongkai::plans {

// The schema of the plans database.
extern const postgres::Schema kSchema;

// `access` and `database` must outlive the store.
std::unique_ptr<DirectoryStore> MakeDirectoryStore(Access& access);
std::unique_ptr<DirectoryChangeStore> MakeDirectoryChangeStore(Access& access);
std::unique_ptr<PlanStore> MakePlanStore(Access& access);
std::unique_ptr<PlanLifeStore> MakePlanLifeStore(Access& access);
std::unique_ptr<PlanContentStore> MakePlanContentStore(Access& access);
std::unique_ptr<AmendmentStore> MakeAmendmentStore(Access& access);
std::unique_ptr<WorkStore> MakeWorkStore(Access& access);
std::unique_ptr<ReportStore> MakeReportStore(Access& access);
std::unique_ptr<ContactStore> MakeContactStore(Access& access);
std::unique_ptr<DecisionStore> MakeDecisionStore(Access& access);
std::unique_ptr<DeadlineStore> MakeDeadlineStore(Access& access);
std::unique_ptr<EventStore> MakeEventStore(Access& access);
std::unique_ptr<UpstreamStore> MakeUpstreamStore(Access& access);
std::unique_ptr<EvidenceStore> MakeEvidenceStore(Access& access);
std::unique_ptr<HistoryStore> MakeHistoryStore(Access& access);
std::unique_ptr<PolicyStore> MakePolicyStore(Access& access);
std::unique_ptr<PolicyLifeStore> MakePolicyLifeStore(Access& access);
std::unique_ptr<InterpretationGapStore> MakeInterpretationGapStore(Access& access);
std::unique_ptr<ActivityStore> MakeActivityStore(Access& access);
std::unique_ptr<TargetStore> MakeTargetStore(Access& access);
std::unique_ptr<AuditStore> MakeAuditStore(Access& access);
std::unique_ptr<CalendarStore> MakeCalendarStore(Access& access);
std::unique_ptr<ChangeStore> MakeChangeStore(postgres::Database& database);
std::unique_ptr<SnapshotStore> MakeSnapshotStore(postgres::Database& database);
std::unique_ptr<RetentionStore> MakeRetentionStore(postgres::Database& database);

}  // namespace gongkai::plans
