// What the operator says of webhooks.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace gongkai::plans {

struct WebhookRules {
  std::string key;                 // of which every secret is made; empty: no webhooks
  std::vector<std::string> allow;  // CIDR blocks that may be sent to though they are not public
  std::string ca_file;             // certificates to trust; empty for those of the machine
  std::chrono::milliseconds first_pause{1000};  // after the first failure; doubles
  std::chrono::milliseconds longest_pause{15 * 60 * 1000};
  std::chrono::milliseconds answer_limit{10'000};  // for a receiver to answer
  std::chrono::seconds give_up{3 * 24 * 3600};     // after the event was made
};

}  // namespace gongkai::plans
