// From rows to documents and pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/common/postgres/session.h"
#include "services/common/time/civil_date.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// The first column of the only row; NOT_FOUND for `name` if there is none.
inline Result<Document> OneDocument(const pqxx::result& rows, std::string_view name) {
  if (rows.empty()) return Fail(NotFound(name));
  return Document(rows[0][0].c_str());
}

// NOT_FOUND for `name` without a row, ABORTED where the revision in that column is not the one that
// the caller believes.
inline Result<void> CheckRevision(const pqxx::result& rows, int column, const std::string& name,
                                  ExpectedRevision expected) {
  if (rows.empty()) return Fail(NotFound(name));
  const int revision = rows[0][column].as<int>();
  if (expected && *expected != revision) return Fail(RevisionMismatch(name, revision));
  return {};
}

// A parameter that is NULL where there is no date.
inline std::optional<std::string> DateOrNull(std::optional<CivilDate> date) {
  if (!date) return std::nullopt;
  return FormatDate(*date);
}

inline std::vector<Document> AllDocuments(const pqxx::result& rows) {
  std::vector<Document> documents;
  documents.reserve(rows.size());
  for (const auto& row : rows) documents.emplace_back(row[0].c_str());
  return documents;
}

}  // namespace gongkai::plans
