// The audit trail, for reading.
#pragma once

#include <string>

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe.
class AuditStore {
 public:
  virtual ~AuditStore() = default;

  // Newest first; only of `resource` and what stands below it unless that is empty.
  virtual Result<Page> ListEntries(DivisionCode division, const std::string& resource,
                                   const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
