#include "services/common/auth/json_web_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>

#include <nlohmann/json.hpp>

#include "services/common/text/base64url.h"

namespace gongkai::auth {
namespace {

using nlohmann::json;

constexpr int kLeastRsaBits = 2048;
constexpr std::size_t kP256Bytes = 32;

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* thing) const {
    free(thing);
  }
};
using BigNumber = std::unique_ptr<BIGNUM, Free<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;
using Key = std::shared_ptr<EVP_PKEY>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

BigNumber NumberOf(std::string_view bytes) {
  return BigNumber(BN_bin2bn(Bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

// The bytes of a member of the key; empty if it is missing or no base64url.
std::string Member(const json& jwk, const char* name) {
  const auto found = jwk.find(name);
  if (found == jwk.end() || !found->is_string()) return "";
  return FromBase64Url(found->get_ref<const std::string&>()).value_or("");
}

std::string Text(const json& jwk, const char* name) {
  const auto found = jwk.find(name);
  return found != jwk.end() && found->is_string() ? found->get<std::string>() : "";
}

Key FromParams(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return Key(key, EVP_PKEY_free);
}

Key RsaKey(const json& jwk) {
  const auto n = NumberOf(Member(jwk, "n"));
  const auto e = NumberOf(Member(jwk, "e"));
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  auto key = FromParams("RSA", builder.get());
  return key && EVP_PKEY_get_bits(key.get()) >= kLeastRsaBits ? key : nullptr;
}

Key P256Key(const json& jwk) {
  const auto x = Member(jwk, "x"), y = Member(jwk, "y");
  if (Text(jwk, "crv") != "P-256" || x.size() != kP256Bytes || y.size() != kP256Bytes) {
    return nullptr;
  }
  const std::string point = "\x04" + x + y;
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  // Refuses a point that is not on the curve.
  return FromParams("EC", builder.get());
}

Key Ed25519Key(const json& jwk) {
  if (Text(jwk, "crv") != "Ed25519") return nullptr;
  const auto x = Member(jwk, "x");
  return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(x), x.size()),
             EVP_PKEY_free);
}

std::optional<VerifyingKey> KeyOf(const json& jwk) {
  if (!jwk.is_object()) return std::nullopt;
  if (jwk.contains("use") && Text(jwk, "use") != "sig") return std::nullopt;
  const auto type = Text(jwk, "kty");
  VerifyingKey key;
  if (type == "RSA") key = {Algorithm::kRs256, RsaKey(jwk)};
  if (type == "EC") key = {Algorithm::kEs256, P256Key(jwk)};
  if (type == "OKP") key = {Algorithm::kEdDsa, Ed25519Key(jwk)};
  if (!key.key) return std::nullopt;
  if (jwk.contains("alg") && AlgorithmOf(Text(jwk, "alg")) != key.algorithm) return std::nullopt;
  return key;
}

// The two numbers of a signature by ECDSA, as tokens have them, in the form that OpenSSL takes.
std::string ToDer(std::string_view signature) {
  if (signature.size() != 2 * kP256Bytes) return "";
  auto r = NumberOf(signature.substr(0, kP256Bytes));
  auto s = NumberOf(signature.substr(kP256Bytes));
  const EcdsaSignature numbers(ECDSA_SIG_new());
  if (ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1) return "";
  (void)r.release();
  (void)s.release();
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(numbers.get(), &der);
  if (size <= 0) return "";
  std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return text;
}

Error NoKeySet(const std::string& problem) { return InvalidArgument("jwks", problem); }

}  // namespace

std::optional<Algorithm> AlgorithmOf(std::string_view label) {
  if (label == "RS256") return Algorithm::kRs256;
  if (label == "ES256") return Algorithm::kEs256;
  if (label == "EdDSA") return Algorithm::kEdDsa;
  return std::nullopt;
}

bool Verify(const VerifyingKey& key, std::string_view signed_text, std::string_view signature) {
  const bool ecdsa = key.algorithm == Algorithm::kEs256;
  const auto form = ecdsa ? ToDer(signature) : std::string(signature);
  const auto* digest = key.algorithm == Algorithm::kEdDsa ? nullptr : EVP_sha256();
  const DigestContext context(EVP_MD_CTX_new());
  return !form.empty() &&
         EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(form), form.size(), Bytes(signed_text),
                          signed_text.size()) == 1;
}

Result<KeySet> ParseKeySet(std::string_view text) {
  const auto set = json::parse(text, nullptr, false);
  if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) {
    return Fail(NoKeySet("is no JSON Web Key Set: an object with an array \"keys\""));
  }
  KeySet keys;
  for (const auto& jwk : set["keys"]) {
    auto key = KeyOf(jwk);
    if (!key) continue;
    const auto kid = Text(jwk, "kid");
    if (!keys.try_emplace(kid, std::move(*key)).second) {
      return Fail(NoKeySet("has two keys with the kid \"" + kid + "\""));
    }
  }
  if (keys.empty()) {
    return Fail(NoKeySet("has no key that can verify RS256, ES256 or EdDSA"));
  }
  return keys;
}

}  // namespace gongkai::auth
