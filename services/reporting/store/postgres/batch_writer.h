// Applies facts to tables and cells, in a fixed number of statements however many there are.
#pragma once

#include <string>

#include "services/common/postgres/session.h"
#include "services/reporting/store/batch.h"
#include "services/reporting/store/postgres/cell_writer.h"

namespace gongkai::reporting {

// `known_day`: `YYYY-MM-DD`, not before the day of any earlier call. Runs in the caller's
// transaction, which must be the only one that writes; `memory` must hold what was written last.
// Throws pqxx exceptions.
void WriteFacts(postgres::Session& session, const Batch& batch, const std::string& known_day,
                CellMemory& memory);

}  // namespace gongkai::reporting
