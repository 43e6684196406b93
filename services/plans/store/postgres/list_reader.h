// Pages of lists that callers filter and order.
#pragma once

#include "services/common/postgres/session.h"
#include "services/plans/list/list_statement.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// One page of `source` within `scope`. INVALID_ARGUMENT as MakeListStatement says.
Result<Page> ReadPage(postgres::Session& session, const list::Source& source,
                      const list::Scope& scope, const ListQuery& query);

}  // namespace gongkai::plans
