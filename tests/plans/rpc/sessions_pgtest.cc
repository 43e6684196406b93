// Signing in with a local account, as far as the database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <thread>

#include "gongkai/plans/v1/audit.grpc.pb.h"
#include "gongkai/plans/v1/directory.grpc.pb.h"
#include "gongkai/plans/v1/sessions.grpc.pb.h"
#include "services/common/postgres/database.h"
#include "services/plans/accounts/password.h"
#include "services/plans/store/postgres/account_stores.h"
#include "tests/plans/support/guarded_world.h"

namespace gongkai::plans {
namespace {

constexpr char kPassword[] = "Qing-He-2026";

class Sessions : public ::testing::Test {
 protected:
  Sessions() { PutAccount(kPassword, false); }

  void PutAccount(const std::string& password, bool replace) {
    postgres::Database database({.conninfo = world_.conninfo(), .connections = 1});
    Access access(database, [] {});
    const auto put =
        MakeAccountStore(access)->PutAccount({.actor = "test", .method = "test"},
                                             {.account = "office",
                                              .display_name = "青禾县政务公开办",
                                              .password_hash = HashPassword(password),
                                              .grants = {{auth::Role::kCountyOffice, 370124, 0}}},
                                             replace);
    ASSERT_TRUE(put) << put.error().message;
  }

  Result<v1::Session> SignIn(const std::string& account, const std::string& password) {
    v1::CreateSessionRequest request;
    request.set_account(account);
    request.set_password(password);
    return world_.Call("", *sessions_, &v1::Sessions::Stub::CreateSession, request);
  }

  std::string TokenOf(const std::string& account, const std::string& password) {
    const auto session = SignIn(account, password);
    EXPECT_TRUE(session) << session.error().message;
    return session ? "Bearer " + session->access_token() : "";
  }

  Result<v1::Session> Current(const std::string& token) {
    v1::GetSessionRequest request;
    request.set_name("sessions/current");
    return world_.Call(token, *sessions_, &v1::Sessions::Stub::GetSession, request);
  }

  Result<v1::Session> SignOut(const std::string& token) {
    v1::DeleteSessionRequest request;
    request.set_name("sessions/current");
    return world_.Call(token, *sessions_, &v1::Sessions::Stub::DeleteSession, request);
  }

  void Execute(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    pqxx::work work(connection);
    work.exec(sql);
    work.commit();
  }

  testing::GuardedWorld world_;
  const std::unique_ptr<v1::Sessions::Stub> sessions_ = v1::Sessions::NewStub(world_.channel());
};

TEST_F(Sessions, SayWhoSignedInAndWhatTheyMay) {
  const auto session = SignIn("Office", kPassword);
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_EQ(session->account(), "office");
  EXPECT_EQ(session->display_name(), "青禾县政务公开办");
  ASSERT_EQ(session->grants_size(), 1);
  EXPECT_EQ(session->grants(0).role(), "COUNTY_OFFICE");
  EXPECT_EQ(session->grants(0).division(), "divisions/370124");

  auto current = Current("Bearer " + session->access_token());
  ASSERT_TRUE(current) << current.error().message;
  EXPECT_EQ(current->access_token(), "");
  EXPECT_EQ(current->authentication(), v1::Session::TOKEN);
  current->set_access_token(session->access_token());
  EXPECT_EQ(current->SerializeAsString(), session->SerializeAsString());
}

TEST_F(Sessions, LetIntoTheOwnDivisionOnly) {
  const auto token = TokenOf("office", kPassword);
  const auto directory = v1::Directory::NewStub(world_.channel());
  v1::ListUnitsRequest request;
  request.set_parent("divisions/370124");
  EXPECT_TRUE(world_.Call(token, *directory, &v1::Directory::Stub::ListUnits, request));
  request.set_parent("divisions/370125");
  EXPECT_EQ(world_.Call(token, *directory, &v1::Directory::Stub::ListUnits, request).error().code,
            ErrorCode::kNotFound);
}

TEST_F(Sessions, TellTheSameOfAnUnknownAccountAndAWrongPassword) {
  const auto wrong = SignIn("office", "Bai-Shi-2026"), unknown = SignIn("nobody", kPassword);
  ASSERT_FALSE(wrong || unknown);
  EXPECT_EQ(wrong.error().code, ErrorCode::kUnauthenticated);
  EXPECT_EQ(wrong.error().reason, unknown.error().reason);
  EXPECT_EQ(wrong.error().message, unknown.error().message);
  EXPECT_EQ(SignIn("", kPassword).error().reason, "WRONG_PASSWORD");
  EXPECT_EQ(SignIn(std::string(5000, 'a'), kPassword).error().reason, "WRONG_PASSWORD");
}

TEST_F(Sessions, LockAfterFiveFailuresAccountOrNot) {
  for (const char* account : {"office", "nobody"}) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(SignIn(account, "Wrong-Word-1").error().reason, "WRONG_PASSWORD") << i;
    }
    const auto locked = SignIn(account, kPassword);
    ASSERT_FALSE(locked) << "not even with the right one";
    EXPECT_EQ(locked.error().reason, "ACCOUNT_LOCKED");
    EXPECT_EQ(locked.error().code, ErrorCode::kResourceExhausted);
    const int wait = std::stoi(locked.error().metadata.at("retry_after_seconds"));
    EXPECT_GT(wait, 14 * 60);
    EXPECT_LE(wait, 15 * 60);
  }
  Execute("update sign_in_attempt set last_time = last_time - interval '15 minutes'");
  EXPECT_TRUE(SignIn("office", kPassword)) << "a quarter of an hour later";
}

