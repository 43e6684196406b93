#include "services/plans/store/account_store.h"

#include <nlohmann/json.hpp>

#include "services/plans/store/postgres/account_stores.h"

namespace gongkai::plans {
namespace {

using nlohmann::json;
using postgres::Session;
using postgres::Statement;

constexpr Statement kInsertAccount{"insert_account", R"sql(
  insert into account (account, display_name, password_hash, grants) values ($1, $2, $3, $4::jsonb)
  on conflict do nothing
)sql"};

constexpr Statement kPutAccount{"put_account", R"sql(
  insert into account as a (account, display_name, password_hash, grants)
  values ($1, $2, $3, $4::jsonb)
  on conflict (account) do update
  set display_name = excluded.display_name, password_hash = excluded.password_hash,
      grants = excluded.grants, update_time = now(), revision = a.revision + 1
)sql"};

constexpr Statement kEndAll{"end_sessions_of_account", R"sql(
  update account_session set end_time = now()
  where account = $1 and end_time is null and expire_time > now()
)sql"};

constexpr Statement kForgetAttempts{"forget_attempts", R"sql(
  delete from sign_in_attempt where account = $1 or last_time < now() - interval '1 day'
)sql"};

constexpr Statement kFindAccount{"find_account", R"sql(
  select account, display_name, password_hash, grants::text from account where account = $1
)sql"};

// Attempts beyond the fifth neither count nor prolong the pause.
constexpr Statement kCountAttempt{"count_attempt", R"sql(
  insert into sign_in_attempt as a (account, failures) values ($1, 1)
  on conflict (account) do update
  set failures = case when a.last_time <= now() - make_interval(secs => $3) then 1
                      else least(a.failures, $2) + 1 end,
      last_time = case when a.failures >= $2 and a.last_time > now() - make_interval(secs => $3)
                       then a.last_time else now() end
  returning failures, ceil(extract(epoch from last_time - now()) + $3)::int
)sql"};

constexpr Statement kBeginSession{"begin_session", R"sql(
  insert into account_session (session, account, address, expire_time)
  values ($1, $2, $3, to_timestamp($4))
)sql"};

constexpr Statement kEndSession{"end_session", R"sql(
  update account_session set end_time = now() where session = $1 and end_time is null
)sql"};

constexpr Statement kEndedSessions{"ended_sessions", R"sql(
  select session from account_session where end_time is not null and expire_time > now()
)sql"};

std::string GrantsJson(const std::vector<auth::Grant>& grants) {
  auto list = json::array();
  for (const auto& grant : grants) {
    list.push_back({{"role", auth::Label(grant.role)},
                    {"division", auth::DivisionNameOf(grant)},
                    {"unit", auth::UnitNameOf(grant)}});
  }
  return list.dump();
}

Result<std::vector<auth::Grant>> ParseGrants(const std::string& text) {
  std::vector<auth::Grant> grants;
  for (const auto& entry : json::parse(text)) {
    const auto grant = auth::MakeGrant(entry.value("role", ""), entry.value("division", ""),
                                       entry.value("unit", ""));
    if (!grant) return Fail(Internal("a stored grant is malformed"));
    grants.push_back(*grant);
  }
  return grants;
}

Error Exists(const std::string& account) {
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "ACCOUNT_EXISTS",
          .message = "there is an account " + account +
                     " already; --replace gives it a new "
                     "password and new grants"};
}

// What the writes of this store answer; nothing reads it.
Document Nothing() { return "{}"; }

Result<void> Done(const Result<Document>& written) {
  if (!written) return Fail(written.error());
  return {};
}

class PostgresAccountStore final : public AccountStore {
 public:
  explicit PostgresAccountStore(Access& access) : access_(access) {}

  Result<void> PutAccount(const WriteContext& context, const Account& account,
                          bool replace) override {
    return Done(access_.Write(context, {}, [&](Session& session) -> Result<Document> {
      const auto written =
          session.Execute(replace ? kPutAccount : kInsertAccount, account.account,
                          account.display_name, account.password_hash, GrantsJson(account.grants));
      if (written.affected_rows() == 0) return Fail(Exists(account.account));
      session.Execute(kEndAll, account.account);
      session.Execute(kForgetAttempts, account.account);
      return Nothing();
    }));
  }

  Result<std::optional<Account>> FindAccount(const std::string& account) override {
    return access_.Read([&](Session& session) -> Result<std::optional<Account>> {
      const auto rows = session.Execute(kFindAccount, account);
      if (rows.empty()) return std::nullopt;
      auto grants = ParseGrants(rows[0][3].c_str());
      if (!grants) return Fail(grants.error());
      return Account{rows[0][0].c_str(), rows[0][1].c_str(), rows[0][2].c_str(),
                     std::move(*grants)};
    });
  }

  Result<std::optional<std::chrono::seconds>> CountAttempt(const std::string& account) override {
    return access_.database().Write(
        [&](Session& session) -> Result<std::optional<std::chrono::seconds>> {
          const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(kPause).count();
          const auto row = session.Execute(kCountAttempt, account, kMostFailures, seconds)[0];
          if (row[0].as<int>() <= kMostFailures) return std::nullopt;
          return std::chrono::seconds(row[1].as<int>());
        });
  }

  Result<void> BeginSession(const WriteContext& context, const NewSession& begun) override {
    return Done(access_.Write(context, {}, [&](Session& session) -> Result<Document> {
      const auto expiry =
          std::chrono::duration_cast<std::chrono::seconds>(begun.expire_time.time_since_epoch());
      session.Execute(kBeginSession, begun.session, begun.account, begun.address, expiry.count());
      session.Execute(kForgetAttempts, begun.account);
      return Nothing();
    }));
  }

  Result<void> EndSession(const WriteContext& context, const std::string& ended) override {
    return Done(access_.Write(context, {}, [&](Session& session) -> Result<Document> {
      session.Execute(kEndSession, ended);
      return Nothing();
    }));
  }

  Result<std::set<std::string>> EndedSessions() override {
    return access_.Read([&](Session& session) -> Result<std::set<std::string>> {
      std::set<std::string> sessions;
      for (const auto& row : session.Execute(kEndedSessions)) sessions.insert(row[0].c_str());
      return sessions;
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<AccountStore> MakeAccountStore(Access& access) {
  return std::make_unique<PostgresAccountStore>(access);
}

}  // namespace gongkai::plans
