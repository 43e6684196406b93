#include "tests/common/auth/test_issuer.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "services/common/text/base64url.h"

namespace gongkai::auth::testing {
namespace {

using nlohmann::json;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

EVP_PKEY* Generate(TestKey::Kind kind) {
  switch (kind) {
    case TestKey::Kind::kRsa:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(2048));
    case TestKey::Kind::kEc:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case TestKey::Kind::kEd25519:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  }
  throw std::logic_error("no such kind");
}

// A number of the key as base64url, at least `width` bytes.
std::string Number(EVP_PKEY* key, const char* name, int width) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string bytes(static_cast<std::size_t>(std::max(width, BN_num_bytes(number))), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  BN_free(number);
  return ToBase64Url(bytes);
}

// From the form that OpenSSL writes to the two numbers of a token.
std::string RawEcdsa(const std::string& der) {
  const auto* data = Bytes(der);
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size()));
  std::string raw(64, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature), bytes, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature), bytes + 32, 32);
  ECDSA_SIG_free(signature);
  return raw;
}

}  // namespace

TestKey::TestKey(Kind kind, std::string kid)
    : kind_(kind), kid_(std::move(kid)), key_(Generate(kind), EVP_PKEY_free) {}

std::string TestKey::algorithm() const {
  return kind_ == Kind::kRsa ? "RS256" : kind_ == Kind::kEc ? "ES256" : "EdDSA";
}

json TestKey::Jwk() const {
  json jwk = {{"kid", kid_}, {"use", "sig"}, {"alg", algorithm()}};
  if (kind_ == Kind::kRsa) {
    jwk.update({{"kty", "RSA"},
                {"n", Number(key_.get(), OSSL_PKEY_PARAM_RSA_N, 1)},
                {"e", Number(key_.get(), OSSL_PKEY_PARAM_RSA_E, 1)}});
  } else if (kind_ == Kind::kEc) {
    jwk.update({{"kty", "EC"},
                {"crv", "P-256"},
                {"x", Number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32)},
                {"y", Number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32)}});
  } else {
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
    jwk.update({{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", ToBase64Url(raw)}});
  }
  return jwk;
}

std::string TestKey::PublicPem() const {
  const std::unique_ptr<BIO, int (*)(BIO*)> text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PUBKEY(text.get(), key_.get());
  char* data = nullptr;
  const auto size = BIO_get_mem_data(text.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string TestKey::Sign(const std::string& text) const {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, kind_ == Kind::kEd25519 ? nullptr : EVP_sha256(),
                     nullptr, key_.get());
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                 Bytes(text), text.size());
  signature.resize(size);
  return kind_ == Kind::kEc ? RawEcdsa(signature) : signature;
}

std::string KeySetOf(std::initializer_list<const TestKey*> keys) {
  auto list = json::array();
  for (const auto* key : keys) list.push_back(key->Jwk());
  return json{{"keys", list}}.dump();
}

std::string Unsigned(const json& header, const json& claims) {
  return ToBase64Url(header.dump()) + "." + ToBase64Url(claims.dump());
}

std::string Token(const TestKey& key, const json& claims) {
  return Token(key, {{"alg", key.algorithm()}, {"typ", "JWT"}, {"kid", key.kid()}}, claims);
}

std::string Token(const TestKey& key, const json& header, const json& claims) {
  const auto text = Unsigned(header, claims);
  return text + "." + ToBase64Url(key.Sign(text));
}

std::string Hs256(const std::string& secret, const std::string& text) {
  std::string mac(32, '\0');
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), Bytes(text), text.size(),
       reinterpret_cast<unsigned char*>(mac.data()), nullptr);
  return ToBase64Url(mac);
}

}  // namespace gongkai::auth::testing
