#include "services/reporting/documents/ledger_summary.h"

namespace gongkai::reporting {

void LedgerSummary::Begin(std::string name) {
  Count();
  rows_.push_back({.name = std::move(name)});
}

void LedgerSummary::Add(const LedgerEntry& entry) {
  auto& plan = plans_[{entry.occurrence.division, entry.occurrence.plan}];
  plan.terms = entry.terms;
  reporting::Add(plan.cell, entry.occurrence, 1);
}

std::vector<LedgerSummary::Row> LedgerSummary::Finish() {
  Count();
  Row all{.name = "合计"};
  for (const auto& row : rows_) all.counts += row.counts;
  auto rows = std::move(rows_);
  rows_.clear();
  rows.push_back(std::move(all));
  return rows;
}

void LedgerSummary::Count() {
  for (const auto& [key, plan] : plans_) {
    CountOccurrences(plan.cell, plan.terms, as_of_, {}, rows_.back().counts);
  }
  plans_.clear();
}

}  // namespace gongkai::reporting
