// Reads the cells of an overview in one statement, and so from one moment.
#pragma once

#include <string>

#include "services/common/postgres/session.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/overview_cells.h"

namespace gongkai::reporting {

// The day at whose end the query's facts were known, as a parameter of a statement: what is known
// now is what is known at the end of a day that never comes.
std::string KnownDay(const OverviewQuery& query);

// Throws pqxx exceptions, and std::runtime_error for a cell that cannot be read. A division that is
// not known, or was not then, has no cells.
OverviewCells ReadOverviewCells(postgres::Session& session, const OverviewQuery& query);

}  // namespace gongkai::reporting
