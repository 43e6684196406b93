// Delivers the feed to webhooks while the service runs.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <thread>
#include <utility>

#include "services/plans/webhooks/http_sender.h"
#include "services/plans/webhooks/webhook_queue.h"
#include "services/plans/webhooks/webhook_rules.h"

namespace gongkai::plans {

// Runs on a thread of its own from construction to destruction; of several replicas one delivers.
// What was not received is sent again after a pause that doubles. A receiver that is down is tried
// with one event at a time; one event that it refuses (HTTP 4xx) holds up only the later ones of
// the same resource.
class WebhookCourier {
 public:
  // `changes` must outlive it.
  WebhookCourier(const std::string& complete_conninfo, ChangeStore& changes,
                 const WebhookRules& rules);
  ~WebhookCourier();

  WebhookCourier(const WebhookCourier&) = delete;
  WebhookCourier& operator=(const WebhookCourier&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  using Place = std::pair<int, int>;  // division and webhook

  // How a receiver does.
  struct Receiver {
    int failures = 0;  // since it last received anything
    Clock::time_point not_before;
    int under_way = 0;
  };

  void Run();
  // One round; false if it failed and all has to begin from what is stored.
  bool Round();
  bool Start(const ActiveWebhook& webhook);
  bool Settle(const HttpOutcome& outcome);
  bool IsUnderWay(const WebhookDelivery& delivery) const;
  // The pause after so many failures, with jitter.
  std::chrono::milliseconds PauseAfter(int failures);

  const WebhookRules rules_;
  WebhookQueue queue_;
  HttpSender sender_;
  std::mt19937 random_{std::random_device{}()};
  int last_id_ = 0;
  std::map<int, WebhookDelivery> under_way_;
  std::map<Place, Receiver> receivers_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gongkai::plans
