// Units written as part of a larger transaction, and what every write to a directory begins with.
#pragma once

#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// Locks the directory of the division to the end of the transaction, whether or not it exists:
// division 0 has what holds everywhere.
void WaitForDirectory(postgres::Session& session, DivisionCode division);

// The same; NOT_FOUND for a division that does not exist.
Result<void> LockDirectory(postgres::Session& session, DivisionCode division);

// NOT_FOUND names the first of these units that the division does not have.
Result<void> CheckUnits(postgres::Session& session, DivisionCode division,
                        const std::vector<int>& units);

// What becomes of divisions that are there already.
enum class KnownDivisions { kKeep, kReplace };

// Adds divisions, their parents among them or there already; how many were added or changed.
int PutDivisionRows(postgres::Session& session, const std::string& actor,
                    const std::vector<DivisionRecord>& divisions, KnownDivisions known);

// Locks the directory and puts the units in, as DirectoryStore::PutUnits says.
Result<std::vector<Document>> PutUnitRows(postgres::Session& session, const std::string& actor,
                                          DivisionCode division,
                                          const std::vector<UnitRecord>& units);

// The unit becomes what the record says, and ACTIVE; an official name that it loses becomes an
// alias. The directory must be locked, the unit and its successors be there. ALREADY_EXISTS if a
// name belongs to another unit.
Result<Document> ReplaceUnitRow(postgres::Session& session, const std::string& actor,
                                const UnitKey& unit, const UnitRecord& record);

// An answer of several documents as it is remembered, a JSON array of their texts, and back.
Document ArrayOf(const std::vector<Document>& documents);
Result<std::vector<Document>> DocumentsIn(const Result<Document>& array);

// `{"TOWN","STREET"}`
std::string KindsLiteral(const std::vector<BodyKind>& kinds);

}  // namespace gongkai::plans
