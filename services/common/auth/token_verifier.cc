#include "services/common/auth/token_verifier.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "services/common/text/base64url.h"

namespace gongkai::auth {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNameBytes = 200;
constexpr std::size_t kMostGrants = 1000;
// Seconds since 1970 that every clock of the program can hold.
constexpr double kLastSecond = 9e9;

Error Invalid(const std::string& problem) {
  return {.code = ErrorCode::kUnauthenticated,
          .reason = "TOKEN_INVALID",
          .message = "the token is not valid: " + problem,
          .message_zh = "登录状态无效，请重新登录"};
}

Error Expired() {
  return {.code = ErrorCode::kUnauthenticated,
          .reason = "ACCESS_TOKEN_EXPIRED",
          .message = "the token has expired; sign in again",
          .message_zh = "登录已过期，请重新登录"};
}

std::string Text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// The JSON object in one part of a token.
std::optional<json> ObjectIn(std::string_view part) {
  const auto text = FromBase64Url(part);
  if (!text) return std::nullopt;
  auto object = json::parse(*text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  return object;
}

struct Parts {
  std::string_view header, claims, signature, signed_text;
};

std::optional<Parts> Split(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return Parts{.header = token.substr(0, first),
               .claims = token.substr(first + 1, second - first - 1),
               .signature = token.substr(second + 1),
               .signed_text = token.substr(0, second)};
}

bool IsFor(const json& claims, const std::string& audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  if (found->is_string()) return *found == audience;
  return found->is_array() && std::find(found->begin(), found->end(), audience) != found->end();
}

// A moment in a claim; nothing if it is missing or no number that a clock can hold.
std::optional<TokenVerifier::Clock::time_point> MomentIn(const json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const auto seconds = found->get<double>();
  if (!(std::abs(seconds) <= kLastSecond)) return std::nullopt;
  return TokenVerifier::Clock::time_point(std::chrono::seconds(std::llround(seconds)));
}

bool IsName(const std::string& text) {
  return !text.empty() && text.size() <= kMostNameBytes &&
         std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Result<std::vector<Grant>> GrantsIn(const json& claims) {
  const auto found = claims.find("grants");
  if (found == claims.end()) return std::vector<Grant>{};
  if (!found->is_array() || found->size() > kMostGrants) return Fail(Invalid("grants"));
  std::vector<Grant> grants;
  for (const auto& entry : *found) {
    if (!entry.is_object()) return Fail(Invalid("grants"));
    const auto role = Text(entry, "role");
    if (!RoleOf(role)) continue;
    const auto grant = MakeGrant(role, Text(entry, "division"), Text(entry, "unit"));
    if (!grant) return Fail(Invalid("grants"));
    grants.push_back(*grant);
  }
  return grants;
}

}  // namespace

Result<Principal> TokenVerifier::Verify(std::string_view token) const {
  if (token.size() > kMostBytes) return Fail(Invalid("it is too long"));
  const auto parts = Split(token);
  const auto header = parts ? ObjectIn(parts->header) : std::nullopt;
  const auto claims = parts ? ObjectIn(parts->claims) : std::nullopt;
  const auto signature = parts ? FromBase64Url(parts->signature) : std::nullopt;
  if (!header || !claims || !signature) return Fail(Invalid("it has not the form of a token"));
  const auto algorithm = AlgorithmOf(Text(*header, "alg"));
  if (!algorithm || header->contains("crit")) return Fail(Invalid("alg or crit"));

  // Nothing of the claims counts before the signature has been verified, but whose it must be.
  const auto issuer = Text(*claims, "iss");
  const auto trust = std::find_if(trusts_.begin(), trusts_.end(),
                                  [&](const Trust& one) { return one.issuer == issuer; });
  if (trust == trusts_.end()) return Fail(Invalid("iss"));
  const auto key = trust->keys->Find(Text(*header, "kid"));
  if (!key) return Fail(key.error());
  if (!*key || (*key)->algorithm != *algorithm) return Fail(Invalid("kid"));
  if (!auth::Verify(**key, parts->signed_text, *signature)) return Fail(Invalid("signature"));

  const auto now = now_();
  const auto expiry = MomentIn(*claims, "exp");
  if (!expiry) return Fail(Invalid("exp"));
  if (now >= *expiry + kClockSkew) return Fail(Expired());
  for (const char* begin : {"nbf", "iat"}) {
    const auto moment = MomentIn(*claims, begin);
    if (claims->contains(begin) && (!moment || *moment > now + kClockSkew)) {
      return Fail(Invalid(begin));
    }
  }
  if (!IsFor(*claims, trust->audience)) return Fail(Invalid("aud"));
  Principal principal{.subject = Text(*claims, "sub"),
                      .display_name = Text(*claims, "name"),
                      .token_id = Text(*claims, "jti"),
                      .issuer = issuer,
                      .expire_time = *expiry};
  if (!IsName(principal.subject)) return Fail(Invalid("sub"));
  if (!principal.display_name.empty() && !IsName(principal.display_name)) {
    return Fail(Invalid("name"));
  }
  auto grants = GrantsIn(*claims);
  if (!grants) return Fail(grants.error());
  principal.grants = std::move(*grants);
  return principal;
}

}  // namespace gongkai::auth
