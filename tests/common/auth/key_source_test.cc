#include "services/common/auth/key_source.h"

#include <gtest/gtest.h>

#include "services/common/auth/token_authenticator.h"
#include "tests/common/auth/test_issuer.h"

namespace gongkai::auth {
namespace {

using testing::KeySetOf;
using testing::TestKey;
using testing::Token;

// An issuer whose keys change and whose door is shut now and then, and a clock that stands still.
class KeySourceTest : public ::testing::Test {
 protected:
  KeySource Source() {
    return KeySource(
        [this]() -> Result<std::string> {
          ++reads_;
          if (down_) return Fail(Unavailable("DOWN", "down"));
          return key_set_;
        },
        {.now = [this] { return now_; }});
  }

  bool Has(KeySource& source, const std::string& kid) {
    const auto key = source.Find(kid);
    return key && *key;
  }

  const TestKey first_{TestKey::Kind::kEd25519, "first"};
  const TestKey second_{TestKey::Kind::kEd25519, "second"};
  std::string key_set_ = KeySetOf({&first_});
  bool down_ = false;
  int reads_ = 0;
  KeySource::Clock::time_point now_{std::chrono::hours(1)};
};

TEST_F(KeySourceTest, ReadsAgainForANewKey) {
  auto source = Source();
  EXPECT_TRUE(Has(source, "first"));
  key_set_ = KeySetOf({&first_, &second_});
  now_ += std::chrono::seconds(10);
  EXPECT_TRUE(Has(source, "second"));
  EXPECT_EQ(reads_, 2);
}

TEST_F(KeySourceTest, IsNotMadeToReadAtEveryUnknownKey) {
  auto source = Source();
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(Has(source, "made up " + std::to_string(i)));
  EXPECT_EQ(reads_, 1);
  now_ += std::chrono::seconds(10);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(Has(source, "made up " + std::to_string(i)));
  EXPECT_EQ(reads_, 2);
}

TEST_F(KeySourceTest, ForgetsAWithdrawnKeyAfterFiveMinutes) {
  auto source = Source();
  EXPECT_TRUE(Has(source, "first"));
  key_set_ = KeySetOf({&second_});
  now_ += std::chrono::seconds(299);
  EXPECT_TRUE(Has(source, "first"));
  now_ += std::chrono::seconds(1);
  EXPECT_FALSE(Has(source, "first"));
}

TEST_F(KeySourceTest, GoesOnWithItsKeysWhileTheIssuerIsDown) {
  auto source = Source();
  EXPECT_TRUE(Has(source, "first"));
  down_ = true;
  now_ += std::chrono::hours(1);
  EXPECT_TRUE(Has(source, "first"));
}

TEST_F(KeySourceTest, SaysSoWhileThereAreNoKeysAtAll) {
  auto source = Source();
  down_ = true;
  EXPECT_EQ(source.Find("first").error().code, ErrorCode::kUnavailable);
  down_ = false;
  now_ += std::chrono::seconds(10);
  EXPECT_TRUE(Has(source, "first"));
}

TEST(KeyReader, ReadsFilesAndSaysWhatItCannotRead) {
  EXPECT_EQ(KeyReader("/nowhere/keys.json")().error().code, ErrorCode::kUnavailable);
  // Nothing listens on port 1.
  EXPECT_EQ(KeyReader("http://127.0.0.1:1/keys")().error().code, ErrorCode::kUnavailable);
}

TEST(KeyReader, KnowsItsUrls) {
  EXPECT_TRUE(IsKeyUrl("https://id.example.gov.cn/keys"));
  EXPECT_TRUE(IsKeyUrl("http://127.0.0.1:8080/keys"));
  EXPECT_FALSE(IsKeyUrl("http://id.example.gov.cn/keys"));
  EXPECT_FALSE(IsKeyUrl("file:///etc/passwd"));
  EXPECT_FALSE(IsKeyUrl("keys.json"));
}

// Tokens verified once.
class TokenAuthenticatorTest : public ::testing::Test {
 protected:
  using Clock = TokenAuthenticator::Clock;

  std::string Bearer(const std::string& subject, int seconds = 3600) {
    const auto expiry = std::chrono::duration_cast<std::chrono::seconds>(
                            (now_ + std::chrono::seconds(seconds)).time_since_epoch())
                            .count();
    return "Bearer " + Token(key_, {{"iss", "i"}, {"aud", "a"}, {"sub", subject}, {"exp", expiry}});
  }

