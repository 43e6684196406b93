// gongkai-plans: owns plans, tasks and assignments.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>

#include "services/common/config/config.h"
#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/common/postgres/database_wait.h"
#include "services/common/postgres/migration.h"
#include "services/common/postgres/session.h"
#include "services/common/rpc/server.h"
#include "services/common/telemetry/tracing.h"
#include "services/plans/accounts/account_commands.h"
#include "services/plans/accounts/session_key.h"
#include "services/plans/audit/audit_chain.h"
#include "services/plans/calendar/calendar_table.h"
#include "services/plans/contacts/contact_rotation.h"
#include "services/plans/directory/division_table.h"
#include "services/plans/server.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/webhooks/address_guard.h"

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
  std::string webhook_key_file;
  std::vector<std::string> webhook_allow;
  std::string webhook_ca_file;
  std::string webhook_give_up = "3";
  std::string contact_key_file;
  std::string contact_suite{plans::Label(plans::ContactSuite::kAes256Gcm)};
  std::string max_evidence_bytes = std::to_string(plans::EvidenceLimits{}.max_bytes);
  std::string spool_directory = plans::EvidenceLimits{}.spool_directory;
  auth::AuthSettings auth;
  std::string session_key_file;
  std::string session_minutes = "120";
  std::string database_wait = "0";
  std::string metrics_listen;
  std::string otlp_endpoint;
  std::string trace_ratio = "0.1";
};

// The key without the end of its line; empty if the file cannot be read.
std::string ReadKey(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string key{std::istreambuf_iterator<char>(file), {}};
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  return key;
}

std::optional<config::Fault> CheckWebhookKey(const std::string& path) {
  constexpr std::size_t kLeastBytes = 32;
  if (path.empty() || ReadKey(path).size() >= kLeastBytes) return std::nullopt;
  return config::Fault{"--webhook-key-file",
                       "cannot be read or has less than 32 bytes; make one with "
                       "`openssl rand -hex 32`"};
}

std::optional<config::Fault> CheckWebhookAllow(const std::vector<std::string>& blocks) {
  for (const auto& block : blocks) {
    if (!plans::ParseAddressBlock(block)) {
      return config::Fault{"--webhook-allow",
                           "\"" + block + "\" is not a block of addresses like 10.1.0.0/16"};
    }
  }
  return std::nullopt;
}

std::optional<config::Fault> CheckReadable(const char* setting, const std::string& path) {
  if (path.empty() || std::ifstream(path)) return std::nullopt;
  return config::Fault{setting, "cannot be read"};
}

std::optional<config::Fault> CheckDirectory(const char* setting, const std::string& path) {
  if (access(path.c_str(), W_OK | X_OK) == 0) return std::nullopt;
  return config::Fault{setting, "is \"" + path + "\", no directory that can be written to"};
}

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

std::optional<config::Fault> CheckDatabaseWait(const Options& options) {
  return config::CheckInteger("--database-wait", options.database_wait, 0, 3600);
}

std::chrono::seconds DatabaseWait(const Options& options) {
  return std::chrono::seconds(std::stoi(options.database_wait));
}

