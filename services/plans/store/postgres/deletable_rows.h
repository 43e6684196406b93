// Changes of resources that can be deleted and brought back.
#pragma once

#include <string>

#include "services/plans/store/deletion.h"
#include "services/plans/store/postgres/rows.h"

namespace gongkai::plans {

// What a change asks of the row that it is about.
enum class Standing { kThere, kDeleted };

// The resource of the only row, which has the columns resource, revision and whether it is deleted.
// NOT_FOUND without a row, ABORTED for another revision than the caller believes,
// FAILED_PRECONDITION for a row that does not stand as asked.
inline Result<Document> StandingDocument(const pqxx::result& rows, const std::string& name,
                                         ExpectedRevision expected, Standing standing) {
  if (auto found = CheckRevision(rows, 1, name, expected); !found) return Fail(found.error());
  const bool deleted = rows[0][2].as<bool>();
  if (deleted && standing == Standing::kThere) return Fail(ResourceDeleted(name));
  if (!deleted && standing == Standing::kDeleted) return Fail(ResourceNotDeleted(name));
  return Document(rows[0][0].c_str());
}

}  // namespace gongkai::plans
