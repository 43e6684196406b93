// Signs tokens as an issuer would, and as an attacker would.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace gongkai::auth::testing {

// One key pair and its name.
class TestKey {
 public:
  enum class Kind { kRsa, kEc, kEd25519 };

  TestKey(Kind kind, std::string kid);

  const std::string& kid() const { return kid_; }
  // The public half, as a JSON Web Key.
  nlohmann::json Jwk() const;
  // The public half in PEM, which an attacker takes for a shared secret.
  std::string PublicPem() const;
  // As a token's third part, before base64url.
  std::string Sign(const std::string& text) const;
  // RS256, ES256 or EdDSA.
  std::string algorithm() const;

 private:
  Kind kind_;
  std::string kid_;
  std::shared_ptr<EVP_PKEY> key_;
};

std::string KeySetOf(std::initializer_list<const TestKey*> keys);

// header.claims
std::string Unsigned(const nlohmann::json& header, const nlohmann::json& claims);
// The token of an honest issuer.
std::string Token(const TestKey& key, const nlohmann::json& claims);
// With this header instead of the honest one.
std::string Token(const TestKey& key, const nlohmann::json& header, const nlohmann::json& claims);
// HMAC-SHA256, base64url.
std::string Hs256(const std::string& secret, const std::string& text);

}  // namespace gongkai::auth::testing
