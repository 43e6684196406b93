// Reads the cells of an overview in one statement, and so from one moment.
#pragma once

#include <memory>
#include <string>

#include "services/common/postgres/session.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/overview_cache.h"

namespace gongkai::reporting {

// The day at whose end the query's facts were known, as a parameter of a statement: what is known
// now is what is known at the end of a day that never comes.
std::string KnownDay(const OverviewQuery& query);

// With the cells of units only where the grouping needs them.
CellScope ScopeOf(const OverviewQuery& query);

// Reads what has changed since `before`, and everything where that is null or of another building
// of the projection; the rest is shared with it. Throws pqxx exceptions, and std::runtime_error for
// a cell that cannot be read. A division that is not known, or was not then, has no cells.
std::shared_ptr<const NumberedCells> ReadCells(postgres::Session& session, const CellScope& scope,
                                               std::shared_ptr<const NumberedCells> before);

}  // namespace gongkai::reporting
