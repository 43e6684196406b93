#include "services/reporting/store/postgres/figure_store.h"

#include <map>
#include <utility>

#include "services/reporting/store/postgres/batch_writer.h"
#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/known_days.h"
#include "services/reporting/store/postgres/member_reader.h"
#include "services/reporting/store/postgres/overview_reader.h"
#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// Any number that no other program locks in the same database.
constexpr const char* kTryLock = "select pg_try_advisory_lock(7046252)";
constexpr const char* kProbe = "select 1";
// At the beginning of a transaction of several statements that are to see the same.
constexpr const char* kOneMoment = "set transaction isolation level repeatable read, read only";

// $1: the day of the batch, or null for the present one; never before a day that was told of
// already. What was committed last may be lost with the server: the feed tells it again.
constexpr Statement kLockPosition{"lock_position", R"sql(
select resume_token,
       greatest(known_day, coalesce($1::date, (now() at time zone 'Asia/Shanghai')::date))
         as known_day,
       set_config('synchronous_commit', 'off', true)
from projection for update
)sql"};

// $2: microseconds since 1970; $4: the day, or null for a batch that told nothing.
constexpr Statement kAdvance{"advance", R"sql(
update projection
set resume_token = $1,
    current_as_of = greatest(current_as_of,
                             timestamptz 'epoch' + $2::bigint * interval '1 microsecond'),
    applied_changes = applied_changes + $3::bigint,
    known_since = coalesce(known_since, $4::date),
    known_day = coalesce($4, known_day)
returning resume_token, (extract(epoch from current_as_of) * 1000000)::bigint, applied_changes,
          known_since
)sql"};

constexpr Statement kStartOver{
    "start_over", "update projection set resume_token = '' where resume_token = $1 returning true"};

constexpr Statement kReadPosition{"read_position", R"sql(
select resume_token, (extract(epoch from current_as_of) * 1000000)::bigint, applied_changes,
       known_since
from projection
)sql"};

constexpr Statement kReadDivision{"read_division", R"sql(
with recursive tree (division) as (
  select division from division where division = $1 and known_to = 'infinity'
  union
  select d.division from tree join division d on d.parent = tree.division
  where d.known_to = 'infinity'
)
select display_name, level,
       (select max(year) from plan join tree using (division)
        where state in (3, 4) and known_to = 'infinity')
from division where division = $1 and known_to = 'infinity'
)sql"};

constexpr Statement kReadDocuments{"read_documents", R"sql(
select document, title, issuing_level, must_interpret, forms
from policy_document where division = $1 and year = $2 and known_to = 'infinity'
order by document
)sql"};

Position PositionIn(const pqxx::row& row) {
  return {row[0].as<std::string>(), TimeOrNothing(row[1]), row[2].as<std::int64_t>(),
          DateIn(row[3])};
}

Error Moved() {
  return {.code = ErrorCode::kAborted,
          .reason = "PROJECTION_MOVED",
          .message =
              "the projection does not stand where this batch begins; read the feed again "
              "from its resume token"};
}

std::optional<std::string> DateOrNothing(const std::optional<CivilDate>& date) {
  return date ? std::optional(FormatDate(*date)) : std::nullopt;
}

Result<OverviewCells> CellsOf(Session& session, const OverviewQuery& query) {
  auto cells = ReadOverviewCells(session, query);
  if (query.known_day && cells.known_since && *query.known_day < *cells.known_since) {
    return Fail(NotKnownThen(*cells.known_since));
  }
  return cells;
}

Result<OverviewCounts> OverviewOf(Session& session, const OverviewQuery& query,
                                  const Rules& rules) {
  const auto cells = CellsOf(session, query);
  if (!cells) return Fail(cells.error());
  return SumOverview(*cells, query, rules);
}

FigureCounts CountsOf(const OverviewCounts& overview, int subject) {
  for (const auto& row : overview.rows) {
    if (row.subject == subject) return row.counts;
  }
  return {};
}

// The advisory lock lives as long as the connection.
class ConnectionLease final : public ApplyLease {
 public:
  explicit ConnectionLease(std::unique_ptr<postgres::Connection> connection)
      : connection_(std::move(connection)) {}

  bool Held() override {
    if (!connection_) return false;
    try {
      pqxx::nontransaction(connection_->raw()).exec(kProbe);
      return true;
    } catch (const std::exception& exception) {
      (void)postgres::FaultOf(exception);  // logs it
      connection_.reset();
      return false;
    }
  }

