#include "services/common/auth/token_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/common/auth/name_place.h"
#include "services/common/auth/token_signer.h"
#include "services/common/text/base64url.h"
#include "tests/common/auth/test_issuer.h"

namespace gongkai::auth {
namespace {

using nlohmann::json;
using testing::Hs256;
using testing::KeySetOf;
using testing::TestKey;
using testing::Token;
using testing::Unsigned;

constexpr char kIssuer[] = "https://id.example.gov.cn";
constexpr char kAudience[] = "gongkai";
constexpr std::int64_t kNow = 1'800'000'000;

// Made once: an RSA key takes its time.
const TestKey& RsaKey() {
  static const auto& key = *new TestKey(TestKey::Kind::kRsa, "rsa-1");
  return key;
}
const TestKey& EcKey() {
  static const auto& key = *new TestKey(TestKey::Kind::kEc, "ec-1");
  return key;
}
const TestKey& EdKey() {
  static const auto& key = *new TestKey(TestKey::Kind::kEd25519, "ed-1");
  return key;
}

json Claims() {
  return {{"iss", kIssuer},
          {"aud", kAudience},
          {"sub", "zhang.san"},
          {"name", "张三"},
          {"iat", kNow},
          {"exp", kNow + 600},
          {"grants",
           {{{"role", "UNIT_CLERK"}, {"unit", "divisions/370124/units/17"}},
            {{"role", "SUPERVISOR"}, {"division", "divisions/370100"}}}}};
}

json ClaimsWith(const char* name, const json& value) {
  auto claims = Claims();
  claims[name] = value;
  return claims;
}

json ClaimsWithout(const char* name) {
  auto claims = Claims();
  claims.erase(name);
  return claims;
}

Result<Principal> VerifyWith(const std::string& key_set, const std::string& token) {
  const TokenVerifier verifier(
      {{.issuer = kIssuer,
        .audience = kAudience,
        .keys = std::make_shared<KeySource>([=]() -> Result<std::string> { return key_set; })}},
      [] { return TokenVerifier::Clock::time_point(std::chrono::seconds(kNow)); });
  return verifier.Verify(token);
}

Result<Principal> Verify(const std::string& token) {
  return VerifyWith(KeySetOf({&RsaKey(), &EcKey(), &EdKey()}), token);
}

std::string ReasonOf(const Result<Principal>& result) {
  return result ? "" : result.error().reason;
}

TEST(TokenVerifier, TakesTheThreeAlgorithmsEachWithItsKey) {
  for (const auto* key : {&RsaKey(), &EcKey(), &EdKey()}) {
    const auto principal = Verify(Token(*key, Claims()));
    ASSERT_TRUE(principal) << key->algorithm() << ": " << principal.error().message;
    EXPECT_EQ(principal->subject, "zhang.san");
    EXPECT_EQ(principal->display_name, "张三");
    EXPECT_THAT(principal->grants, ::testing::ElementsAre(Grant{Role::kUnitClerk, 370124, 17},
                                                          Grant{Role::kSupervisor, 370100, 0}));
  }
}

TEST(TokenVerifier, TakesATokenThatTheSignerMade) {
  const auto signer = TokenSigner::Generate();
  const Principal principal{.subject = "office",
                            .display_name = "某县政务公开办",
                            .token_id = "7",
                            .issuer = kIssuer,
                            .grants = {{Role::kCountyOffice, 370124, 0}},
                            .expire_time = TokenVerifier::Clock::now() + std::chrono::hours(1)};
  const TokenVerifier verifier({{.issuer = kIssuer,
                                 .audience = kAudience,
                                 .keys = std::make_shared<KeySource>([&]() -> Result<std::string> {
                                   return signer.KeySetJson();
                                 })}});
  const auto restored = TokenSigner::Parse(signer.ToPem());
  ASSERT_TRUE(restored);
  const auto read = verifier.Verify(restored->Sign(principal, kAudience));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->subject, principal.subject);
  EXPECT_EQ(read->display_name, principal.display_name);
  EXPECT_EQ(read->token_id, "7");
  EXPECT_EQ(read->grants, principal.grants);
}

TEST(TokenVerifier, RefusesATokenWithoutASignature) {
  for (const char* algorithm : {"none", "None", "NONE", ""}) {
    const json header = {{"alg", algorithm}, {"kid", "rsa-1"}};
    EXPECT_EQ(ReasonOf(Verify(Unsigned(header, Claims()) + ".")), "TOKEN_INVALID") << algorithm;
  }
  const json header = {{"alg", "RS256"}, {"kid", "rsa-1"}};
  EXPECT_EQ(ReasonOf(Verify(Unsigned(header, Claims()) + ".")), "TOKEN_INVALID");
}

TEST(TokenVerifier, RefusesThePublicKeyAsASharedSecret) {
  const auto text = Unsigned({{"alg", "HS256"}, {"kid", "rsa-1"}}, Claims());
  EXPECT_EQ(ReasonOf(Verify(text + "." + Hs256(RsaKey().PublicPem(), text))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(text + "." + Hs256(RsaKey().Jwk()["n"], text))), "TOKEN_INVALID");
}

TEST(TokenVerifier, RefusesAKeyOfAnotherAlgorithm) {
  EXPECT_EQ(ReasonOf(Verify(Token(EcKey(), {{"alg", "ES256"}, {"kid", "ed-1"}}, Claims()))),
            "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EcKey(), {{"alg", "RS256"}, {"kid", "ec-1"}}, Claims()))),
            "TOKEN_INVALID");
}

TEST(TokenVerifier, RefusesAStrangersKeyWhateverTheHeaderPointsTo) {
  const TestKey stranger(TestKey::Kind::kEc, "ec-1");
  EXPECT_EQ(ReasonOf(Verify(Token(stranger, Claims()))), "TOKEN_INVALID");
  const json embedded = {{"alg", "ES256"},
                         {"kid", "ec-1"},
                         {"jwk", stranger.Jwk()},
                         {"jku", "http://127.0.0.1:1/keys"},
                         {"x5u", "file:///dev/zero"}};
  EXPECT_EQ(ReasonOf(Verify(Token(stranger, embedded, Claims()))), "TOKEN_INVALID");
}

TEST(TokenVerifier, TakesANameOfAKeyForNothingButAName) {
  for (const char* kid : {"../../../../dev/null", "/etc/passwd", "' or '1'='1", "rsa-1\n", ""}) {
    EXPECT_EQ(ReasonOf(Verify(Token(RsaKey(), {{"alg", "RS256"}, {"kid", kid}}, Claims()))),
              "TOKEN_INVALID")
        << kid;
  }
  EXPECT_EQ(ReasonOf(Verify(Token(RsaKey(), {{"alg", "RS256"}, {"kid", 1}}, Claims()))),
            "TOKEN_INVALID");
}

TEST(TokenVerifier, RefusesExtensionsThatItDoesNotKnow) {
  const json header = {{"alg", "EdDSA"}, {"kid", "ed-1"}, {"crit", {"b64"}}, {"b64", false}};
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), header, Claims()))), "TOKEN_INVALID");
}

