// Encrypted contacts, and who saw them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "services/plans/domain/contact.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// A contact as it stands in the database.
struct StoredContact {
  std::string clear;  // from before contacts were encrypted, else empty
  SealedContact sealed;
  std::string person;
  int revision = 0;  // of the assignment
};

// How far a pass over the contacts has come.
struct ResealedBatch {
  int resealed = 0;
  std::optional<AssignmentKey> last;  // go on behind it; nothing at the end
};

// Thread-safe.
class ContactStore {
 public:
  using Reseal = std::function<Result<SealedContact>(const AssignmentKey&, const StoredContact&)>;

  virtual ~ContactStore() = default;

  // Keeps that the contact is shown; the JSON of ContactReveal without person and contact.
  // FAILED_PRECONDITION with reason CONTACT_NOT_FILED where there is none.
  virtual Result<Document> RecordReveal(const WriteContext& context,
                                        const AssignmentKey& assignment,
                                        const std::string& reason) = 0;
  virtual Result<StoredContact> ReadContact(const AssignmentKey& assignment) = 0;

  // How many contacts stand in clear.
  virtual Result<int> CountClear() = 0;
  // Encrypts anew what is in clear or has another key than `key_id`, up to `limit` of those behind
  // `after`, in one transaction; all or none.
  virtual Result<ResealedBatch> ResealContacts(const std::optional<AssignmentKey>& after,
                                               const std::string& key_id, int limit,
                                               const Reseal& reseal) = 0;
};

}  // namespace gongkai::plans
