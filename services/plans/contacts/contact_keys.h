// The keys that contacts are encrypted with, from a file of the operator.
//
//   # the first key encrypts, all decrypt
//   2026b sm4-ctr-hmac-sm3 0123…
//   2026a aes-256-gcm 89ab…
//
// Each line has an id of 1 to 32 letters, digits or `-`, a suite, and the key in hexadecimal.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::plans {

enum class ContactSuite {
  kAes256Gcm,      // 32 bytes
  kSm4CtrHmacSm3,  // 16 bytes for SM4 and 32 for the MAC, which covers the ciphertext
};

// `aes-256-gcm`, `sm4-ctr-hmac-sm3`
std::string_view Label(ContactSuite suite);
std::optional<ContactSuite> ContactSuiteOf(std::string_view label);
std::size_t KeyBytes(ContactSuite suite);

struct ContactKey {
  std::string id;
  ContactSuite suite = ContactSuite::kAes256Gcm;
  std::string bytes;
};

// Immutable. Errors name the line and never the key.
class ContactKeys {
 public:
  ContactKeys() = default;  // none

  // INVALID_ARGUMENT for a text that is not of the form above, without a key, or with an id twice.
  static Result<ContactKeys> Parse(std::string_view text);
  // The same for a file; FAILED_PRECONDITION with reason CONTACT_KEYS_UNREADABLE if it cannot be
  // read, CONTACT_KEYS_EXPOSED if others than its owner and his group may.
  static Result<ContactKeys> Load(const std::filesystem::path& file);

  bool empty() const { return keys_.empty(); }
  // The key that encrypts; only if there is one.
  const ContactKey& current() const { return keys_.front(); }
  // Null for an id that is not in the file.
  const ContactKey* Find(std::string_view id) const;

 private:
  std::vector<ContactKey> keys_;
};

// Puts a new key before those of the file, which is made if there is none; the id of the key. The
// file is replaced in one step and readable to its owner only.
Result<std::string> AddContactKey(const std::filesystem::path& file, ContactSuite suite);

}  // namespace gongkai::plans
