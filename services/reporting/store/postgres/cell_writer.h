// Differences to cells, gathered over a batch and added to the database in two statements.
#pragma once

#include <compare>
#include <map>
#include <string>

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
  void Write(postgres::Session& session, const std::string& known_day) const;

 private:
  std::map<CellKey, Cell> differences_;
};

}  // namespace gongkai::reporting
