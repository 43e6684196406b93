// Reads an overview from the buckets in one statement, and so from one moment.
#pragma once

#include "services/common/postgres/session.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// Throws pqxx exceptions. A division that is not known has counts of zero.
OverviewCounts ReadOverviewCounts(postgres::Session& session, const OverviewQuery& query,
                                  const Rules& rules);

}  // namespace gongkai::reporting
