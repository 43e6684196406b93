#include "services/plans/webhooks/webhook_courier.h"

#include <algorithm>
#include <ctime>

#include "services/common/log/log.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;

constexpr auto kRest = 300ms;  // between two looks at the feed
constexpr auto kStandby = 1s;  // between two attempts to lead
constexpr int kMostUnderWay = 8;

std::pair<int, int> PlaceOf(const WebhookKey& key) { return {key.division.value, key.webhook}; }

// Whether the receiver as a whole is in trouble, and not just this event.
bool ReceiverFailed(const HttpOutcome& outcome) {
  return outcome.status < 400 || outcome.status >= 500 || outcome.status == 408 ||
         outcome.status == 429;
}

bool Told(const Error& error) {
  log::Warning("webhooks interrupted", {{"reason", error.reason}, {"message", error.message}});
  return false;
}

}  // namespace

WebhookCourier::WebhookCourier(const std::string& complete_conninfo, ChangeStore& changes,
                               const WebhookRules& rules)
    : rules_(rules),
      queue_(complete_conninfo, changes),
      sender_({.allow = rules.allow, .ca_file = rules.ca_file, .answer_limit = rules.answer_limit}),
      thread_([this] {
        if (!rules_.key.empty()) Run();
      }) {}

WebhookCourier::~WebhookCourier() {
  stopping_ = true;
  sender_.Wake();
  thread_.join();
}

void WebhookCourier::Run() {
  while (!stopping_) {
    const bool leads = queue_.Lead();
    if (leads && Round()) continue;
    // Another replica may deliver by now: what is under way may be sent twice, never not at all.
    sender_.Clear();
    under_way_.clear();
    receivers_.clear();
    sender_.Poll(kStandby);
  }
}

bool WebhookCourier::Round() {
  const auto webhooks = queue_.ReadWebhooks();
  if (!webhooks) return Told(webhooks.error());
  const auto more = queue_.TakeIn(*webhooks);
  if (!more) return Told(more.error());
  for (const auto& webhook : *webhooks) {
    if (!Start(webhook)) return false;
  }
  for (const auto& outcome : sender_.Poll(*more ? 0ms : kRest)) {
    if (!Settle(outcome)) return false;
  }
  return true;
}

bool WebhookCourier::Start(const ActiveWebhook& webhook) {
  auto& receiver = receivers_[PlaceOf(webhook.key)];
  const int room = (receiver.failures > 0 ? 1 : kMostUnderWay) - receiver.under_way;
  if (room <= 0 || Clock::now() < receiver.not_before) return true;
  auto due = queue_.ReadDue(webhook.key, room + receiver.under_way);
  if (!due) return Told(due.error());
  int started = 0;
  for (auto& delivery : *due) {
    if (started == room) break;
    if (IsUnderWay(delivery)) continue;
    const auto timestamp = std::to_string(std::time(nullptr));
    const auto secret = WebhookSecret(rules_.key, webhook.key, webhook.secret_version);
    const auto signature = WebhookSignature(webhook.digest, secret, timestamp, delivery.body);
    sender_.Send(++last_id_,
                 {.url = webhook.url,
                  .headers = {"Content-Type: application/cloudevents+json; charset=utf-8",
                              "Gongkai-Timestamp: " + timestamp, "Gongkai-Signature: " + signature,
                              "Expect:"},
                  .body = delivery.body});
    under_way_[last_id_] = std::move(delivery);
    ++receiver.under_way;
    ++started;
  }
  return true;
}

bool WebhookCourier::Settle(const HttpOutcome& outcome) {
  const auto found = under_way_.find(outcome.id);
  const auto delivery = std::move(found->second);
  under_way_.erase(found);
  auto& receiver = receivers_[PlaceOf(delivery.webhook)];
  --receiver.under_way;
  Result<void> written;
  if (outcome.received()) {
    receiver.failures = 0;
    written = queue_.Received(delivery);
  } else {
    if (ReceiverFailed(outcome)) {
      receiver.not_before = Clock::now() + PauseAfter(++receiver.failures);
    }
    written = queue_.Failed(delivery, outcome.text, PauseAfter(delivery.attempt_count + 1),
                            rules_.give_up);
  }
  return written ? true : Told(written.error());
}

bool WebhookCourier::IsUnderWay(const WebhookDelivery& delivery) const {
  return std::any_of(under_way_.begin(), under_way_.end(), [&](const auto& entry) {
    return entry.second.position == delivery.position &&
           PlaceOf(entry.second.webhook) == PlaceOf(delivery.webhook);
  });
}

std::chrono::milliseconds WebhookCourier::PauseAfter(int failures) {
  auto pause = rules_.first_pause;
  for (int i = 1; i < failures && pause < rules_.longest_pause; ++i) pause *= 2;
  pause = std::min(pause, rules_.longest_pause);
  return std::chrono::milliseconds(std::uniform_int_distribution<std::chrono::milliseconds::rep>(
      pause.count() / 2, pause.count())(random_));
}

}  // namespace gongkai::plans
