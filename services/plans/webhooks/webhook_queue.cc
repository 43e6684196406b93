#include "services/plans/webhooks/webhook_queue.h"

#include <algorithm>
#include <limits>

#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/plans/store/postgres/access.h"
#include "services/plans/webhooks/cloud_event.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kTryLock{"try_lock_webhooks",
                             "select pg_try_advisory_lock(hashtext('gongkai webhooks'))"};

constexpr Statement kPosition{"webhook_position", "select txid::text, seq from webhook_position"};

constexpr Statement kWebhooks{"active_webhooks", R"sql(
  select division, webhook, url, digest, secret_version, begin_txid::text,
         array_to_string(kinds, ',')
  from webhook where state = 'ACTIVE' order by division, webhook
)sql"};

constexpr Statement kAdd{"add_webhook_deliveries", R"sql(
  insert into webhook_delivery (division, webhook, txid, seq, kind, subject, body)
  select * from unnest($1::int[], $2::int[], $3::text[]::xid8[], $4::bigint[], $5::text[],
                       $6::text[], $7::text[])
)sql"};

constexpr Statement kMove{"move_webhook_position",
                          "update webhook_position set txid = $1::xid8, seq = $2"};

constexpr Statement kDue{"due_webhook_deliveries", R"sql(
  select d.txid::text, d.seq, d.attempt_count, d.body from webhook_delivery d
  where d.division = $1 and d.webhook = $2 and d.state = 'WAITING'
    and d.next_attempt_time <= now()
    and not exists (
      select from webhook_delivery e
      where e.division = $1 and e.webhook = $2 and e.subject = d.subject and e.state = 'WAITING'
        and (e.txid, e.seq) < (d.txid, d.seq))
  order by d.txid, d.seq limit $3
)sql"};

constexpr Statement kReceived{"received_webhook_delivery", R"sql(
  delete from webhook_delivery where (division, webhook, txid, seq) = ($1, $2, $3::xid8, $4)
)sql"};

constexpr Statement kFailed{"failed_webhook_delivery", R"sql(
  update webhook_delivery
  set attempt_count = attempt_count + 1, last_outcome = $5,
      next_attempt_time = now() + $6 * interval '1 millisecond',
      state = case when wait_since + $7 * interval '1 second' <= now()
                   then 'GIVEN_UP' else state end
  where (division, webhook, txid, seq) = ($1, $2, $3::xid8, $4) and state = 'WAITING'
)sql"};

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find(',', start), text.size());
    words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

// The columns of kAdd.
struct NewDeliveries {
  std::vector<std::string> divisions, webhooks, txids, seqs, kinds, subjects, bodies;

  void Add(const WebhookKey& webhook, const StoredChange& change, const CloudEvent& event) {
    divisions.push_back(std::to_string(webhook.division.value));
    webhooks.push_back(std::to_string(webhook.webhook));
    txids.push_back(std::to_string(change.position.txid));
    seqs.push_back(std::to_string(change.position.seq));
    kinds.push_back(change.kind);
    subjects.push_back(event.subject);
    bodies.push_back(event.body);
  }
};

Result<NewDeliveries> DeliveriesOf(const std::vector<StoredChange>& changes,
                                   const std::vector<ActiveWebhook>& webhooks) {
  NewDeliveries deliveries;
  for (const auto& change : changes) {
    std::optional<CloudEvent> event;
    for (const auto& webhook : webhooks) {
      if (change.position.txid <= webhook.begin_txid ||
          !webhook.filter.Passes(change.division, change.kind)) {
        continue;
      }
      if (!event) {
        auto made = ToCloudEvent(change);
        if (!made) return Fail(made.error());
        event = std::move(*made);
      }
      deliveries.Add(webhook.key, change, *event);
    }
  }
  return deliveries;
}

}  // namespace

// Any fault costs the connection and with it the lead: whatever the fault was, the next round
// begins from what is stored.
template <typename Transaction, typename Work>
auto WebhookQueue::Run(Work work) -> decltype(work(std::declval<Session&>())) {
  if (!connection_) return Fail(Unavailable("DATABASE_UNAVAILABLE", "not connected"));
  try {
    Transaction transaction(connection_->raw());
    Session session(*connection_, transaction);
    auto result = work(session);
    if (result) transaction.commit();
    return result;
  } catch (const std::exception& exception) {
    auto fault = postgres::FaultOf(exception);
    connection_.reset();
    return Fail(std::move(fault.error));
  }
}

