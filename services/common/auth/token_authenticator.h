// Bearer tokens, verified once and then known for a while.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "services/common/auth/gate.h"
#include "services/common/auth/token_verifier.h"

namespace gongkai::auth {

// Thread-safe. A verified token is kept by its SHA-256 until it expires, at most five minutes, so
// that a withdrawn key ends; at most `most_kept` of them, those unused longest going first.
class TokenAuthenticator final : public Authenticator {
 public:
  using Clock = std::chrono::system_clock;
  // Whether a token was taken back before its time. Asked at every call; must be quick.
  using Revoked = std::function<bool(const Principal&)>;

  explicit TokenAuthenticator(const TokenVerifier& verifier, Revoked revoked = nullptr,
                              std::function<Clock::time_point()> now = &Clock::now,
                              std::size_t most_kept = 20000);

  // `Bearer eyJ…`. UNAUTHENTICATED for what is no valid token; UNAVAILABLE while there are no keys.
  Result<std::shared_ptr<const Principal>> Authenticate(
      std::string_view authorization) const override;

 private:
  using Digest = std::array<unsigned char, 32>;
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const;
  };
  struct Entry {
    std::shared_ptr<const Principal> principal;
    Clock::time_point until;
  };
  using Entries = std::unordered_map<Digest, Entry, DigestHash>;

  std::shared_ptr<const Principal> Known(const Digest& digest, Clock::time_point now) const;
  void Keep(const Digest& digest, Entry entry) const;

  const TokenVerifier& verifier_;
  const Revoked revoked_;
  const std::function<Clock::time_point()> now_;
  const std::size_t most_of_a_generation_;
  mutable std::mutex mutex_;
  // What was used since `old_` was laid down, and what was before: the oldest generation goes
  // whole.
  mutable Entries young_;
  mutable Entries old_;
};

}  // namespace gongkai::auth
