// Encrypts and decrypts contacts.
#pragma once

#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/contacts/contact_keys.h"
#include "services/plans/domain/contact.h"

namespace gongkai::plans {

// Thread-safe. Encryption is authenticated and bound to the assignment that the contact belongs to:
// what was moved to another row, changed or cut does not open.
class ContactVault {
 public:
  // There must be a key.
  explicit ContactVault(ContactKeys keys) : keys_(std::move(keys)) {}

  // With the current key. `assignment` is the resource name.
  Result<SealedContact> Seal(std::string_view contact, std::string_view assignment) const;
  // FAILED_PRECONDITION with reason CONTACT_KEY_UNKNOWN if the key is not known; DATA_LOSS with
  // reason CONTACT_DAMAGED if it does not open.
  Result<std::string> Open(const SealedContact& sealed, std::string_view assignment) const;

  const std::string& current_key_id() const { return keys_.current().id; }

 private:
  const ContactKeys keys_;
};

}  // namespace gongkai::plans
