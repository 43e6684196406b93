#include "services/plans/server.h"

#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/common/rpc/executor.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/call_interceptor.h"
#include "services/common/telemetry/call_tracing.h"
#include "services/common/telemetry/metrics.h"
#include "services/common/telemetry/resource_metrics.h"
#include "services/common/telemetry/span.h"
#include "services/plans/audit/audit_sealer.h"
#include "services/plans/feed/change_signal.h"
#include "services/plans/feed/retention.h"
#include "services/plans/feed/waiters.h"
#include "services/plans/rpc/change_feed_rpc.h"
#include "services/plans/rpc/evidence_files_rpc.h"
#include "services/plans/rpc/history_imports_rpc.h"
#include "services/plans/rpc/sessions_rpc.h"
#include "services/plans/rpc/unary_rpcs.h"
#include "services/plans/store/postgres/account_stores.h"
#include "services/plans/store/postgres/resource_units.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/supervision_stores.h"
#include "services/plans/webhooks/webhook_courier.h"

namespace gongkai::plans {
namespace {

constexpr int kFeedConnections = 2;
constexpr int kFileConnections = 2;
// Each takes tens of milliseconds and megabytes.
constexpr int kSignIns = 2;
constexpr std::size_t kWaitingSignIns = 32;

Error NoContactKeys() {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "CONTACT_KEYS_MISSING",
          .message = "there is no key to encrypt contacts with; make one with make-contact-key"};
}

void WarnOfClearContacts(ContactStore& contacts) {
  const auto clear = contacts.CountClear();
  if (clear.value_or(0) == 0) return;
  log::Warning("contacts stand in clear in the database; run gongkai-plans rotate-contact-keys",
               {{"contacts", *clear}});
}

CivilDate Today() { return ShanghaiDate(std::chrono::system_clock::now()); }

}  // namespace

// In the order of construction; destroyed from the last to the first.
struct Server::Parts {
  explicit Parts(const ServerConfig& config)
      : metrics(config.version),
        database({.conninfo = config.database, .connections = config.connections}),
        feed_database({.conninfo = config.database, .connections = kFeedConnections}),
        file_database({.conninfo = config.database, .connections = kFileConnections}),
        retention_database({.conninfo = config.database, .connections = 1}),
        signal(postgres::CompleteConninfo(config.database),
               {.changed = [this] { waiters.WakeAll(); },
                .tick = [this] { waiters.WakeDue(FeedWaiters::Clock::now()); }}),
        access(database, [this] { signal.Committed(); }),
        file_access(file_database, [this] { signal.Committed(); }),
        contact_vault(config.contact_keys),
        audit_sealer(audit_chain, config.audit_digest),
        convert_documents(config.convert_documents),
        courier(postgres::CompleteConninfo(config.database), *change_store, config.webhooks),
        retention(*retention_store, config.retention),
        webhooks(*webhook_store, config.webhooks.key),
        evidence_files(*evidence_store, config.evidence),
        session_rules(config.sessions),
        guard(config.auth, &resource_units,
              {.signer = session_rules.signer ? &*session_rules.signer : nullptr,
               .revoked =
                   [this](const auth::Principal& principal) {
                     return principal.issuer == auth::kLocalIssuer &&
                            ended_sessions.Contains(principal.token_id);
                   }}),
        executor({.workers = config.connections}, guard.gate()),
        feed_executor({.workers = kFeedConnections}, guard.gate()),
        file_executor({.workers = kFileConnections}, guard.gate()),
        sign_in_executor({.workers = kSignIns, .queue = kWaitingSignIns}, guard.gate()) {
    telemetry::Watch(metrics, "calls", database);
    telemetry::Watch(metrics, "feed", feed_database);
    telemetry::Watch(metrics, "files", file_database);
  }

  telemetry::Metrics metrics;
  postgres::Database database;
  postgres::Database feed_database;
  postgres::Database file_database;  // large files do not hold up the other calls
  postgres::Database retention_database;
  FeedWaiters waiters;
  ChangeSignal signal;
  Access access;
  Access file_access;
  ContactVault contact_vault;
  AuditChain audit_chain{database};
  AuditSealer audit_sealer;
  const bool convert_documents;
  importer::DocumentConverter converter;

