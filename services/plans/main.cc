// gongkai-plans: owns plans, tasks and assignments.

#include <CLI/CLI.hpp>
#include <iostream>
#include <limits>

#include "services/common/config/config.h"
#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/common/postgres/migration.h"
#include "services/common/postgres/session.h"
#include "services/common/rpc/server.h"
#include "services/plans/audit/audit_chain.h"
#include "services/plans/calendar/calendar_table.h"
#include "services/plans/directory/division_table.h"
#include "services/plans/server.h"
#include "services/plans/store/postgres/stores.h"

namespace {

using namespace gongkai;

struct Options {
  std::string database;
  std::string listen = "127.0.0.1:7101";
  std::string connections = "8";
  std::string keep_changes = "400";
  std::string keep_answers = "30";
  std::string audit_digest = "sha256";
  std::string convert_documents = "on";
};

std::optional<config::Fault> CheckAuditDigest(const std::string& label) {
  if (plans::AuditDigestOf(label)) return std::nullopt;
  return config::Fault{"--audit-digest", "is neither sha256 nor sm3"};
}

int Refuse(const std::vector<config::Fault>& faults) {
  std::cerr << config::ReportFaults("gongkai-plans", faults);
  return 2;
}

int FailStart(const Error& error) {
  log::Error("cannot start", {{"reason", error.reason}, {"message", error.message}});
  return 1;
}

int Migrate(const Options& options) {
  const auto faults = config::Faults({postgres::CheckConninfo("--database", options.database)});
  if (!faults.empty()) return Refuse(faults);
  if (auto applied = postgres::Migrate(options.database, plans::kSchema); !applied) {
    return FailStart(applied.error());
  }
  postgres::Database database({.conninfo = options.database, .connections = 1});
  plans::Access access(database, [] {});
  const auto added = plans::MakeDirectoryStore(access)->SeedDivisions(plans::DivisionTable());
  if (!added) return FailStart(added.error());
  const auto calendars = plans::MakeCalendarStore(access)->SeedCalendars(plans::CalendarTable());
  if (!calendars) return FailStart(calendars.error());
  log::Info("migrated", {{"divisions_added", *added}, {"calendars_added", *calendars}});
  return 0;
}

std::chrono::hours Days(const std::string& number) {
  return std::chrono::hours(24) * std::stoi(number);
}

// Prints what it found; 1 if the chain is broken.
int VerifyAudit(const Options& options) {
  const auto faults = config::Faults({postgres::CheckConninfo("--database", options.database)});
  if (!faults.empty()) return Refuse(faults);
  postgres::Database database({.conninfo = options.database, .connections = 1});
  const auto report = plans::AuditChain(database).Verify(0, std::numeric_limits<int>::max());
  if (!report) return FailStart(report.error());
  std::cout << report->entries << " entries under " << report->seals << " seals fit; the last is "
            << report->last_seal << ", digest " << report->last_digest << "\n";
  if (!report->broken_seal) return 0;
  std::cout << "seal " << *report->broken_seal << " does not fit: an entry behind seal "
            << report->last_seal << " was changed, added or removed, or the seal itself was\n";
  return 1;
}

int Serve(const Options& options) {
  const auto faults =
      config::Faults({postgres::CheckConninfo("--database", options.database),
                      config::CheckAddress("--listen", options.listen),
                      config::CheckInteger("--connections", options.connections, 1, 1000),
                      config::CheckInteger("--keep-changes", options.keep_changes, 1, 36500),
                      config::CheckInteger("--keep-answers", options.keep_answers, 1, 36500),
                      CheckAuditDigest(options.audit_digest),
                      config::CheckSwitch("--convert-documents", options.convert_documents)});
  if (!faults.empty()) return Refuse(faults);
  rpc::BlockSignals();
  auto server = plans::Server::Start(
      {.listen = options.listen,
       .database = options.database,
       .connections = std::stoi(options.connections),
       .retention = {.changes = Days(options.keep_changes), .answers = Days(options.keep_answers)},
       .audit_digest = *plans::AuditDigestOf(options.audit_digest),
       .convert_documents = options.convert_documents == "on"});
  if (!server) return FailStart(server.error());
  log::Info("listening", {{"address", (*server)->address()}, {"version", GONGKAI_VERSION}});
  rpc::WaitForSignal();
  log::Info("draining");
  server->reset();
  log::Info("stopped");
  return 0;
}

void AddDatabase(CLI::App& command, Options& options) {
  command
      .add_option("--database", options.database,
                  "PostgreSQL connection string, e.g. \"host=127.0.0.1 dbname=plans\"")
      ->envname("GONGKAI_PLANS_DATABASE");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Plans, tasks and assignments of every county, over gRPC.", "gongkai-plans");
  app.set_version_flag("--version", GONGKAI_VERSION);
  app.require_subcommand(1);
  Options options;
  auto* migrate = app.add_subcommand("migrate", "Bring the database to this program's schema");
  AddDatabase(*migrate, options);
  auto* serve = app.add_subcommand("serve", "Serve until SIGTERM");
  AddDatabase(*serve, options);
  serve->add_option("--listen", options.listen, "HOST:PORT to listen on; port 0 picks a free one")
      ->envname("GONGKAI_PLANS_LISTEN")
      ->capture_default_str();
  serve
      ->add_option("--connections", options.connections,
                   "Connections to the database, and calls that run at once")
      ->envname("GONGKAI_PLANS_CONNECTIONS")
      ->capture_default_str();
  serve
      ->add_option("--keep-changes", options.keep_changes,
                   "Days for which changes stay in the feed; whoever comes later begins anew")
      ->envname("GONGKAI_PLANS_KEEP_CHANGES")
      ->capture_default_str();
  serve
      ->add_option("--keep-answers", options.keep_answers,
                   "Days for which a repeated request_id gets the first answer")
      ->envname("GONGKAI_PLANS_KEEP_ANSWERS")
      ->capture_default_str();
  serve
      ->add_option("--audit-digest", options.audit_digest,
                   "Digest that chains the audit trail: sha256 or sm3")
      ->envname("GONGKAI_PLANS_AUDIT_DIGEST")
      ->capture_default_str();
  serve
      ->add_option("--convert-documents", options.convert_documents,
                   "on: .doc, .wps, .rtf, .xls, .et and .pdf are read by way of LibreOffice and "
                   "poppler, where installed; off: they are refused")
      ->envname("GONGKAI_PLANS_CONVERT_DOCUMENTS")
      ->capture_default_str();
  auto* verify_audit = app.add_subcommand(
      "verify-audit", "Compute the chain of the audit trail again; exit code 1 if it is broken");
  AddDatabase(*verify_audit, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (migrate->parsed()) return Migrate(options);
  return verify_audit->parsed() ? VerifyAudit(options) : Serve(options);
}
