// Public keys that tokens are verified with (RFC 7517, RFC 8037).
#pragma once

#include <openssl/evp.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::auth {

enum class Algorithm { kRs256, kEs256, kEdDsa };

// `RS256`, `ES256`, `EdDSA`; nothing for any other, `none` and the symmetric ones included.
std::optional<Algorithm> AlgorithmOf(std::string_view label);

// A key serves one algorithm, whatever a token says: that is what ends confusion of keys.
struct VerifyingKey {
  Algorithm algorithm = Algorithm::kRs256;
  std::shared_ptr<EVP_PKEY> key;
};

// True if `signature` is the key's over `signed_text`. Thread-safe.
bool Verify(const VerifyingKey& key, std::string_view signed_text, std::string_view signature);

// By `kid`; a key without one has the name "".
using KeySet = std::map<std::string, VerifyingKey, std::less<>>;

// From a JSON Web Key Set. Keys of other kinds or for other uses are passed over: RSA of at least
// 2048 bits, EC on P-256 and Ed25519 are taken. INVALID_ARGUMENT if the text is no set, if no key
// is left, or if two have one name.
Result<KeySet> ParseKeySet(std::string_view json);

}  // namespace gongkai::auth
