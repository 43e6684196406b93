#include "services/plans/contacts/contact_vault.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <memory>
#include <optional>

#include "services/common/text/hexadecimal.h"

namespace gongkai::plans {
namespace {

using Bytes = std::basic_string<unsigned char>;

// nonce, ciphertext, tag
constexpr std::size_t kGcmNonce = 12;
constexpr std::size_t kGcmTag = 16;
constexpr std::size_t kSm4Key = 16;
constexpr std::size_t kSm4Nonce = 16;
constexpr std::size_t kSm3Tag = 32;

Bytes ToBytes(std::string_view text) { return {text.begin(), text.end()}; }
std::string ToText(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// What the ciphertext belongs to.
Bytes BoundTo(std::string_view assignment) {
  return ToBytes("gongkai contact of ") + ToBytes(assignment);
}

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

std::optional<Bytes> Random(std::size_t size) {
  Bytes bytes(size, 0);
  if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1) return std::nullopt;
  return bytes;
}

int Size(const Bytes& bytes) { return static_cast<int>(bytes.size()); }

std::optional<Bytes> SealGcm(const Bytes& key, const Bytes& nonce, const Bytes& bound,
                             const Bytes& clear) {
  const Context context(EVP_CIPHER_CTX_new());
  Bytes sealed(clear.size(), 0);
  Bytes tag(kGcmTag, 0);
  int size = 0;
  const bool done =
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) &&
      EVP_EncryptUpdate(context.get(), nullptr, &size, bound.data(), Size(bound)) &&
      EVP_EncryptUpdate(context.get(), sealed.data(), &size, clear.data(), Size(clear)) &&
      EVP_EncryptFinal_ex(context.get(), sealed.data() + size, &size) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, Size(tag), tag.data());
  if (!done) return std::nullopt;
  return nonce + sealed + tag;
}

std::optional<Bytes> OpenGcm(const Bytes& key, const Bytes& bound, const Bytes& stored) {
  if (stored.size() < kGcmNonce + kGcmTag) return std::nullopt;
  const auto nonce = stored.substr(0, kGcmNonce);
  const auto sealed = stored.substr(kGcmNonce, stored.size() - kGcmNonce - kGcmTag);
  auto tag = stored.substr(stored.size() - kGcmTag);
  const Context context(EVP_CIPHER_CTX_new());
  Bytes clear(sealed.size(), 0);
  int size = 0;
  const bool done =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) &&
      EVP_DecryptUpdate(context.get(), nullptr, &size, bound.data(), Size(bound)) &&
      EVP_DecryptUpdate(context.get(), clear.data(), &size, sealed.data(), Size(sealed)) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, Size(tag), tag.data()) &&
      EVP_DecryptFinal_ex(context.get(), clear.data() + size, &size);
  if (!done) return std::nullopt;
  return clear;
}

// In counter mode to encrypt and to decrypt are the same.
std::optional<Bytes> Sm4Counter(const Bytes& key, const Bytes& nonce, const Bytes& input) {
  const Context context(EVP_CIPHER_CTX_new());
  Bytes output(input.size(), 0);
  int size = 0;
  const bool done =
      EVP_EncryptInit_ex(context.get(), EVP_sm4_ctr(), nullptr, key.data(), nonce.data()) &&
      EVP_EncryptUpdate(context.get(), output.data(), &size, input.data(), Size(input));
  if (!done) return std::nullopt;
  return output;
}

// With the length of `bound`, so that no two pairs are the same bytes.
std::optional<Bytes> Sm3Mac(const Bytes& key, const Bytes& bound, const Bytes& sealed) {
  const auto text = ToBytes(std::to_string(bound.size()) + ":") + bound + sealed;
  Bytes tag(EVP_MAX_MD_SIZE, 0);
  unsigned int size = 0;
  if (!HMAC(EVP_sm3(), key.data(), Size(key), text.data(), text.size(), tag.data(), &size)) {
    return std::nullopt;
  }
  tag.resize(size);
  return tag;
}

std::optional<Bytes> SealSm4(const Bytes& key, const Bytes& nonce, const Bytes& bound,
                             const Bytes& clear) {
  const auto sealed = Sm4Counter(key.substr(0, kSm4Key), nonce, clear);
  if (!sealed) return std::nullopt;
  const auto tag = Sm3Mac(key.substr(kSm4Key), bound, nonce + *sealed);
  if (!tag) return std::nullopt;
  return nonce + *sealed + *tag;
}

std::optional<Bytes> OpenSm4(const Bytes& key, const Bytes& bound, const Bytes& stored) {
  if (stored.size() < kSm4Nonce + kSm3Tag) return std::nullopt;
  const auto sealed = stored.substr(0, stored.size() - kSm3Tag);
  const auto tag = stored.substr(sealed.size());
  const auto expected = Sm3Mac(key.substr(kSm4Key), bound, sealed);
  if (!expected || CRYPTO_memcmp(expected->data(), tag.data(), kSm3Tag) != 0) return std::nullopt;
  return Sm4Counter(key.substr(0, kSm4Key), sealed.substr(0, kSm4Nonce), sealed.substr(kSm4Nonce));
}

Error KeyUnknown(const std::string& id) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "CONTACT_KEY_UNKNOWN",
          .message = "the contact was encrypted with key \"" + id +
                     "\", which this server does not have; add it to its file of contact keys",
          .message_zh = "服务器缺少解密该联系方式所需的密钥，请联系系统管理员",
          .metadata = {{"key", id}}};
}

Error Damaged(std::string_view assignment) {
  return {.code = ErrorCode::kDataLoss,
          .reason = "CONTACT_DAMAGED",
          .message = "the stored contact of " + std::string(assignment) +
                     " does not open: it was changed or moved; file the measures again",
          .message_zh = "已保存的联系方式无法解密，请重新备案",
          .metadata = {{"resource", std::string(assignment)}}};
}

}  // namespace

Result<SealedContact> ContactVault::Seal(std::string_view contact,
                                         std::string_view assignment) const {
  const auto& key = keys_.current();
  const bool gcm = key.suite == ContactSuite::kAes256Gcm;
  const auto nonce = Random(gcm ? kGcmNonce : kSm4Nonce);
  if (!nonce) return Fail(Internal("no random numbers are to be had"));
  const auto sealed =
      (gcm ? SealGcm : SealSm4)(ToBytes(key.bytes), *nonce, BoundTo(assignment), ToBytes(contact));
  if (!sealed) return Fail(Internal("a contact could not be encrypted"));
  return SealedContact{Masked(contact), key.id, ToHexadecimal(ToText(*sealed))};
}

Result<std::string> ContactVault::Open(const SealedContact& sealed,
                                       std::string_view assignment) const {
  const auto* key = keys_.Find(sealed.key_id);
  if (!key) return Fail(KeyUnknown(sealed.key_id));
  const auto stored = FromHexadecimal(sealed.ciphertext);
  if (!stored) return Fail(Damaged(assignment));
  const auto clear = (key->suite == ContactSuite::kAes256Gcm ? OpenGcm : OpenSm4)(
      ToBytes(key->bytes), BoundTo(assignment), ToBytes(*stored));
  if (!clear) return Fail(Damaged(assignment));
  return ToText(*clear);
}

}  // namespace gongkai::plans
