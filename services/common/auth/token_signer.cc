#include "services/common/auth/token_signer.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <array>
#include <nlohmann/json.hpp>

#include "services/common/text/base64url.h"

namespace gongkai::auth {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::int64_t SecondsOf(std::chrono::system_clock::time_point moment) {
  return std::chrono::duration_cast<std::chrono::seconds>(moment.time_since_epoch()).count();
}

// The members by which RFC 7638 names an Ed25519 key, in its order.
ordered_json EssentialsOf(const std::string& public_key) {
  return {{"crv", "Ed25519"}, {"kty", "OKP"}, {"x", public_key}};
}

std::string Sha256(const std::string& text) {
  std::string digest(32, '\0');
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             EVP_sha256(), nullptr);
  return digest;
}

}  // namespace

TokenSigner::TokenSigner(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {
  std::array<unsigned char, kPublicKeyBytes> raw{};
  auto size = raw.size();
  EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &size);
  public_key_ = ToBase64Url({reinterpret_cast<const char*>(raw.data()), size});
  key_id_ = ToBase64Url(Sha256(EssentialsOf(public_key_).dump()));
}

TokenSigner TokenSigner::Generate() {
  return TokenSigner({EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free});
}

Result<TokenSigner> TokenSigner::Parse(const std::string& pem) {
  const std::unique_ptr<BIO, int (*)(BIO*)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr),
                                EVP_PKEY_free);
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) {
    return Fail(InvalidArgument("key", "is no private Ed25519 key in PEM"));
  }
  return TokenSigner(std::move(key));
}

std::string TokenSigner::ToPem() const {
  const std::unique_ptr<BIO, int (*)(BIO*)> text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PrivateKey(text.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const auto size = BIO_get_mem_data(text.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string TokenSigner::KeySetJson() const {
  auto key = EssentialsOf(public_key_);
  key.update({{"kid", key_id_}, {"alg", "EdDSA"}, {"use", "sig"}});
  return ordered_json{{"keys", ordered_json::array({key})}}.dump(2) + "\n";
}

std::string TokenSigner::Sign(const Principal& principal, const std::string& audience) const {
  auto grants = ordered_json::array();
  for (const auto& grant : principal.grants) {
    ordered_json entry = {{"role", Label(grant.role)}};
    if (grant.division != 0) entry["division"] = DivisionNameOf(grant);
    if (grant.unit != 0) entry["unit"] = UnitNameOf(grant);
    grants.push_back(std::move(entry));
  }
  ordered_json claims = {{"iss", principal.issuer},
                         {"sub", principal.subject},
                         {"aud", audience},
                         {"iat", SecondsOf(std::chrono::system_clock::now())},
                         {"exp", SecondsOf(principal.expire_time)},
                         {"grants", grants}};
  if (!principal.display_name.empty()) claims["name"] = principal.display_name;
  if (!principal.token_id.empty()) claims["jti"] = principal.token_id;
  const ordered_json header = {{"alg", "EdDSA"}, {"typ", "JWT"}, {"kid", key_id_}};
  const auto text = ToBase64Url(header.dump()) + "." + ToBase64Url(claims.dump());

  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  std::string signature(kSignatureBytes, '\0');
  auto size = signature.size();
  EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get());
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                 Bytes(text), text.size());
  return text + "." + ToBase64Url(signature);
}

}  // namespace gongkai::auth
