// Documents that must be interpreted, with what was published about them.
#pragma once

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe.
class InterpretationGapStore {
 public:
  virtual ~InterpretationGapStore() = default;

  // Newest first: JSON of InterpretationGap, in which `kinds`, `expected_forms` and the window are
  // still to be told. Documents and acts that are deleted are left out.
  virtual Result<Page> ListInterpretationStates(DivisionCode division, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