  const TestKey key_{TestKey::Kind::kEd25519, "k"};
  Clock::time_point now_{std::chrono::seconds(1'800'000'000)};
  std::string key_set_ = KeySetOf({&key_});
  KeySource::Clock::time_point key_now_{std::chrono::hours(1)};
  const TokenVerifier verifier_{
      {{.issuer = "i",
        .audience = "a",
        .keys = std::make_shared<KeySource>([this]() -> Result<std::string> { return key_set_; },
                                            KeySource::Rules{.now = [this] { return key_now_; }})}},
      [this] { return now_; }};
};

TEST_F(TokenAuthenticatorTest, KnowsATokenAgain) {
  const TokenAuthenticator authenticator(verifier_, nullptr, [this] { return now_; });
  const auto bearer = Bearer("a");
  const auto first = authenticator.Authenticate(bearer);
  const auto again = authenticator.Authenticate(bearer);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(*first, *again) << "the same principal, not another one";
}

TEST_F(TokenAuthenticatorTest, DoesNotKnowATokenBeyondItsTime) {
  const TokenAuthenticator authenticator(verifier_, nullptr, [this] { return now_; });
  const auto bearer = Bearer("a", 100);
  EXPECT_TRUE(authenticator.Authenticate(bearer));
  now_ += std::chrono::seconds(160);
  EXPECT_EQ(authenticator.Authenticate(bearer).error().reason, "ACCESS_TOKEN_EXPIRED");
}

TEST_F(TokenAuthenticatorTest, NoticesAWithdrawnKeyAfterAWhile) {
  const TokenAuthenticator authenticator(verifier_, nullptr, [this] { return now_; });
  const auto bearer = Bearer("a");
  EXPECT_TRUE(authenticator.Authenticate(bearer));
  const TestKey other(TestKey::Kind::kEd25519, "other");
  key_set_ = KeySetOf({&other});
  EXPECT_TRUE(authenticator.Authenticate(bearer));
  now_ += std::chrono::minutes(5);
  key_now_ += std::chrono::minutes(5);
  EXPECT_EQ(authenticator.Authenticate(bearer).error().reason, "TOKEN_INVALID");
}

TEST_F(TokenAuthenticatorTest, AsksAtEveryCallWhetherATokenWasTakenBack) {
  bool revoked = false;
  const TokenAuthenticator authenticator(
      verifier_, [&](const Principal& principal) { return revoked && principal.subject == "a"; },
      [this] { return now_; });
  const auto bearer = Bearer("a");
  EXPECT_TRUE(authenticator.Authenticate(bearer));
  revoked = true;
  EXPECT_EQ(authenticator.Authenticate(bearer).error().reason, "TOKEN_REVOKED");
  EXPECT_TRUE(authenticator.Authenticate(Bearer("b")));
}

TEST_F(TokenAuthenticatorTest, KeepsABoundedNumberAndThoseInUse) {
  const TokenAuthenticator authenticator(
      verifier_, nullptr, [this] { return now_; }, 8);
  const auto used = Bearer("used");
  const auto principal = authenticator.Authenticate(used);
  ASSERT_TRUE(principal);
  std::weak_ptr<const Principal> unused = *authenticator.Authenticate(Bearer("unused"));
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(authenticator.Authenticate(Bearer("other " + std::to_string(i))));
    EXPECT_EQ(*authenticator.Authenticate(used), *principal);
  }
  EXPECT_TRUE(unused.expired());
}

TEST_F(TokenAuthenticatorTest, TakesNothingButBearerTokens) {
  const TokenAuthenticator authenticator(verifier_, nullptr, [this] { return now_; });
  const auto token = Bearer("a").substr(7);
  EXPECT_TRUE(authenticator.Authenticate("bearer " + token));
  for (const auto& other : {token, "Basic " + token, std::string("Bearer"), std::string("Bearer "),
                            "Bearer  " + token}) {
    EXPECT_EQ(authenticator.Authenticate(other).error().reason, "TOKEN_INVALID") << other;
  }
}

}  // namespace
}  // namespace gongkai::auth
