// Units written as part of a larger transaction.
#pragma once

#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// Locks the directory of the division to the end of the transaction and puts the units in, as
// DirectoryStore::PutUnits says.
Result<std::vector<Document>> PutUnitRows(postgres::Session& session, const std::string& actor,
                                          DivisionCode division,
                                          const std::vector<UnitRecord>& units);

}  // namespace gongkai::plans
