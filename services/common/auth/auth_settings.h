// `--auth`, `--jwks`, `--issuer`, `--audience`: how a service knows who calls.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/common/auth/gate.h"
#include "services/common/auth/token_authenticator.h"
#include "services/common/auth/token_signer.h"
#include "services/common/config/config.h"

namespace gongkai::auth {

// As written by the operator.
struct AuthSettings {
  std::string auth;  // `none` or `jwt`; there is no default
  std::string jwks;  // a path or a URL
  std::string issuer;
  std::string audience;
};

// `iss` and `aud` of the tokens of local accounts.
inline constexpr char kLocalIssuer[] = "gongkai";
inline constexpr char kLocalAudience[] = "gongkai";

// Tokens that the service signs itself, beside those of `--issuer`.
struct LocalTokens {
  const TokenSigner* signer = nullptr;  // null where there are none
  // Whether one of them was taken back before its time. Asked at every call; must be quick.
  TokenAuthenticator::Revoked revoked;
};

// Every fault; none for `none` without anything else. With `local` tokens another issuer may be
// left out.
std::vector<config::Fault> FaultsOf(const AuthSettings& settings, bool local = false);

// The gate as set, with what it needs. `settings` must be without faults. `none` is warned of in
// the log.
class Guard {
 public:
  // What is given must outlive the guard.
  explicit Guard(const AuthSettings& settings, const UnitLookup* units = nullptr,
                 const LocalTokens& local = {});

  const Gate& gate() const { return *gate_; }

 private:
  std::unique_ptr<TokenVerifier> verifier_;
  std::unique_ptr<TokenAuthenticator> authenticator_;
  std::unique_ptr<Gate> gate_;
};

}  // namespace gongkai::auth
