// The figure store on PostgreSQL.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "services/common/postgres/database.h"
#include "services/common/postgres/migration.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/overview_cache.h"
#include "services/reporting/store/postgres/cell_writer.h"

namespace gongkai::reporting {

// The schema, in order; `gongkai-reporting migrate` applies it.
extern const postgres::Schema kSchema;

class PostgresFigureStore final : public FigureStore {
 public:
  // Opens connections as they are needed; a lease has one of its own. What was read stays in
  // memory, up to some hundred megabytes, and is never answered without asking what has changed.
  // Throws pqxx::argument_error for a malformed conninfo.
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
  // A division as it was at a version of the directory.
  struct KnownDivision {
    std::string epoch;
    std::int64_t directory_version = 0;
    DivisionSummary summary;
  };

  // OUT_OF_RANGE with reason NOT_KNOWN_THEN where the query asks for an earlier day.
  Result<std::shared_ptr<const NumberedCells>> CellsOf(postgres::Session& session,
                                                       const OverviewQuery& query);
  KnownDivision Known(int division);
  Result<OverviewCounts> ReadBySection(const OverviewQuery& query, const Rules& rules);

  const std::string complete_conninfo_;
  postgres::Database database_;
  OverviewCache cells_;
  std::mutex mutex_;  // of the next
  std::map<int, KnownDivision> divisions_;
  std::mutex applying_;  // of the next
  CellMemory written_;
};

}  // namespace gongkai::reporting