TEST_F(Sessions, DoNotLetAPauseBeProlonged) {
  for (int i = 0; i < 5; ++i) SignIn("office", "Wrong-Word-1");
  Execute("update sign_in_attempt set last_time = last_time - interval '14 minutes'");
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(SignIn("office", kPassword).error().reason, "ACCOUNT_LOCKED");
  Execute("update sign_in_attempt set last_time = last_time - interval '1 minute'");
  EXPECT_TRUE(SignIn("office", kPassword));
}

TEST_F(Sessions, CountAttemptsThatComeAtOnce) {
  std::atomic<int> judged = 0;
  std::vector<std::thread> attackers;
  for (int i = 0; i < 12; ++i) {
    attackers.emplace_back([&] {
      const auto answer = SignIn("office", "Wrong-Word-1");
      if (!answer && answer.error().reason == "WRONG_PASSWORD") ++judged;
    });
  }
  for (auto& attacker : attackers) attacker.join();
  EXPECT_EQ(judged, 5);
}

TEST_F(Sessions, ForgetFailuresAfterASuccess) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) SignIn("office", "Wrong-Word-1");
    EXPECT_TRUE(SignIn("office", kPassword)) << round;
  }
}

TEST_F(Sessions, EndAtOnce) {
  const auto token = TokenOf("office", kPassword), other = TokenOf("office", kPassword);
  ASSERT_TRUE(Current(token));
  ASSERT_TRUE(SignOut(token));
  EXPECT_EQ(Current(token).error().reason, "TOKEN_REVOKED");
  EXPECT_EQ(SignOut(token).error().code, ErrorCode::kUnauthenticated);
  EXPECT_TRUE(Current(other)) << "another session of the same account";
}

TEST_F(Sessions, EndWithANewPassword) {
  const auto token = TokenOf("office", kPassword);
  PutAccount("Bai-Shi-2026", true);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (Current(token)) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit) << "the session goes on and on";
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(SignIn("office", kPassword).error().reason, "WRONG_PASSWORD");
  EXPECT_TRUE(SignIn("office", "Bai-Shi-2026"));
}

TEST_F(Sessions, AreNotThoseOfAnotherIssuer) {
  const auto token = world_.Token("zhang.san", {{auth::Role::kAuditor, 370000, 0}});
  EXPECT_EQ(Current(token)->account(), "zhang.san");
  EXPECT_EQ(SignOut(token).error().reason, "NO_LOCAL_ACCOUNTS");
}

TEST_F(Sessions, NeedAToken) {
  EXPECT_EQ(Current("").error().code, ErrorCode::kUnauthenticated);
  EXPECT_EQ(Current("Bearer x.y.z").error().code, ErrorCode::kUnauthenticated);
}

TEST_F(Sessions, StandInTheAuditTrailWithoutThePassword) {
  ASSERT_TRUE(SignOut(TokenOf("office", kPassword)));
  pqxx::connection connection(world_.conninfo());
  pqxx::nontransaction session(connection);
  const auto rows = session.exec(
      "select action, actor, coalesce(before::text, '') || coalesce(after::text, '') "
      "from audit_entry where resource like 'accounts/%' order by txid, seq");
  ASSERT_EQ(rows.size(), 3);
  EXPECT_STREQ(rows[0][1].c_str(), "test");
  EXPECT_STREQ(rows[1][1].c_str(), "office");
  EXPECT_STREQ(rows[2][0].c_str(), "UPDATE");
  for (const auto& row : rows) {
    EXPECT_THAT(row[2].c_str(), ::testing::Not(::testing::HasSubstr("argon2")));
  }
}

}  // namespace
}  // namespace gongkai::plans
