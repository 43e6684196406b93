#include "services/plans/webhooks/webhook_secret.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

const std::string kKey(32, 'k');
const WebhookKey kWebhook{{370124}, 2};

TEST(WebhookSecret, IsMadeOfKeyWebhookAndVersion) {
  const auto secret = WebhookSecret(kKey, kWebhook, 1);
  EXPECT_EQ(secret, WebhookSecret(kKey, kWebhook, 1));
  EXPECT_EQ(secret.size(), 6u + 64u);
  EXPECT_TRUE(secret.starts_with("whsec_"));
  EXPECT_NE(secret, WebhookSecret(kKey, kWebhook, 2));
  EXPECT_NE(secret, WebhookSecret(kKey, {{370124}, 3}, 1));
  EXPECT_NE(secret, WebhookSecret(std::string(32, 'q'), kWebhook, 1));
}

// What `printf '1767225600.{"a":1}' | openssl dgst -sha256 -hmac whsec_test` prints, and -sm3.
TEST(WebhookSignature, IsTheHmacOfTimestampDotBody) {
  EXPECT_EQ(WebhookSignature(WebhookDigest::kSha256, "whsec_test", "1767225600", R"({"a":1})"),
            "sha256=6d204545ff126a339c00513d93603299c984074ce1331c3537c3f6c976b49019");
  EXPECT_EQ(WebhookSignature(WebhookDigest::kSm3, "whsec_test", "1767225600", R"({"a":1})"),
            "sm3=9f8df56115c0c921d3c75eeb01597991da227c65440ab801d242b91306f8a9ec");
}

}  // namespace
}  // namespace gongkai::plans
