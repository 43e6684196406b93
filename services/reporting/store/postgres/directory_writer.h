// Applies divisions, units, plans and tasks: one statement per kind, however many there are.
#pragma once

#include <string>

#include "services/common/postgres/session.h"
#include "services/reporting/store/batch.h"

namespace gongkai::reporting {

// Divisions and plans keep their versions, as known from `known_day` on. Units and tasks are known
// from their first day on; of them only texts are shown, and their former ones are kept beside.
// Runs in the caller's transaction. Throws pqxx exceptions.
void WriteDirectory(postgres::Session& session, const Batch& batch, const std::string& known_day);

}  // namespace gongkai::reporting