TEST(TokenVerifier, RefusesAChangeOfAnyPart) {
  const auto token = Token(EdKey(), Claims());
  ASSERT_TRUE(Verify(token));
  for (std::size_t i = 0; i < token.size(); i += 7) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed == token) continue;
    EXPECT_FALSE(Verify(changed)) << "at " << i;
  }
  EXPECT_FALSE(Verify(token + "="));
  EXPECT_FALSE(Verify(token + "." + token));
  EXPECT_FALSE(Verify(token.substr(0, token.rfind('.'))));
  EXPECT_FALSE(Verify(""));
  EXPECT_FALSE(Verify(".."));
}

TEST(TokenVerifier, RefusesAnotherIssuerAndAudience) {
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("iss", "https://id.example.com")))),
            "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWithout("iss")))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("aud", "payroll")))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWithout("aud")))), "TOKEN_INVALID");
  EXPECT_TRUE(Verify(Token(EdKey(), ClaimsWith("aud", json{"payroll", "gongkai"}))));
}

TEST(TokenVerifier, HoldsToTheTimesWithAMinuteOfSkew) {
  EXPECT_TRUE(Verify(Token(EdKey(), ClaimsWith("exp", kNow - 59))));
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("exp", kNow - 60)))), "ACCESS_TOKEN_EXPIRED");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWithout("exp")))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("exp", "soon")))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("exp", 1e300)))), "TOKEN_INVALID");
  EXPECT_TRUE(Verify(Token(EdKey(), ClaimsWith("nbf", kNow + 60))));
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("nbf", kNow + 61)))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("iat", kNow + 61)))), "TOKEN_INVALID");
}

