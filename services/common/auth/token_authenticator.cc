#include "services/common/auth/token_authenticator.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace gongkai::auth {
namespace {

constexpr std::chrono::minutes kMostKept{5};
constexpr std::string_view kBearer = "bearer ";

bool IsBearer(std::string_view authorization) {
  return authorization.size() > kBearer.size() &&
         std::equal(kBearer.begin(), kBearer.end(), authorization.begin(), [](char word, char c) {
           return word == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
         });
}

Error Refused(const char* reason, const std::string& message) {
  return {.code = ErrorCode::kUnauthenticated,
          .reason = reason,
          .message = message,
          .message_zh = "登录状态无效，请重新登录"};
}

}  // namespace

TokenAuthenticator::TokenAuthenticator(const TokenVerifier& verifier, Revoked revoked,
                                       std::function<Clock::time_point()> now,
                                       std::size_t most_kept)
    : verifier_(verifier),
      revoked_(std::move(revoked)),
      now_(std::move(now)),
      most_of_a_generation_(std::max<std::size_t>(most_kept / 2, 1)) {}

Result<std::shared_ptr<const Principal>> TokenAuthenticator::Authenticate(
    std::string_view authorization) const {
  if (!IsBearer(authorization)) {
    return Fail(Refused("TOKEN_INVALID", "authorization must be of the form `Bearer {token}`"));
  }
  const auto token = authorization.substr(kBearer.size());
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Digest digest;
  EVP_Digest(token.data(), token.size(), digest.data(), nullptr, sha256, nullptr);
  const auto now = now_();
  auto principal = Known(digest, now);
  if (!principal) {
    auto verified = verifier_.Verify(token);
    if (!verified) return Fail(verified.error());
    principal = std::make_shared<const Principal>(std::move(*verified));
    Keep(digest, {principal,
                  std::min(now + kMostKept, principal->expire_time + TokenVerifier::kClockSkew)});
  }
  if (revoked_ && revoked_(*principal)) {
    return Fail(Refused("TOKEN_REVOKED", "the session has ended; sign in again"));
  }
  return principal;
}

std::shared_ptr<const Principal> TokenAuthenticator::Known(const Digest& digest,
                                                           Clock::time_point now) const {
  std::lock_guard lock(mutex_);
  if (const auto found = young_.find(digest); found != young_.end()) {
    return now < found->second.until ? found->second.principal : nullptr;
  }
  const auto found = old_.find(digest);
  if (found == old_.end() || now >= found->second.until) return nullptr;
  auto entry = std::move(found->second);
  old_.erase(found);
  return young_.insert_or_assign(digest, std::move(entry)).first->second.principal;
}

void TokenAuthenticator::Keep(const Digest& digest, Entry entry) const {
  std::lock_guard lock(mutex_);
  if (young_.size() >= most_of_a_generation_) {
    old_ = std::move(young_);
    young_ = {};
  }
  young_.insert_or_assign(digest, std::move(entry));
}

std::size_t TokenAuthenticator::DigestHash::operator()(const Digest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof(hash));
  return hash;
}

}  // namespace gongkai::auth
