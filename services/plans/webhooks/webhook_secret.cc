#include "services/plans/webhooks/webhook_secret.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace gongkai::plans {
namespace {

std::string Hmac(const EVP_MD* digest, std::string_view key, const std::string& text) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (!HMAC(digest, key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes, &size)) {
    throw std::runtime_error("OpenSSL cannot compute the HMAC");
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hexadecimal;
  for (unsigned int i = 0; i < size; ++i) {
    hexadecimal += kDigits[bytes[i] >> 4];
    hexadecimal += kDigits[bytes[i] & 15];
  }
  return hexadecimal;
}

}  // namespace

std::string WebhookSecret(std::string_view key, const WebhookKey& webhook, int version) {
  return "whsec_" + Hmac(EVP_sha256(), key,
                         "webhook secret " + FormatName(webhook) + " " + std::to_string(version));
}

std::string WebhookSignature(WebhookDigest digest, std::string_view secret,
                             std::string_view timestamp, std::string_view body) {
  const auto text = std::string(timestamp) + "." + std::string(body);
  return digest == WebhookDigest::kSm3 ? "sm3=" + Hmac(EVP_sm3(), secret, text)
                                       : "sha256=" + Hmac(EVP_sha256(), secret, text);
}

}  // namespace gongkai::plans
