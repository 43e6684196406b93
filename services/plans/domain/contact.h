// The contact of a person (联系方式) as everybody but its reader sees it.
#pragma once

#include <string>
#include <string_view>

namespace gongkai::plans {

// All but the first three and the last two characters: "13800001234" → "138******34"; nothing at
// all of one with up to five.
std::string Masked(std::string_view contact);

// What is stored of a contact.
struct SealedContact {
  std::string masked;
  std::string key_id;      // of the key that it was encrypted with
  std::string ciphertext;  // hexadecimal
};

}  // namespace gongkai::plans
