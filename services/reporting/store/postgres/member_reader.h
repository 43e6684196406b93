// Reads the members of a figure from the facts that were known then.
#pragma once

#include "services/common/postgres/session.h"
#include "services/reporting/store/figure_members.h"
#include "services/reporting/store/overview_cells.h"

namespace gongkai::reporting {

// `cells` must be those of the query's overview, by unit where it names one, and `session` of the
// same moment. A page ends early after so many facts that are not asked for that it would be slow.
// Throws pqxx exceptions.
MemberPage ReadMembers(postgres::Session& session, const OverviewCells& cells,
                       const MemberQuery& query, const Rules& rules);

}  // namespace gongkai::reporting
