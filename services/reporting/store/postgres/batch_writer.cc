#include "services/reporting/store/postgres/batch_writer.h"

#include "services/reporting/store/postgres/directory_writer.h"
#include "services/reporting/store/postgres/policy_writer.h"
#include "services/reporting/store/postgres/work_writer.h"

namespace gongkai::reporting {

void WriteFacts(postgres::Session& session, const Batch& batch, const std::string& known_day,
                CellMemory& memory) {
  CellDifferences differences;
  WriteDirectory(session, batch, known_day);
  WriteAssignments(session, batch.assignments, known_day, differences);
  WriteOccurrences(session, batch.occurrences, known_day, differences);
  WriteDocuments(session, batch.documents, known_day, differences);
  WriteInterpretations(session, batch.interpretations, known_day, differences);
  differences.Write(session, known_day, memory);
}

}  // namespace gongkai::reporting