bool WebhookQueue::Lead() {
  if (connection_) return true;
  try {
    connection_ = std::make_unique<postgres::Connection>(conninfo_);
  } catch (const std::exception& exception) {
    log::Warning("webhooks: no connection", {{"what", exception.what()}});
    return false;
  }
  const auto locked = Run<pqxx::nontransaction>([&](Session& session) -> Result<bool> {
    if (!session.Execute(kTryLock)[0][0].as<bool>()) return false;
    const auto row = session.Execute(kPosition)[0];
    position_ = {row[0].as<std::uint64_t>(), row[1].as<std::int64_t>()};
    return true;
  });
  if (!locked || !*locked) connection_.reset();
  return connection_ != nullptr;
}

Result<std::vector<ActiveWebhook>> WebhookQueue::ReadWebhooks() {
  return Run<pqxx::nontransaction>([](Session& session) -> Result<std::vector<ActiveWebhook>> {
    std::vector<ActiveWebhook> webhooks;
    for (const auto& row : session.Execute(kWebhooks)) {
      const DivisionCode division{row[0].as<int>()};
      webhooks.push_back(
          {.key = {division, row[1].as<int>()},
           .url = row[2].c_str(),
           .digest = std::string_view(row[3].c_str()) == "SM3" ? WebhookDigest::kSm3
                                                               : WebhookDigest::kSha256,
           .secret_version = row[4].as<int>(),
           .filter = {.divisions = SubtreeOf(division), .kinds = Split(row[6].c_str())},
           .begin_txid = row[5].as<std::uint64_t>()});
    }
    return webhooks;
  });
}

Result<bool> WebhookQueue::TakeIn(const std::vector<ActiveWebhook>& webhooks) {
  if (webhooks.empty()) return false;
  // Nobody waits for what lies before the oldest of them.
  const auto first =
      std::min_element(webhooks.begin(), webhooks.end(),
                       [](const auto& a, const auto& b) { return a.begin_txid < b.begin_txid; });
  position_ = std::max(position_,
                       FeedPosition{first->begin_txid, std::numeric_limits<std::int64_t>::max()});
  const auto page = changes_.ReadChanges(position_, {});
  if (!page) return Fail(page.error());
  const auto added = DeliveriesOf(page->changes, webhooks);
  if (!added) return Fail(added.error());
  if (!page->changes.empty()) {
    const auto moved = Run<pqxx::work>([&](Session& session) -> Result<bool> {
      if (!added->bodies.empty()) {
        session.Execute(kAdd, ArrayLiteral(added->divisions), ArrayLiteral(added->webhooks),
                        ArrayLiteral(added->txids), ArrayLiteral(added->seqs),
                        ArrayLiteral(added->kinds), ArrayLiteral(added->subjects),
                        ArrayLiteral(added->bodies));
      }
      session.Execute(kMove, std::to_string(page->next.txid), page->next.seq);
      return true;
    });
    if (!moved) return moved;
  }
  position_ = page->next;
  return !page->at_end;
}

Result<std::vector<WebhookDelivery>> WebhookQueue::ReadDue(const WebhookKey& webhook, int limit) {
  return Run<pqxx::nontransaction>([&](Session& session) -> Result<std::vector<WebhookDelivery>> {
    std::vector<WebhookDelivery> due;
    for (const auto& row : session.Execute(kDue, webhook.division.value, webhook.webhook, limit)) {
      due.push_back({.webhook = webhook,
                     .position = {row[0].as<std::uint64_t>(), row[1].as<std::int64_t>()},
                     .attempt_count = row[2].as<int>(),
                     .body = row[3].c_str()});
    }
    return due;
  });
}

Result<void> WebhookQueue::Received(const WebhookDelivery& delivery) {
  const auto& [webhook, position, attempts, body] = delivery;
  return Run<pqxx::work>([&](Session& session) -> Result<void> {
    session.Execute(kReceived, webhook.division.value, webhook.webhook,
                    std::to_string(position.txid), position.seq);
    return {};
  });
}

Result<void> WebhookQueue::Failed(const WebhookDelivery& delivery, const std::string& outcome,
                                  std::chrono::milliseconds pause, std::chrono::seconds give_up) {
  const auto& [webhook, position, attempts, body] = delivery;
  return Run<pqxx::work>([&](Session& session) -> Result<void> {
    session.Execute(kFailed, webhook.division.value, webhook.webhook, std::to_string(position.txid),
                    position.seq, outcome, static_cast<double>(pause.count()),
                    static_cast<double>(give_up.count()));
    return {};
  });
}

}  // namespace gongkai::plans
