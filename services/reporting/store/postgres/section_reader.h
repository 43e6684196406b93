// The work of a division's own plans by section, counted from the facts that were known then:
// sections are few, and cells do not know them.
#pragma once

#include <vector>

#include "services/common/postgres/session.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/overview_cells.h"

namespace gongkai::reporting {

// In the order of the first task of each, without those that nothing counts for; sections of the
// same heading are one, and tasks without a heading are one of the empty name. `cells` must be
// those of the query, and `session` of the same moment. Throws pqxx exceptions.
std::vector<SubjectCounts> ReadSections(postgres::Session& session, const OverviewCells& cells,
                                        const OverviewQuery& query);

}  // namespace gongkai::reporting
