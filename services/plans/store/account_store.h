// Local accounts, attempts to sign in, and sessions.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/common/auth/principal.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct Account {
  std::string account;  // lower case
  std::string display_name;
  std::string password_hash;
  std::vector<auth::Grant> grants;
};

struct NewSession {
  std::string session;  // unique, hard to guess
  std::string account;
  std::string address;
  std::chrono::system_clock::time_point expire_time;
};

// Thread-safe.
class AccountStore {
 public:
  // Five attempts, then a pause of a quarter of an hour, for a name that exists and for one that
  // does not alike.
  static constexpr int kMostFailures = 5;
  static constexpr std::chrono::minutes kPause{15};

  virtual ~AccountStore() = default;

  // ALREADY_EXISTS unless `replace`: then password, name and grants are the new ones, its sessions
  // have ended and it may try again.
  virtual Result<void> PutAccount(const WriteContext& context, const Account& account,
                                  bool replace) = 0;
  // Nothing for one that does not exist.
  virtual Result<std::optional<Account>> FindAccount(const std::string& account) = 0;

  // Counts an attempt before it is judged, so that many at once are not more than five. How long to
  // wait, or nothing if this one may be made.
  virtual Result<std::optional<std::chrono::seconds>> CountAttempt(const std::string& account) = 0;

  // Keeps the session; the account's attempts are forgotten.
  virtual Result<void> BeginSession(const WriteContext& context, const NewSession& session) = 0;
  // Does nothing to a session that does not exist or has ended.
  virtual Result<void> EndSession(const WriteContext& context, const std::string& session) = 0;
  // Those that have ended before their time, which is still to come.
  virtual Result<std::set<std::string>> EndedSessions() = 0;
};

}  // namespace gongkai::plans
