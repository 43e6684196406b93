// What the lines of a ledger come to, subject by subject, by the definitions of the figures.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/reporting/domain/cell.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/ledger_entry.h"

namespace gongkai::reporting {

// Takes the lines of one subject after those of another.
class LedgerSummary {
 public:
  struct Row {
    std::string name;
    FigureCounts counts;  // of occurrences only
  };

  explicit LedgerSummary(CivilDate as_of) : as_of_(as_of) {}

  // The lines that follow are of this subject.
  void Begin(std::string name);
  void Add(const LedgerEntry& entry);

  // One for each subject, in their order; then that of all.
  std::vector<Row> Finish();

 private:
  // A plan by its division and number.
  using PlanKey = std::pair<int, int>;
  struct PlanCell {
    PlanTerms terms;
    Cell cell;
  };

  void Count();

  const CivilDate as_of_;
  std::map<PlanKey, PlanCell> plans_;  // of the present subject
  std::vector<Row> rows_;
};

}  // namespace gongkai::reporting
