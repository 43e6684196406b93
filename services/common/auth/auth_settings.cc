#include "services/common/auth/auth_settings.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "services/common/log/log.h"

namespace gongkai::auth {
namespace {

using config::Fault;

// A file is read now; a URL may come up later than the service.
std::optional<Fault> CheckKeys(const std::string& jwks) {
  if (jwks.empty()) return Fault{"--jwks", "is missing; --auth jwt needs the keys of the issuer"};
  if (IsKeyUrl(jwks)) return std::nullopt;
  if (jwks.starts_with("http://")) {
    return Fault{"--jwks", "is fetched in clear; expected https://… or the path of a file"};
  }
  const auto text = KeyReader(jwks)();
  if (!text) return Fault{"--jwks", "cannot be read"};
  const auto keys = ParseKeySet(*text);
  if (!keys) return Fault{"--jwks", keys.error().violations.front().description};
  return std::nullopt;
}

}  // namespace

std::vector<Fault> FaultsOf(const AuthSettings& settings, bool local) {
  const bool none = settings.auth == "none", jwt = settings.auth == "jwt";
  if (!none && !jwt) {
    return {{"--auth", settings.auth.empty()
                           ? "is missing; expected jwt, or none to let everybody do everything"
                           : "is \"" + settings.auth + "\"; expected jwt or none"}};
  }
  if (none) {
    if (settings.jwks.empty()) return {};
    return {{"--jwks", "is of no use with --auth none"}};
  }
  if (local && settings.jwks.empty() && settings.issuer.empty() && settings.audience.empty()) {
    return {};
  }
  return config::Faults({CheckKeys(settings.jwks),
                         config::CheckPresent("--issuer", settings.issuer),
                         config::CheckPresent("--audience", settings.audience)});
}

Guard::Guard(const AuthSettings& settings, const UnitLookup* units, const LocalTokens& local) {
  if (settings.auth == "none") {
    log::Warning("nobody has to sign in: every caller may do everything (--auth none)");
    gate_ = std::make_unique<OpenGate>();
    return;
  }
  std::vector<Trust> trusts;
  if (local.signer) {
    trusts.push_back(
        {.issuer = kLocalIssuer,
         .audience = kLocalAudience,
         .keys = std::make_shared<KeySource>(
             [keys = local.signer->KeySetJson()]() -> Result<std::string> { return keys; })});
  }
  if (!settings.jwks.empty()) {
    trusts.push_back({.issuer = settings.issuer,
                      .audience = settings.audience,
                      .keys = std::make_shared<KeySource>(KeyReader(settings.jwks))});
  }
  verifier_ = std::make_unique<TokenVerifier>(std::move(trusts));
  authenticator_ = std::make_unique<TokenAuthenticator>(*verifier_, local.revoked);
  gate_ = std::make_unique<TokenGate>(*authenticator_, units);
}

}  // namespace gongkai::auth