int Migrate(const Options& options) {
  const auto faults = config::Faults(
      {postgres::CheckConninfo("--database", options.database), CheckDatabaseWait(options)});
  if (!faults.empty()) return Refuse(faults);
  const auto migrated = postgres::WaitForDatabase(DatabaseWait(options), [&]() -> Result<void> {
    auto applied = postgres::Migrate(options.database, plans::kSchema);
    return applied ? Result<void>() : Fail(applied.error());
  });
  if (!migrated) return FailStart(migrated.error());
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

int MakeContactKey(const Options& options) {
  const auto suite = plans::ContactSuiteOf(options.contact_suite);
  const auto faults =
      config::Faults({config::CheckPresent("--contact-key-file", options.contact_key_file),
                      suite ? std::nullopt
                            : std::optional(config::Fault{"--suite",
                                                          "is neither aes-256-gcm nor "
                                                          "sm4-ctr-hmac-sm3"})});
  if (!faults.empty()) return Refuse(faults);
  const auto id = plans::AddContactKey(options.contact_key_file, *suite);
  if (!id) return FailStart(id.error());
  log::Info("contact key added", {{"key", *id}});
  return 0;
}

int RotateContactKeys(const Options& options) {
  const auto faults =
      config::Faults({postgres::CheckConninfo("--database", options.database),
                      config::CheckPresent("--contact-key-file", options.contact_key_file)});
  if (!faults.empty()) return Refuse(faults);
  auto keys = plans::ContactKeys::Load(options.contact_key_file);
  if (!keys) return FailStart(keys.error());
  postgres::Database database({.conninfo = options.database, .connections = 1});
  plans::Access access(database, [] {});
  const plans::ContactVault vault(std::move(*keys));
  const auto rotated = plans::RotateContactKeys(*plans::MakeContactStore(access), vault);
  if (!rotated) return FailStart(rotated.error());
  log::Info("contacts encrypted anew", {{"contacts", *rotated}, {"key", vault.current_key_id()}});
  return 0;
}

int Serve(const Options& options) {
  auto faults = config::Faults(
      {postgres::CheckConninfo("--database", options.database),
       config::CheckAddress("--listen", options.listen),
       config::CheckInteger("--connections", options.connections, 1, 1000),
       config::CheckInteger("--keep-changes", options.keep_changes, 1, 36500),
       config::CheckInteger("--keep-answers", options.keep_answers, 1, 36500),
       CheckAuditDigest(options.audit_digest), CheckWebhookKey(options.webhook_key_file),
       CheckWebhookAllow(options.webhook_allow),
       CheckReadable("--webhook-ca-file", options.webhook_ca_file),
       config::CheckInteger("--webhook-give-up", options.webhook_give_up, 1, 365),
       config::CheckInteger("--max-evidence-bytes", options.max_evidence_bytes, 1,
                            1024 * 1024 * 1024),
       CheckDirectory("--spool-directory", options.spool_directory),
       options.metrics_listen.empty()
           ? std::nullopt
           : config::CheckAddress("--metrics-listen", options.metrics_listen),
       options.otlp_endpoint.empty()
           ? std::nullopt
           : config::CheckAddress("--otlp-endpoint", options.otlp_endpoint),
       config::CheckShare("--trace-ratio", options.trace_ratio), CheckDatabaseWait(options),
       config::CheckPresent("--contact-key-file", options.contact_key_file),
       config::CheckInteger("--session-minutes", options.session_minutes, 5, 24 * 60),
       config::CheckSwitch("--convert-documents", options.convert_documents)});
  const auto auth_faults = auth::FaultsOf(options.auth, !options.session_key_file.empty());
  faults.insert(faults.end(), auth_faults.begin(), auth_faults.end());
  if (!faults.empty()) return Refuse(faults);
  auto contact_keys = plans::ContactKeys::Load(options.contact_key_file);
  if (!contact_keys) return FailStart(contact_keys.error());
  plans::SessionRules sessions{.life = std::chrono::minutes(std::stoi(options.session_minutes))};
  if (!options.session_key_file.empty()) {
    auto signer = plans::ReadSessionKey(options.session_key_file);
    if (!signer) return FailStart(signer.error());
    sessions.signer = std::move(*signer);
  }
  const auto ready = postgres::WaitForDatabase(DatabaseWait(options), [&] {
    return postgres::CheckSchema(options.database, plans::kSchema);
  });
  if (!ready) return FailStart(ready.error());
  rpc::BlockSignals();
  std::optional<telemetry::Tracing> tracing;
  if (!options.otlp_endpoint.empty()) {
    tracing.emplace(telemetry::TracingOptions{.endpoint = options.otlp_endpoint,
                                              .ratio = std::stod(options.trace_ratio),
                                              .service = "gongkai-plans",
                                              .version = GONGKAI_VERSION});
  }
  auto server = plans::Server::Start(
      {.listen = options.listen,
       .database = options.database,
       .connections = std::stoi(options.connections),
       .retention = {.changes = Days(options.keep_changes), .answers = Days(options.keep_answers)},
       .audit_digest = *plans::AuditDigestOf(options.audit_digest),
       .convert_documents = options.convert_documents == "on",
       .webhooks = {.key = ReadKey(options.webhook_key_file),
                    .allow = options.webhook_allow,
                    .ca_file = options.webhook_ca_file,
                    .give_up = Days(options.webhook_give_up)},
       .evidence = {.max_bytes = std::stoi(options.max_evidence_bytes),
                    .spool_directory = options.spool_directory},
       .contact_keys = std::move(*contact_keys),
       .auth = options.auth,
       .sessions = std::move(sessions),
       .metrics_listen = options.metrics_listen,
       .version = GONGKAI_VERSION});
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

void AddAuth(CLI::App& command, auth::AuthSettings& settings) {
  command
      .add_option("--auth", settings.auth,
                  "jwt: callers show bearer tokens; none: everybody may do everything")
      ->envname("GONGKAI_PLANS_AUTH");
  command
      .add_option("--jwks", settings.jwks,
                  "File or https URL of the JSON Web Key Set that tokens are verified with")
      ->envname("GONGKAI_PLANS_JWKS");
  command.add_option("--issuer", settings.issuer, "Whose tokens are taken: their `iss`")
      ->envname("GONGKAI_PLANS_ISSUER");
  command.add_option("--audience", settings.audience, "For whom they must be: their `aud`")
      ->envname("GONGKAI_PLANS_AUDIENCE");
}

void AddDatabaseWait(CLI::App& command, Options& options) {
  command
      .add_option("--database-wait", options.database_wait,
                  "Seconds to wait for a database that is starting or not migrated yet")
      ->envname("GONGKAI_PLANS_DATABASE_WAIT")
      ->capture_default_str();
}

void AddSessions(CLI::App& command, Options& options) {
  command
      .add_option("--session-key-file", options.session_key_file,
                  "Key that signs the tokens of local accounts; without it there are none")
      ->envname("GONGKAI_PLANS_SESSION_KEY_FILE");
  command
      .add_option("--session-minutes", options.session_minutes,
                  "For how long somebody stays signed in")
      ->envname("GONGKAI_PLANS_SESSION_MINUTES")
      ->capture_default_str();
}

void AddContactKeyFile(CLI::App& command, Options& options) {
  command
      .add_option("--contact-key-file", options.contact_key_file,
                  "Keys that contacts are encrypted with; the first encrypts, all decrypt")
      ->envname("GONGKAI_PLANS_CONTACT_KEY_FILE");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Plans, tasks and assignments of every county, over gRPC.", "gongkai-plans");
  app.set_version_flag("--version", GONGKAI_VERSION);
  app.require_subcommand(1);
  Options options;
  auto* migrate = app.add_subcommand("migrate", "Bring the database to this program's schema");
  AddDatabase(*migrate, options);
  AddDatabaseWait(*migrate, options);
  auto* serve = app.add_subcommand("serve", "Serve until SIGTERM");
  AddDatabase(*serve, options);
  AddDatabaseWait(*serve, options);
  AddContactKeyFile(*serve, options);
  AddAuth(*serve, options.auth);
  AddSessions(*serve, options);
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
  serve
      ->add_option("--webhook-key-file", options.webhook_key_file,
                   "File with at least 32 secret bytes, the same for every replica, of which the "
                   "secrets of webhooks are made; without it there are no webhooks")
      ->envname("GONGKAI_PLANS_WEBHOOK_KEY_FILE");
  serve
      ->add_option("--webhook-allow", options.webhook_allow,
                   "Blocks of addresses (10.1.0.0/16) that webhooks may be sent to though they are "
                   "not public, also by http")
      ->delimiter(',')
      ->envname("GONGKAI_PLANS_WEBHOOK_ALLOW");
  serve
      ->add_option("--webhook-ca-file", options.webhook_ca_file,
                   "Certificates by which the receivers of webhooks are trusted, instead of the "
                   "machine's")
      ->envname("GONGKAI_PLANS_WEBHOOK_CA_FILE");
  serve
      ->add_option("--webhook-give-up", options.webhook_give_up,
                   "Days for which an event is sent again that its webhook does not receive")
      ->envname("GONGKAI_PLANS_WEBHOOK_GIVE_UP")
      ->capture_default_str();
  serve
      ->add_option("--max-evidence-bytes", options.max_evidence_bytes,
                   "The largest file that is taken as evidence, up to 1 GiB")
      ->envname("GONGKAI_PLANS_MAX_EVIDENCE_BYTES")
      ->capture_default_str();
  serve
      ->add_option("--spool-directory", options.spool_directory,
                   "Where files wait while they are uploaded, without a name")
      ->envname("GONGKAI_PLANS_SPOOL_DIRECTORY")
      ->capture_default_str();
  serve
      ->add_option("--metrics-listen", options.metrics_listen,
                   "HOST:PORT to answer Prometheus on; without it there are no metrics")
      ->envname("GONGKAI_PLANS_METRICS_LISTEN");
  serve
      ->add_option("--otlp-endpoint", options.otlp_endpoint,
                   "HOST:PORT of a collector that takes traces by OTLP over gRPC; without it there "
                   "are no traces")
      ->envname("GONGKAI_OTLP_ENDPOINT");
  serve
      ->add_option("--trace-ratio", options.trace_ratio,
                   "Share of the traces that begin here to be sampled, 0 to 1; failures always are")
      ->envname("GONGKAI_TRACE_RATIO")
      ->capture_default_str();
  const plans::AccountCommands account_commands(app);
  auto* verify_audit = app.add_subcommand(
      "verify-audit", "Compute the chain of the audit trail again; exit code 1 if it is broken");
  AddDatabase(*verify_audit, options);
  auto* make_key = app.add_subcommand("make-contact-key",
                                      "Put a new key before those of the file, or make the file");
  AddContactKeyFile(*make_key, options);
  make_key->add_option("--suite", options.contact_suite, "aes-256-gcm or sm4-ctr-hmac-sm3")
      ->envname("GONGKAI_PLANS_CONTACT_SUITE")
      ->capture_default_str();
  auto* rotate_keys = app.add_subcommand(
      "rotate-contact-keys", "Encrypt with the first key what is in clear or under another key");
  AddDatabase(*rotate_keys, options);
  AddContactKeyFile(*rotate_keys, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (const auto code = account_commands.Run()) return *code;
  if (migrate->parsed()) return Migrate(options);
  if (make_key->parsed()) return MakeContactKey(options);
  if (rotate_keys->parsed()) return RotateContactKeys(options);
  return verify_audit->parsed() ? VerifyAudit(options) : Serve(options);
}
