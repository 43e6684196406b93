// From the feed to deliveries, and what becomes of them: the database's side of webhooks.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/domain/supervision_name.h"
#include "services/plans/store/change_store.h"
#include "services/plans/webhooks/webhook_secret.h"

namespace gongkai::plans {

struct ActiveWebhook {
  WebhookKey key;
  std::string url;
  WebhookDigest digest = WebhookDigest::kSha256;
  int secret_version = 1;
  FeedFilter filter;
  std::uint64_t begin_txid = 0;  // events are those of transactions behind it
};

struct WebhookDelivery {
  WebhookKey webhook;
  FeedPosition position;
  int attempt_count = 0;  // so far
  std::string body;
};

// One thread at a time. Everything is written on one connection, which holds the lock of whoever
// delivers: when it is lost, so is the lead, and nothing can be written by who no longer leads.
class WebhookQueue {
 public:
  // `changes` must outlive it.
  WebhookQueue(std::string complete_conninfo, ChangeStore& changes)
      : conninfo_(std::move(complete_conninfo)), changes_(changes) {}

  // Whether this process delivers, and not another replica; tries to become so.
  bool Lead();
  // Those that are not deleted.
  Result<std::vector<ActiveWebhook>> ReadWebhooks();
  // Turns the next page of the feed into deliveries and moves on in it, in one transaction. True if
  // there is more to read.
  Result<bool> TakeIn(const std::vector<ActiveWebhook>& webhooks);
  // What of one webhook may be sent now, in the feed's order; of each resource only the first.
  Result<std::vector<WebhookDelivery>> ReadDue(const WebhookKey& webhook, int limit);
  Result<void> Received(const WebhookDelivery& delivery);
  // To be sent again after `pause`, or given up if it has waited for `give_up`.
  Result<void> Failed(const WebhookDelivery& delivery, const std::string& outcome,
                      std::chrono::milliseconds pause, std::chrono::seconds give_up);

 private:
  template <typename Transaction, typename Work>
  auto Run(Work work) -> decltype(work(std::declval<postgres::Session&>()));

  const std::string conninfo_;
  ChangeStore& changes_;
  std::unique_ptr<postgres::Connection> connection_;  // holds the lock
  FeedPosition position_;  // up to where the feed was read; as stored, or behind it
};

}  // namespace gongkai::plans