TEST(TokenVerifier, RefusesClaimsThatNameNobodyOrNowhere) {
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWithout("sub")))), "TOKEN_INVALID");
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("sub", "a\nb")))), "TOKEN_INVALID");
  for (const json& grant : {json{{"role", "UNIT_CLERK"}}, json{{"role", "COUNTY_OFFICE"}},
                            json{{"role", "SUPERVISOR"}, {"division", "370100"}},
                            json{{"role", "SUPERVISOR"}, {"division", "divisions/-"}},
                            json{{"role", "UNIT_CLERK"},
                                 {"division", "divisions/370124"},
                                 {"unit", "divisions/370125/units/1"}}}) {
    EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("grants", json::array({grant}))))),
              "TOKEN_INVALID")
        << grant;
  }
}

TEST(Grant, HasAUnitOrEveryUnitOrTheWholeDivision) {
  const auto each = MakeGrant("UNIT_CLERK", "", "divisions/370124/units/-");
  ASSERT_TRUE(each);
  EXPECT_EQ(*each, (Grant{Role::kUnitClerk, 370124, kAnyUnit}));
  EXPECT_EQ(UnitNameOf(*each), "divisions/370124/units/-");
  EXPECT_EQ(UnitNameOf(*MakeGrant("UNIT_HEAD", "", "divisions/370124/units/3")),
            "divisions/370124/units/3");
  for (const char* unit : {"divisions/370124/units/", "divisions/370124/units/03",
                           "divisions/370124/units/3/x", "divisions/-/units/-", "units/3"}) {
    EXPECT_FALSE(MakeGrant("UNIT_CLERK", "", unit)) << unit;
  }
  EXPECT_FALSE(MakeGrant("COUNTY_OFFICE", "", "divisions/370124/units/-"));
}

TEST(TokenVerifier, CountsARoleOfALaterVersionForNothing) {
  const auto principal = Verify(Token(EdKey(), ClaimsWith("grants", {{{"role", "GOVERNOR"}}})));
  ASSERT_TRUE(principal);
  EXPECT_THAT(principal->grants, ::testing::IsEmpty());
}

TEST(TokenVerifier, RefusesATokenBeyondItsLength) {
  EXPECT_EQ(ReasonOf(Verify(Token(EdKey(), ClaimsWith("name", std::string(20000, 'x'))))),
            "TOKEN_INVALID");
}

TEST(KeySet, PassesOverWhatCannotVerify) {
  auto weak = RsaKey().Jwk();
  weak["n"] = ToBase64Url(std::string(64, '\x7f'));
  auto off_curve = EcKey().Jwk();
  off_curve["y"] = ToBase64Url(std::string(32, '\x01'));
  auto encrypting = EdKey().Jwk();
  encrypting["use"] = "enc";
  auto confused = EcKey().Jwk();
  confused["alg"] = "RS256";
  for (const auto& jwk : {weak, off_curve, encrypting, confused,
                          json{{"kty", "oct"}, {"k", "c2VjcmV0"}, {"kid", "x"}}, json("x")}) {
    EXPECT_FALSE(ParseKeySet(json{{"keys", {jwk}}}.dump())) << jwk;
  }
  EXPECT_TRUE(ParseKeySet(json{{"keys", {weak, EdKey().Jwk()}}}.dump()));
}

TEST(KeySet, RefusesATextThatIsNoneAndANameTwice) {
  for (const char* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})"}) {
    EXPECT_FALSE(ParseKeySet(text)) << text;
  }
  EXPECT_FALSE(ParseKeySet(KeySetOf({&EdKey(), &EdKey()})));
}

}  // namespace
}  // namespace gongkai::auth
