// Reads the cells of all days of a trend in one statement, each once for the days that it holds.
#pragma once

#include "services/common/postgres/session.h"
#include "services/reporting/domain/rules.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// Throws pqxx exceptions, and std::runtime_error for a cell that cannot be read. On days on which
// the division was not known there are no figures.
TrendCounts ReadTrendCounts(postgres::Session& session, const TrendQuery& query,
                            const Rules& rules);

}  // namespace gongkai::reporting
