// Tokens of our own, signed with Ed25519.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "services/common/auth/principal.h"
#include "services/common/status/error.h"

namespace gongkai::auth {

// Thread-safe.
class TokenSigner {
 public:
  // A new key.
  static TokenSigner Generate();
  // From a private key in PEM. INVALID_ARGUMENT for any other text.
  static Result<TokenSigner> Parse(const std::string& pem);

  // The private key in PEM.
  std::string ToPem() const;
  // The public key as a JSON Web Key Set, for whoever verifies.
  std::string KeySetJson() const;
  // Of the public key, by RFC 7638; the `kid` of every token.
  const std::string& key_id() const { return key_id_; }

  // A token that says who the principal is until its `expire_time`, from now on.
  std::string Sign(const Principal& principal, const std::string& audience) const;

 private:
  explicit TokenSigner(std::shared_ptr<EVP_PKEY> key);

  std::shared_ptr<EVP_PKEY> key_;
  std::string public_key_;  // base64url
  std::string key_id_;
};

}  // namespace gongkai::auth