  std::unique_ptr<DirectoryStore> directory_store = MakeDirectoryStore(access);
  std::unique_ptr<DirectoryChangeStore> directory_change_store = MakeDirectoryChangeStore(access);
  std::unique_ptr<PlanStore> plan_store = MakePlanStore(access);
  std::unique_ptr<PlanLifeStore> plan_life_store = MakePlanLifeStore(access);
  std::unique_ptr<PlanContentStore> plan_content_store = MakePlanContentStore(access);
  std::unique_ptr<AmendmentStore> amendment_store = MakeAmendmentStore(access);
  std::unique_ptr<WorkStore> work_store = MakeWorkStore(access);
  std::unique_ptr<ReportStore> report_store = MakeReportStore(access);
  std::unique_ptr<ContactStore> contact_store = MakeContactStore(access);
  std::unique_ptr<PolicyStore> policy_store = MakePolicyStore(access);
  std::unique_ptr<PolicyLifeStore> policy_life_store = MakePolicyLifeStore(access);
  std::unique_ptr<InterpretationGapStore> interpretation_gap_store =
      MakeInterpretationGapStore(access);
  std::unique_ptr<ActivityStore> activity_store = MakeActivityStore(access);
  std::unique_ptr<TargetStore> target_store = MakeTargetStore(access);
  std::unique_ptr<AuditStore> audit_store = MakeAuditStore(access);
  std::unique_ptr<DecisionStore> decision_store = MakeDecisionStore(access);
  std::unique_ptr<DeadlineStore> deadline_store = MakeDeadlineStore(access);
  std::unique_ptr<EventStore> event_store = MakeEventStore(access);
  std::unique_ptr<EvidenceStore> evidence_store = MakeEvidenceStore(file_access);
  std::unique_ptr<HistoryStore> history_store = MakeHistoryStore(file_access);
  std::unique_ptr<CalendarStore> calendar_store = MakeCalendarStore(access);
  std::unique_ptr<UpstreamStore> upstream_store = MakeUpstreamStore(access);
  std::unique_ptr<ReminderStore> reminder_store = MakeReminderStore(access);
  std::unique_ptr<SupervisionOrderStore> order_store = MakeSupervisionOrderStore(access);
  std::unique_ptr<InstructionStore> instruction_store = MakeInstructionStore(access);
  std::unique_ptr<CommentStore> comment_store = MakeCommentStore(access);
  std::unique_ptr<WebhookStore> webhook_store = MakeWebhookStore(access);
  std::unique_ptr<ChangeStore> change_store = MakeChangeStore(feed_database);
  std::unique_ptr<SnapshotStore> snapshot_store = MakeSnapshotStore(feed_database);
  std::unique_ptr<RetentionStore> retention_store = MakeRetentionStore(retention_database);

  WebhookCourier courier;
  Retention retention;

  DirectoryService directory{*directory_store};
  DirectoryChangesService directory_changes{*directory_store, *directory_change_store};
  PlansService plans{*plan_store, *directory_store, &Today,
                     convert_documents ? &converter : nullptr};
  PlanLifeService plan_life{{*plan_life_store, *plan_content_store, *plan_store, *directory_store}};
  PlanTasksService plan_tasks{*plan_content_store, *directory_store};
  ReimportsService reimports{*plan_content_store, *directory_store,
                             convert_documents ? &converter : nullptr};
  AmendmentsService amendments{{*amendment_store, *plan_content_store, *directory_store},
                               &Today,
                               convert_documents ? &converter : nullptr};
  AssignmentsService assignments{*work_store, *report_store, contact_vault};
  PoliciesService policies{*policy_store};
  PolicyLifeService policy_life{*policy_life_store};
  InterpretationGapsService interpretation_gaps{{*interpretation_gap_store, *calendar_store},
                                                &Today};
  ActivitiesService activities{*activity_store, &Today};
  TargetsService targets{{*plan_store, *target_store}, &Today};
  AuditService audit{*audit_store, audit_chain};
  CalendarsService calendars{*calendar_store};
  BatchesService batches{*work_store};
  DecisionsService decisions{*work_store, *decision_store};
  DeadlinesService deadlines{*work_store, *deadline_store};
  TaskEventsService task_events{{*plan_store, *event_store, *calendar_store}, &Today};
  UpstreamLinksService upstream_links{*plan_store, *upstream_store};
  RemindersService reminders{*reminder_store, &Today};
  SupervisionOrdersService orders{*order_store, &Today};
  InstructionsService instructions{*instruction_store, &Today};
  CommentsService comments{*comment_store};
  WebhooksService webhooks;
  ContactsService contacts{*contact_store, contact_vault};
  EvidenceSharingsService evidence_sharings{*report_store};
  EvidenceFilesService evidence_files;

