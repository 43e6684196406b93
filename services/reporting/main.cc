#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "services/common/log/log.h"
#include "services/common/postgres/database_wait.h"
#include "services/common/postgres/migration.h"
#include "services/common/rpc/executor.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/call_interceptor.h"
#include "services/common/telemetry/call_tracing.h"
#include "services/common/telemetry/metrics.h"
#include "services/common/telemetry/resource_metrics.h"
#include "services/common/telemetry/tracing.h"
#include "services/reporting/beside/beside.h"
#include "services/reporting/options/options.h"
#include "services/reporting/projector/projector.h"
#include "services/reporting/rpc/documents_rpc.h"
#include "services/reporting/rpc/documents_service.h"
#include "services/reporting/rpc/figures_rpc.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/rpc/overview_watch.h"
#include "services/reporting/rpc/scoring_rpc.h"
#include "services/reporting/rpc/scoring_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "services/reporting/store/postgres/ledger_store.h"
#include "services/reporting/store/postgres/scoring_store.h"

namespace gongkai::reporting {
namespace {

int Refuse(const Error& error) {
  log::Error("cannot start", {{"reason", error.reason}, {"what", error.message}});
  return 1;
}

int Migrate(const Options& options) {
  int applied = 0;
  const auto migrated = postgres::WaitForDatabase(options.database_wait, [&]() -> Result<void> {
    const auto steps = postgres::Migrate(options.database, kSchema);
    if (!steps) return Fail(steps.error());
    applied = *steps;
    return {};
  });
  if (!migrated) return Refuse(migrated.error());
  log::Info("schema is at the head", {{"applied", applied}});
  return 0;
}

// Documents that are made at once; others wait.
constexpr int kDocumentWorkers = 2;
constexpr std::size_t kMostWaiting = 32;

// The bytes of the file; empty without one, nothing if it cannot be read.
Result<std::string> ReadTemplate(const std::string& path) {
  if (path.empty()) return "";
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file || bytes.empty()) {
    return Fail(InvalidArgument("--bulletin-template", path + " cannot be read or is empty"));
  }
  return bytes;
}

void Watch(telemetry::Metrics& metrics, const Projector& projector) {
  using std::chrono::duration;
  metrics.AddGauge(telemetry::kProjectionLeads, {},
                   [&] { return projector.progress().leads ? 1 : 0; });
  metrics.AddGauge(telemetry::kProjectionAsOf, {}, [&] {
    const auto as_of = projector.progress().current_as_of;
    return as_of ? duration<double>(as_of->time_since_epoch()).count() : 0;
  });
  metrics.AddCounter(telemetry::kProjectionChanges, {},
                     [&] { return double(projector.progress().changes); });
  metrics.AddCounter(telemetry::kProjectionFailures, {},
                     [&] { return double(projector.progress().failures); });
}

int Serve(const Options& options) {
  const auto checked = postgres::WaitForDatabase(
      options.database_wait, [&] { return postgres::CheckSchema(options.database, kSchema); });
  if (!checked) return Refuse(checked.error());
  rpc::BlockSignals();

  auto bytes = ReadTemplate(options.bulletin_template);
  if (!bytes) return Refuse(bytes.error());
  auto bulletin_template = DocumentsService::BulletinTemplate::Read(*std::move(bytes));
  if (!bulletin_template) return Refuse(bulletin_template.error());

  std::optional<telemetry::Tracing> tracing;
  if (!options.otlp_endpoint.empty()) {
    tracing.emplace(telemetry::TracingOptions{.endpoint = options.otlp_endpoint,
                                              .ratio = options.trace_ratio,
                                              .service = "gongkai-reporting",
                                              .version = GONGKAI_VERSION});
  }
  telemetry::Metrics metrics(GONGKAI_VERSION);
  PostgresFigureStore queries(
      {.conninfo = options.query_database, .connections = options.connections});
  FiguresService service(queries, kRules2026, std::chrono::system_clock::now);
  const auth::Guard guard(options.auth);
  rpc::Executor executor({.workers = options.connections}, guard.gate());
  OverviewWatch watch(service, queries, executor, {});
  FiguresRpc figures(service, watch, executor);

  // Workers and connections of their own, so that documents cannot hold up figures.
  PostgresLedgerStore ledgers({.conninfo = options.database, .connections = kDocumentWorkers});
  DocumentsService document_service(queries, ledgers, kRules2026, *std::move(bulletin_template),
                                    std::chrono::system_clock::now);
  rpc::Executor document_executor({.workers = kDocumentWorkers, .queue = kMostWaiting},
                                  guard.gate());
  DocumentsRpc documents(document_service, document_executor);
  PostgresScoringStore schemes({.conninfo = options.database, .connections = options.connections});
  ScoringService scoring_service(queries, schemes, kRules2026, std::chrono::system_clock::now);
  ScoringRpc scoring(scoring_service, executor);
  rpc::Interceptors interceptors;
  if (!options.metrics_listen.empty()) interceptors.push_back(telemetry::ObserveCalls(metrics));
  if (tracing) interceptors.push_back(telemetry::TraceCalls());
  auto server = rpc::Server::Start({.listen = options.listen}, {&figures, &documents, &scoring},
                                   std::move(interceptors));
  if (!server) return Refuse(server.error());

  // A connection of its own, so that queries cannot hold up the projection.
  PostgresFigureStore projection({.conninfo = options.database, .connections = 1});
  Projector projector(projection, rpc::MakeChannel(options.plans),
                      {.token_file = options.plans_token_file});

  telemetry::Watch(metrics, "queries", queries.database());
  telemetry::Watch(metrics, "projection", projection.database());
  Watch(metrics, projector);
  std::unique_ptr<telemetry::MetricsEndpoint> endpoint;
  if (!options.metrics_listen.empty()) {
    auto started = telemetry::MetricsEndpoint::Start(options.metrics_listen, metrics);
    if (!started) return Refuse(started.error());
    endpoint = std::move(*started);
    log::Info("metrics", {{"address", endpoint->address()}});
  }
  (*server)->SetServing(true);
  log::Info("listening", {{"address", (*server)->address()}});
  rpc::WaitForSignal();
  log::Info("draining");
  (*server)->SetServing(false);
  watch.Stop();  // streams would hold the drain up to its limit
  (*server)->Drain();
  return 0;
}

BesideOptions BesideOf(const Options& options) {
  return {.database = options.database,
          .plans = rpc::MakeChannel(options.plans),
          .plans_token_file = options.plans_token_file};
}

int PrintDisparities(const Options& options) {
  const auto disparities = CheckParity(BesideOf(options));
  if (!disparities) return Refuse(disparities.error());
  for (const auto& disparity : *disparities) std::cout << disparity.subject << "\n";
  log::Info("parity is checked", {{"disparities", static_cast<int>(disparities->size())}});
  return disparities->empty() ? 0 : 1;
}

int BuildAnew(const Options& options) {
  const auto rebuilt = Rebuild(BesideOf(options));
  if (!rebuilt) return Refuse(rebuilt.error());
  log::Info("the projection is rebuilt");
  return 0;
}

int Run(const Options& options) {
  switch (options.command) {
    case Options::Command::kMigrate:
      return Migrate(options);
    case Options::Command::kServe:
      return Serve(options);
    case Options::Command::kCheckParity:
      return PrintDisparities(options);
    case Options::Command::kRebuild:
      return BuildAnew(options);
  }
  return 2;
}

}  // namespace
}  // namespace gongkai::reporting

int main(int argc, char** argv) {
  using gongkai::reporting::Options;
  const auto options = gongkai::reporting::ParseOptions(argc, argv);
  if (!options) {
    (options.error().exit_code == 0 ? std::cout : std::cerr) << options.error().text;
    return options.error().exit_code;
  }
  return gongkai::reporting::Run(*options);
}
