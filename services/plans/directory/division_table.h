// The divisions of GB/T 2260: provinces, cities and counties, as of the end of 2023.
#pragma once

#include <vector>

#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// Every division of the table, parents first.
std::vector<DivisionRecord> DivisionTable();

}  // namespace gongkai::plans
