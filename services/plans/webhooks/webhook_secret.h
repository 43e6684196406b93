// The secrets of webhooks, and the signatures made with them.
#pragma once

#include <string>
#include <string_view>

#include "services/plans/domain/supervision_name.h"

namespace gongkai::plans {

enum class WebhookDigest { kSha256, kSm3 };

// `whsec_` and 64 hexadecimal digits: the HMAC-SHA256 of webhook and version under the operator's
// key. Nothing of it is stored anywhere; whoever has the key can make it again.
std::string WebhookSecret(std::string_view key, const WebhookKey& webhook, int version);

// `sha256=…` or `sm3=…`: the HMAC of `TIMESTAMP.BODY` under the secret, in hexadecimal.
std::string WebhookSignature(WebhookDigest digest, std::string_view secret,
                             std::string_view timestamp, std::string_view body);

}  // namespace gongkai::plans
