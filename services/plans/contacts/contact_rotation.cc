#include "services/plans/contacts/contact_rotation.h"

namespace gongkai::plans {
namespace {

constexpr int kBatch = 500;

}  // namespace

Result<int> RotateContactKeys(ContactStore& store, const ContactVault& vault) {
  const auto reseal = [&](const AssignmentKey& key,
                          const StoredContact& stored) -> Result<SealedContact> {
    const auto name = FormatName(key);
    if (!stored.clear.empty()) return vault.Seal(stored.clear, name);
    const auto clear = vault.Open(stored.sealed, name);
    if (!clear) return Fail(clear.error());
    return vault.Seal(*clear, name);
  };
  int resealed = 0;
  std::optional<AssignmentKey> last;
  do {
    const auto batch = store.ResealContacts(last, vault.current_key_id(), kBatch, reseal);
    if (!batch) return Fail(batch.error());
    resealed += batch->resealed;
    last = batch->last;
  } while (last);
  return resealed;
}

}  // namespace gongkai::plans