 private:
  std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace

PostgresFigureStore::PostgresFigureStore(const postgres::Database::Options& options)
    : complete_conninfo_(postgres::CompleteConninfo(options.conninfo)), database_(options) {}

Result<std::unique_ptr<ApplyLease>> PostgresFigureStore::TryLead() try {
  auto connection = std::make_unique<postgres::Connection>(complete_conninfo_);
  const bool locked = pqxx::nontransaction(connection->raw()).exec1(kTryLock)[0].as<bool>();
  if (!locked) return nullptr;
  return std::make_unique<ConnectionLease>(std::move(connection));
} catch (const std::exception& exception) {
  return Fail(postgres::FaultOf(exception).error);
}

Result<Position> PostgresFigureStore::Apply(const Batch& batch) {
  return database_.Write([&](Session& session) -> Result<Position> {
    const auto position = session.Execute(kLockPosition, DateOrNothing(batch.known_day))[0];
    if (position["resume_token"].as<std::string>() != batch.after_token) return Fail(Moved());
    const auto known_day = position["known_day"].as<std::string>();
    const auto told = batch.size() > 0 ? std::optional(known_day) : std::nullopt;
    WriteFacts(session, batch, known_day);
    return PositionIn(session.Execute(kAdvance, batch.resume_token,
                                      MicrosecondsOrNothing(batch.current_as_of),
                                      static_cast<std::int64_t>(batch.size()), told)[0]);
  });
}

Result<void> PostgresFigureStore::StartOver(const std::string& after_token) {
  return database_.WriteOnce([&](Session& session) -> Result<void> {
    if (session.Execute(kStartOver, after_token).empty()) return Fail(Moved());
    return {};
  });
}

Result<Position> PostgresFigureStore::ReadPosition() {
  return database_.Read([](Session& session) -> Result<Position> {
    return PositionIn(session.Execute(kReadPosition)[0]);
  });
}

Result<DivisionSummary> PostgresFigureStore::ReadDivision(int division) {
  return database_.Read([&](Session& session) -> Result<DivisionSummary> {
    const auto rows = session.Execute(kReadDivision, division);
    if (rows.empty()) return Fail(NotFound("divisions/" + std::to_string(division)));
    return DivisionSummary{
        rows[0][0].as<std::string>(), static_cast<DivisionLevel>(rows[0][1].as<int>()),
        rows[0][2].is_null() ? std::nullopt : std::optional(rows[0][2].as<int>())};
  });
}

Result<OverviewCounts> PostgresFigureStore::ReadOverview(const OverviewQuery& query,
                                                         const Rules& rules) {
  return database_.Read([&](Session& session) -> Result<OverviewCounts> {
    return OverviewOf(session, query, rules);
  });
}

Result<TrendCounts> PostgresFigureStore::ReadTrend(const TrendQuery& query, const Rules& rules) {
  return database_.Read([&](Session& session) -> Result<TrendCounts> {
    TrendCounts trend;
    for (const auto day : query.days) {
      auto at_day = query.overview;
      at_day.as_of = day;
      at_day.known_day = day;
      at_day.grouping = query.unit ? Grouping::kUnit : Grouping::kPlan;
      const auto overview = OverviewOf(session, at_day, rules);
      if (!overview) return Fail(overview.error());
      trend.current_as_of = overview->current_as_of;
      trend.known_since = overview->known_since;
      trend.points.push_back(query.unit ? CountsOf(*overview, *query.unit) : overview->total);
    }
    return trend;
  });
}

Result<MemberPage> PostgresFigureStore::ReadMembers(const MemberQuery& query, const Rules& rules) {
  return database_.DryRun([&](Session& session) -> Result<MemberPage> {
    session.raw().exec(kOneMoment);
    auto by_unit = query;
    by_unit.overview.grouping = query.unit ? Grouping::kUnit : Grouping::kPlan;
    auto cells = CellsOf(session, by_unit.overview);
    if (!cells) return Fail(cells.error());
    return reporting::ReadMembers(session, *std::move(cells), by_unit, rules);
  });
}

Result<std::vector<HeadActs>> PostgresFigureStore::ReadHeadActs(int division, int year) {
  return database_.Read([&](Session& session) -> Result<std::vector<HeadActs>> {
    const auto cells = ReadOverviewCells(
        session, {.division = division, .year = year, .grouping = Grouping::kUnit});
    std::map<int, HeadActs> by_unit;
    for (const auto& plan : cells.plans) {
      if (plan.division != division) continue;
      for (const auto& holder : plan.cell.holders.rows()) {
        by_unit[holder.key[0]].unit = holder.key[0];
      }
    }
    for (const auto& unit : cells.units) {
      const auto head = by_unit.find(unit.unit);
      if (head != by_unit.end()) head->second.display_name = unit.display_name;
    }
    for (const auto& policies : cells.policies) {
      if (policies.division != division || policies.unit != 0) continue;
      for (auto& [unit, head] : by_unit) {
        head.acts = static_cast<int>(policies.cell.head_acts.Of({unit})[0]);
      }
    }
    std::vector<HeadActs> heads;
    for (auto& [unit, head] : by_unit) heads.push_back(std::move(head));
    return heads;
  });
}

Result<std::vector<InterpretedDocument>> PostgresFigureStore::ReadDocuments(int division,
                                                                            int year) {
  return database_.Read([&](Session& session) -> Result<std::vector<InterpretedDocument>> {
    std::vector<InterpretedDocument> documents;
    for (const auto& row : session.Execute(kReadDocuments, division, year)) {
      documents.push_back({row["document"].as<int>(), row["title"].as<std::string>(),
                           static_cast<IssuingLevel>(row["issuing_level"].as<int>()),
                           row["must_interpret"].as<bool>(),
                           FormSet::FromBits(row["forms"].as<std::uint32_t>())});
    }
    return documents;
  });
}

}  // namespace gongkai::reporting
