// The store of local accounts on PostgreSQL.
#pragma once

#include <memory>

#include "services/plans/store/account_store.h"
#include "services/plans/store/postgres/access.h"

namespace gongkai::plans {

// `access` must outlive the store.
std::unique_ptr<AccountStore> MakeAccountStore(Access& access);

}  // namespace gongkai::plans
