// Brings every contact under the current key.
#pragma once

#include "services/plans/contacts/contact_vault.h"
#include "services/plans/store/contact_store.h"

namespace gongkai::plans {

// Encrypts anew, in batches, what is in clear or under an older key, while the service runs; how
// many contacts that were. Stops at the first one that does not open; what was done stays done and
// another run goes on.
Result<int> RotateContactKeys(ContactStore& store, const ContactVault& vault);

}  // namespace gongkai::plans
