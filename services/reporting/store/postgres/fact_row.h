// Facts from rows of the database.
#pragma once

#include <optional>
#include <pqxx/pqxx>

#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

inline std::optional<CivilDate> DateIn(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ParseDate(field.c_str());
}

// What the columns due_date, ongoing, state, evidence_count, submit_date and revision say.
void ReadState(const pqxx::row& row, OccurrenceFact& occurrence);
// What the columns state, claim_date, file_date and revision say.
void ReadState(const pqxx::row& row, AssignmentFact& assignment);

}  // namespace gongkai::reporting
