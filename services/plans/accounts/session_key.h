// The file of the key that signs the tokens of local accounts.
#pragma once

#include <string>

#include "services/common/auth/token_signer.h"
#include "services/common/status/error.h"

namespace gongkai::plans {

// FAILED_PRECONDITION if the file cannot be read, holds no key, or may be read by other users.
Result<auth::TokenSigner> ReadSessionKey(const std::string& path);

// A new file that only its owner may read. ALREADY_EXISTS if there is one.
Result<void> WriteSecret(const std::string& path, const std::string& text);

}  // namespace gongkai::plans
