// Differences to cells, gathered over a batch and added to the database in two statements.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "services/common/postgres/session.h"
#include "services/reporting/domain/cell.h"

namespace gongkai::reporting {

enum class CellTopic { kWork = 1, kPolicies = 2 };

struct CellKey {
  int division = 0;
  CellTopic topic = CellTopic::kWork;
  int number = 0;  // of the plan, or the year
  int unit = 0;    // 0: all units together

  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

// The latest cells of subjects that were written before, so that they need not be read again. They
// hold as long as nobody else writes; the number of the last batch tells.
class CellMemory {
 public:
  // Before a batch: `written` names the last one that the database has. What is remembered of
  // another, or of one that never ended well, is forgotten.
  void Begin(const std::string& written);
  // After the batch that Begin was called for is committed, as `written`.
  void End(const std::string& written) { written_ = written; }

  // Null for a cell that has to be read.
  Cell* Find(const CellKey& key);
  Cell& Put(const CellKey& key, Cell cell) { return cells_[key] = std::move(cell); }

 private:
  std::optional<std::string> written_;  // nothing while a batch is under way
  std::map<CellKey, Cell> cells_;
};

class CellDifferences {
 public:
  // Each to the cell of the unit and to that of all units together.
  void Add(const OccurrenceFact& occurrence, int times);
  void Add(const AssignmentFact& assignment, int times);
  void AddDocument(int division, int year, int unit, const DocumentCount& document, int times);
  void AddHeadActs(int division, int year, int unit, int acts);

  // Adds all to the cells of the day `known_day`, each made from the latest before it. Runs in the
  // caller's transaction, which must be the only one that writes. Throws pqxx exceptions, and
  // std::runtime_error for a cell that cannot be read.
  void Write(postgres::Session& session, const std::string& known_day, CellMemory& memory) const;

 private:
  std::map<CellKey, Cell> differences_;
};

}  // namespace gongkai::reporting
