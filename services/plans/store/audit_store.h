// The audit trail, for reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// The place of an entry in the trail, which is in the order of the change feed.
struct AuditPosition {
  std::uint64_t txid = 0;
  std::int64_t seq = 0;
};

// Thread-safe.
class AuditStore {
 public:
  virtual ~AuditStore() = default;

  // Newest first, from the first below `before`; only of `resource` and what stands below it unless
  // that is empty.
  virtual Result<Page> ListEntries(DivisionCode division, const std::string& resource,
                                   const std::optional<AuditPosition>& before, int limit) = 0;
};

}  // namespace gongkai::plans
