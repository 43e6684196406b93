// JSON Web Tokens (RFC 7519, RFC 8725): from the text to who it is.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/auth/key_source.h"
#include "services/common/auth/principal.h"

namespace gongkai::auth {

// Whose tokens are taken, and for whom they must be.
struct Trust {
  std::string issuer;    // `iss`, exactly
  std::string audience;  // `aud`, or one of it
  std::shared_ptr<KeySource> keys;
};

// Thread-safe. Takes RS256, ES256 and EdDSA, each with keys of its own kind only; of the header,
// `alg` and `kid` count, `crit` is refused, and nothing it points to is ever fetched.
class TokenVerifier {
 public:
  using Clock = std::chrono::system_clock;
  // How far the clocks of issuer and service may differ.
  static constexpr std::chrono::seconds kClockSkew{60};
  static constexpr std::size_t kMostBytes = 16 * 1024;

  explicit TokenVerifier(std::vector<Trust> trusts,
                         std::function<Clock::time_point()> now = &Clock::now)
      : trusts_(std::move(trusts)), now_(std::move(now)) {}

  // UNAUTHENTICATED with reason ACCESS_TOKEN_EXPIRED or TOKEN_INVALID, whose message says no more
  // than which part is wrong; UNAVAILABLE while there are no keys.
  //
  // `sub` becomes the subject, `name` the display name, and `grants` what may be done: an array of
  // {"role": "UNIT_CLERK", "division": "divisions/370124", "unit": "divisions/370124/units/17"}.
  // A grant of a role that this version does not know counts for nothing.
  Result<Principal> Verify(std::string_view token) const;

 private:
  const std::vector<Trust> trusts_;
  const std::function<Clock::time_point()> now_;
};

}  // namespace gongkai::auth
