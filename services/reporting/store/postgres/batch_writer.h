// Applies facts to tables and buckets: one statement per kind of fact, however many there are.
#pragma once

#include "services/common/postgres/session.h"
#include "services/reporting/store/batch.h"

namespace gongkai::reporting {

// Runs in the caller's transaction. Throws pqxx exceptions.
void WriteFacts(postgres::Session& session, const Batch& batch);

}  // namespace gongkai::reporting
