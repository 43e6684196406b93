// The figure store on PostgreSQL.
#pragma once

#include "services/common/postgres/database.h"
#include "services/common/postgres/migration.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// The schema, in order; `gongkai-reporting migrate` applies it.
extern const postgres::Schema kSchema;

class PostgresFigureStore final : public FigureStore {
 public:
  // Opens connections as they are needed; a lease has one of its own. Throws pqxx::argument_error
  // for a malformed conninfo.
  explicit PostgresFigureStore(const postgres::Database::Options& options);

  const postgres::Database& database() const { return database_; }

  Result<std::unique_ptr<ApplyLease>> TryLead() override;
  Result<Position> Apply(const Batch& batch) override;
  Result<void> StartOver(const std::string& after_token) override;
  Result<Position> ReadPosition() override;
  Result<DivisionSummary> ReadDivision(int division) override;
  Result<OverviewCounts> ReadOverview(const OverviewQuery& query, const Rules& rules) override;
  Result<TrendCounts> ReadTrend(const TrendQuery& query, const Rules& rules) override;
  Result<MemberPage> ReadMembers(const MemberQuery& query, const Rules& rules) override;
  Result<std::vector<HeadActs>> ReadHeadActs(int division, int year) override;
  Result<std::vector<InterpretedDocument>> ReadDocuments(int division, int year) override;

 private:
  const std::string complete_conninfo_;
  postgres::Database database_;
};

}  // namespace gongkai::reporting
