// The running service: database, feed, handlers and socket, started in this order and closed in the
// reverse one.
#pragma once

#include <memory>
#include <string>

#include "services/common/auth/auth_settings.h"
#include "services/common/status/error.h"
#include "services/plans/audit/audit_chain.h"
#include "services/plans/contacts/contact_keys.h"
#include "services/plans/evidence/evidence_limits.h"
#include "services/plans/feed/retention.h"
#include "services/plans/rpc/sessions_service.h"
#include "services/plans/webhooks/webhook_rules.h"

namespace gongkai::plans {

struct ServerConfig {
  std::string listen;    // HOST:PORT; port 0 picks a free one
  std::string database;  // connection string
  // To the database, for calls; the feed, files, retention and webhooks have some of their own.
  int connections = 8;
  Retention::Rules retention;
  AuditDigest audit_digest = AuditDigest::kSha256;
  // Whether LibreOffice and poppler may be run for documents that the importer does not read
  // itself.
  bool convert_documents = true;
  WebhookRules webhooks;
  EvidenceLimits evidence;
  ContactKeys contact_keys;  // at least one
  auth::AuthSettings auth;   // without faults
  SessionRules sessions;
  std::string metrics_listen;  // HOST:PORT; empty for no metrics
  std::string version;         // of the program, as the metrics tell it
};

class Server {
 public:
  // FAILED_PRECONDITION if the schema is not the one this program needs, or without a contact key;
  // UNAVAILABLE if the database or the address cannot be had.
  static Result<std::unique_ptr<Server>> Start(const ServerConfig& config);
  // Drains: streams are ended, calls under way are finished.
  ~Server();

  // HOST:PORT as bound.
  const std::string& address() const;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace gongkai::plans
