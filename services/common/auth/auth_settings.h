// `--auth`, `--jwks`, `--issuer`, `--audience`: how a service knows who calls.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/common/auth/gate.h"
#include "services/common/auth/token_authenticator.h"
#include "services/common/config/config.h"

namespace gongkai::auth {

// As written by the operator.
struct AuthSettings {
  std::string auth;  // `none` or `jwt`; there is no default
  std::string jwks;  // a path or a URL
  std::string issuer;
  std::string audience;
};

// Every fault; none for `none` without anything else.
std::vector<config::Fault> FaultsOf(const AuthSettings& settings);

// The gate as set, with what it needs. `settings` must be without faults. `none` is warned of in
// the log.
class Guard {
 public:
  explicit Guard(const AuthSettings& settings, const UnitLookup* units = nullptr);

  const Gate& gate() const { return *gate_; }

 private:
  std::unique_ptr<TokenVerifier> verifier_;
  std::unique_ptr<TokenAuthenticator> authenticator_;
  std::unique_ptr<Gate> gate_;
};

}  // namespace gongkai::auth
