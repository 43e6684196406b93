#include "services/reporting/store/postgres/fact_row.h"

namespace gongkai::reporting {

void ReadState(const pqxx::row& row, OccurrenceFact& occurrence) {
  occurrence.due_date = DateIn(row["due_date"]);
  occurrence.ongoing = row["ongoing"].as<bool>();
  occurrence.state = static_cast<OccurrenceState>(row["state"].as<int>());
  occurrence.evidence_count = row["evidence_count"].as<int>();
  occurrence.submit_date = DateIn(row["submit_date"]);
  occurrence.revision = row["revision"].as<int>();
}

void ReadState(const pqxx::row& row, AssignmentFact& assignment) {
  assignment.state = static_cast<AssignmentState>(row["state"].as<int>());
  assignment.claim_date = DateIn(row["claim_date"]);
  assignment.file_date = DateIn(row["file_date"]);
  assignment.revision = row["revision"].as<int>();
}

}  // namespace gongkai::reporting
