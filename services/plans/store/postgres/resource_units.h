// Which units a resource belongs to, where its name does not tell: for the gate.
#pragma once

#include "services/common/auth/gate.h"
#include "services/plans/store/postgres/access.h"

namespace gongkai::plans {

// Of an activity, an interpretation and a supervision order: the units that it names. Of an
// instruction: those it goes to. Of a task and of the comments on it: those that have an assignment
// of the task. Thread-safe; `access` must outlive it.
class ResourceUnits final : public auth::UnitLookup {
 public:
  explicit ResourceUnits(Access& access) : access_(access) {}

  Result<std::vector<int>> UnitsOf(std::string_view resource_name) const override;

 private:
  Access& access_;
};

}  // namespace gongkai::plans