  ResourceUnits resource_units{access};
  std::unique_ptr<AccountStore> account_store = MakeAccountStore(access);
  EndedSessions ended_sessions{*account_store};
  const SessionRules session_rules;
  auth::Guard guard;
  rpc::Executor executor;
  rpc::Executor feed_executor;
  rpc::Executor file_executor;
  rpc::Executor sign_in_executor;
  SessionsService sessions{*account_store, ended_sessions, session_rules};
  DirectoryRpc directory_rpc{directory, executor};
  DirectoryChangesRpc directory_changes_rpc{directory_changes, executor};
  PlansRpc plans_rpc{plans, executor};
  PlanLifeRpc plan_life_rpc{plan_life, executor};
  PlanTasksRpc plan_tasks_rpc{plan_tasks, executor};
  ReimportsRpc reimports_rpc{reimports, executor};
  AmendmentsRpc amendments_rpc{amendments, executor};
  AssignmentsRpc assignments_rpc{assignments, executor};
  PoliciesRpc policies_rpc{policies, executor};
  PolicyLifeRpc policy_life_rpc{policy_life, executor};
  InterpretationGapsRpc interpretation_gaps_rpc{interpretation_gaps, executor};
  ActivitiesRpc activities_rpc{activities, executor};
  TargetsRpc targets_rpc{targets, executor};
  ChangeFeedRpc feed_rpc{*change_store, *snapshot_store, waiters, feed_executor};
  AuditRpc audit_rpc{audit, executor};
  CalendarsRpc calendars_rpc{calendars, executor};
  BatchesRpc batches_rpc{batches, executor};
  DecisionsRpc decisions_rpc{decisions, executor};
  DeadlinesRpc deadlines_rpc{deadlines, executor};
  TaskEventsRpc task_events_rpc{task_events, executor};
  UpstreamLinksRpc upstream_links_rpc{upstream_links, executor};
  RemindersRpc reminders_rpc{reminders, executor, waiters};
  SupervisionOrdersRpc orders_rpc{orders, executor};
  InstructionsRpc instructions_rpc{instructions, executor};
  CommentsRpc comments_rpc{comments, executor};
  WebhooksRpc webhooks_rpc{webhooks, executor};
  ContactsRpc contacts_rpc{contacts, executor};
  EvidenceSharingsRpc evidence_sharings_rpc{evidence_sharings, executor};
  EvidenceFilesRpc evidence_files_rpc{evidence_files, file_executor};
  HistoryImportsRpc history_imports_rpc{*history_store, file_executor};
  SessionsRpc sessions_rpc{sessions, executor, sign_in_executor};

  std::unique_ptr<rpc::Server> server;
  std::unique_ptr<telemetry::MetricsEndpoint> metrics_endpoint;  // reads all of the above
};

Result<std::unique_ptr<Server>> Server::Start(const ServerConfig& config) {
  if (auto checked = postgres::CheckSchema(config.database, kSchema); !checked) {
    return Fail(checked.error());
  }
  if (config.contact_keys.empty()) return Fail(NoContactKeys());
  auto parts = std::make_unique<Parts>(config);
  WarnOfClearContacts(*parts->contact_store);
  const std::vector<grpc::Service*> services = {&parts->directory_rpc,
                                                &parts->directory_changes_rpc,
                                                &parts->plans_rpc,
                                                &parts->plan_life_rpc,
                                                &parts->plan_tasks_rpc,
                                                &parts->reimports_rpc,
                                                &parts->amendments_rpc,
                                                &parts->assignments_rpc,
                                                &parts->policies_rpc,
                                                &parts->policy_life_rpc,
                                                &parts->interpretation_gaps_rpc,
                                                &parts->activities_rpc,
                                                &parts->targets_rpc,
                                                &parts->calendars_rpc,
                                                &parts->decisions_rpc,
                                                &parts->deadlines_rpc,
                                                &parts->task_events_rpc,
                                                &parts->upstream_links_rpc,
                                                &parts->batches_rpc,
                                                &parts->audit_rpc,
                                                &parts->feed_rpc,
                                                &parts->reminders_rpc,
                                                &parts->orders_rpc,
                                                &parts->instructions_rpc,
                                                &parts->comments_rpc,
                                                &parts->webhooks_rpc,
                                                &parts->evidence_files_rpc,
                                                &parts->evidence_sharings_rpc,
                                                &parts->history_imports_rpc,
                                                &parts->contacts_rpc,
                                                &parts->sessions_rpc};
  if (!config.metrics_listen.empty()) {
    auto endpoint = telemetry::MetricsEndpoint::Start(config.metrics_listen, parts->metrics);
    if (!endpoint) return Fail(endpoint.error());
    parts->metrics_endpoint = std::move(*endpoint);
    log::Info("metrics", {{"address", parts->metrics_endpoint->address()}});
  }
  rpc::Interceptors interceptors;
  if (!config.metrics_listen.empty()) {
    interceptors.push_back(telemetry::ObserveCalls(parts->metrics));
  }
  if (telemetry::Span::Enabled()) interceptors.push_back(telemetry::TraceCalls());
  auto server = rpc::Server::Start({.listen = config.listen}, services, std::move(interceptors));
  if (!server) return Fail(server.error());
  parts->server = std::move(*server);
  parts->server->SetServing(true);
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  parts_->server->SetServing(false);
  // Streams would hold the drain up to its limit.
  parts_->waiters.Stop();
  parts_->server->Drain();
}

const std::string& Server::address() const { return parts_->server->address(); }

}  // namespace gongkai::plans
