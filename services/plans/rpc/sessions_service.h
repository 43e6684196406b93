// gongkai.plans.v1.Sessions.
#pragma once

#include <chrono>
#include <optional>

#include "gongkai/plans/v1/sessions.pb.h"
#include "services/common/auth/token_signer.h"
#include "services/common/rpc/call.h"
#include "services/plans/accounts/ended_sessions.h"
#include "services/plans/store/account_store.h"

namespace gongkai::plans {

// How sessions of local accounts are made.
struct SessionRules {
  // Signs their tokens; nothing where there are no local accounts.
  std::optional<auth::TokenSigner> signer;
  std::chrono::minutes life{120};
};

// The handlers: thread-safe, know no network. What is given must outlive the service.
class SessionsService {
 public:
  SessionsService(AccountStore& store, EndedSessions& ended, const SessionRules& rules)
      : store_(store), ended_(ended), rules_(rules) {}

  // Takes as long as a password's hash.
  Result<v1::Session> CreateSession(const rpc::Caller&, const v1::CreateSessionRequest&);
  Result<v1::Session> GetSession(const rpc::Caller&, const v1::GetSessionRequest&);
  Result<v1::Session> DeleteSession(const rpc::Caller&, const v1::DeleteSessionRequest&);

 private:
  Result<Account> SignIn(const std::string& account, const std::string& password);

  AccountStore& store_;
  EndedSessions& ended_;
  const SessionRules& rules_;
};

}  // namespace gongkai::plans
