#include "services/reporting/store/postgres/figure_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/batch_writer.h"
#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/known_days.h"
#include "services/reporting/store/postgres/member_reader.h"
#include "services/reporting/store/postgres/overview_reader.h"
#include "services/reporting/store/postgres/section_reader.h"
#include "services/reporting/store/postgres/timestamp.h"
#include "services/reporting/store/postgres/trend_reader.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// Any number that no other program locks in the same database. A projection that is built beside
// the served one has a schema of its own.
constexpr const char* kTryLock = "select pg_try_advisory_lock(7046252, hashtext(current_schema()))";
constexpr const char* kProbe = "select 1";
// At the beginning of a transaction of several statements that are to see the same.
constexpr const char* kOneMoment = "set transaction isolation level repeatable read, read only";

// For cells that are kept in memory.
constexpr std::size_t kMostCachedBytes = 256 << 20;

// $1: the day of the batch, or null for the present one; never before a day that was told of
// already. What was committed last may be lost with the server: the feed tells it again.
constexpr Statement kLockPosition{"lock_position", R"sql(
select resume_token,
       greatest(known_day, coalesce($1::date, (now() at time zone 'Asia/Shanghai')::date))
         as known_day,
       version as number, epoch || '/' || version as version, set_config('synchronous_commit', 'off', true)
from projection for update
)sql"};

// $2: microseconds since 1970; $4: the day, or null for a batch that told nothing; $5: the number
// of the batch; $6: whether it tells of divisions or plans.
constexpr Statement kAdvance{"advance", R"sql(
update projection
set resume_token = $1,
    current_as_of = greatest(current_as_of,
                             timestamptz 'epoch' + $2::bigint * interval '1 microsecond'),
    applied_changes = applied_changes + $3::bigint,
    known_since = coalesce(known_since, $4::date),
    known_day = coalesce($4, known_day),
    version = case when $4 is null then version else $5::bigint end,
    directory_version = case when $6::boolean then $5 else directory_version end
returning resume_token, (extract(epoch from current_as_of) * 1000000)::bigint, applied_changes,
          known_since, epoch || '/' || version
)sql"};

constexpr Statement kTouchDivisions{"touch_divisions", R"sql(
insert into division_version (division, version) select unnest($1::int[]), $2::bigint
on conflict (division) do update set version = excluded.version
)sql"};

constexpr Statement kStartOver{
    "start_over", "update projection set resume_token = '' where resume_token = $1 returning true"};

constexpr Statement kReadPosition{"read_position", R"sql(
select resume_token, (extract(epoch from current_as_of) * 1000000)::bigint, applied_changes,
       known_since, epoch || '/' || version
from projection
)sql"};

// $2 and $3: the version of the directory at which the caller knows the division. Where that still
// holds, nothing but `anew` counts. Planned anew for each division, this and the statement for
// overviews would take longer to plan than to run.
constexpr Statement kReadDivision{"read_division", R"sql(
with recursive here as materialized (
  select epoch, directory_version, epoch <> $2::text or directory_version > $3::bigint as anew,
         set_config('plan_cache_mode', 'force_generic_plan', false)
  from projection
), tree (division) as (
  select division from division
  where division = $1 and known_to = 'infinity' and (select anew from here)
  union
  select d.division from tree join division d on d.parent = tree.division
  where d.known_to = 'infinity'
)
select here.anew, here.epoch, here.directory_version, d.display_name, d.level,
       (select max(year) from plan
        where division = any (array(select division from tree)) and state in (3, 4)
          and known_to = 'infinity') as newest_year
from here left join division d on d.division = $1 and d.known_to = 'infinity'
)sql"};

constexpr Statement kReadDocuments{"read_documents", R"sql(
select document, title, issuing_level, must_interpret, forms
from policy_document where division = $1 and year = $2 and known_to = 'infinity'
order by document
)sql"};

Position PositionIn(const pqxx::row& row) {
  return {row[0].as<std::string>(), TimeOrNothing(row[1]), row[2].as<std::int64_t>(),
          DateIn(row[3]), row[4].as<std::string>()};
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

// The divisions whose figures a batch may change.
std::set<int> DivisionsOf(const Batch& batch) {
  std::set<int> divisions;
  const auto add = [&](const auto& facts) {
    for (const auto& fact : facts) divisions.insert(fact.division);
  };
  add(batch.divisions);
  add(batch.units);
  add(batch.plans);
  add(batch.assignments);
  add(batch.occurrences);
  add(batch.documents);
  add(batch.interpretations);
  return divisions;
}

}  // namespace

PostgresFigureStore::PostgresFigureStore(const postgres::Database::Options& options)
    : complete_conninfo_(postgres::CompleteConninfo(options.conninfo)),
      database_(options),
      cells_(kMostCachedBytes) {}

Result<std::unique_ptr<ApplyLease>> PostgresFigureStore::TryLead() try {
  auto connection = std::make_unique<postgres::Connection>(complete_conninfo_);
  const bool locked = pqxx::nontransaction(connection->raw()).exec1(kTryLock)[0].as<bool>();
  if (!locked) return nullptr;
  return std::make_unique<ConnectionLease>(std::move(connection));
} catch (const std::exception& exception) {
  return Fail(postgres::FaultOf(exception).error);
}

Result<Position> PostgresFigureStore::Apply(const Batch& batch) {
  std::lock_guard lock(applying_);
  auto applied = database_.Write([&](Session& session) -> Result<Position> {
    const auto position = session.Execute(kLockPosition, DateOrNothing(batch.known_day))[0];
    if (position["resume_token"].as<std::string>() != batch.after_token) return Fail(Moved());
    const auto known_day = position["known_day"].as<std::string>();
    const auto told = batch.size() > 0 ? std::optional(known_day) : std::nullopt;
    const auto version = position["number"].as<std::int64_t>() + 1;
    written_.Begin(position["version"].as<std::string>());
    if (told) {
      WriteFacts(session, batch, known_day, written_);
      ArrayText touched;
      for (const int division : DivisionsOf(batch)) touched.Add(division);
      session.Execute(kTouchDivisions, touched.text(), version);
    }
    const bool directory = !batch.divisions.empty() || !batch.plans.empty();
    return PositionIn(
        session.Execute(kAdvance, batch.resume_token, MicrosecondsOrNothing(batch.current_as_of),
                        static_cast<std::int64_t>(batch.size()), told, version, directory)[0]);
  });
  if (applied) written_.End(applied->version);
  return applied;
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

PostgresFigureStore::KnownDivision PostgresFigureStore::Known(int division) {
  std::lock_guard lock(mutex_);
  const auto found = divisions_.find(division);
  return found == divisions_.end() ? KnownDivision{} : found->second;
}

Result<DivisionSummary> PostgresFigureStore::ReadDivision(int division) {
  return database_.Read([&](Session& session) -> Result<DivisionSummary> {
    const auto known = Known(division);
    const auto row =
        session.Execute(kReadDivision, division, known.epoch, known.directory_version)[0];
    if (!row["anew"].as<bool>()) return known.summary;
    if (row["display_name"].is_null()) {
      return Fail(NotFound("divisions/" + std::to_string(division)));
    }
    KnownDivision fresh{.epoch = row["epoch"].as<std::string>(),
                        .directory_version = row["directory_version"].as<std::int64_t>(),
                        .summary = {.display_name = row["display_name"].as<std::string>(),
                                    .level = static_cast<DivisionLevel>(row["level"].as<int>())}};
    if (!row["newest_year"].is_null()) {
      fresh.summary.newest_year = row["newest_year"].as<int>();
    }
    std::lock_guard lock(mutex_);
    return (divisions_[division] = std::move(fresh)).summary;
  });
}

Result<std::shared_ptr<const NumberedCells>> PostgresFigureStore::CellsOf(
    Session& session, const OverviewQuery& query) {
  const auto scope = ScopeOf(query);
  const auto before = cells_.Find(scope);
  auto cells = ReadCells(session, scope, before);
  const auto known_since = cells->cells.known_since;
  if (query.known_day && known_since && *query.known_day < *known_since) {
    return Fail(NotKnownThen(*known_since));
  }
  if (!before || before->epoch != cells->epoch || before->version != cells->version) {
    cells_.Keep(scope, cells);
  }
  return cells;
}

Result<OverviewCounts> PostgresFigureStore::ReadOverview(const OverviewQuery& query,
                                                         const Rules& rules) {
  if (query.grouping == Grouping::kSection) return ReadBySection(query, rules);
  return database_.Read([&](Session& session) -> Result<OverviewCounts> {
    const auto cells = CellsOf(session, query);
    if (!cells) return Fail(cells.error());
    return SumOverview((*cells)->cells, query, rules);
  });
}

Result<OverviewCounts> PostgresFigureStore::ReadBySection(const OverviewQuery& query,
                                                          const Rules& rules) {
  return database_.DryRun([&](Session& session) -> Result<OverviewCounts> {
    session.raw().exec(kOneMoment);
    const auto cells = CellsOf(session, query);
    if (!cells) return Fail(cells.error());
    auto overview = SumOverview((*cells)->cells, query, rules);
    overview.rows = ReadSections(session, (*cells)->cells, query);
    return overview;
  });
}

Result<TrendCounts> PostgresFigureStore::ReadTrend(const TrendQuery& query, const Rules& rules) {
  return database_.Read([&](Session& session) -> Result<TrendCounts> {
    auto trend = ReadTrendCounts(session, query, rules);
    if (trend.known_since && query.days.front() < *trend.known_since) {
      return Fail(NotKnownThen(*trend.known_since));
    }
    return trend;
  });
}

Result<MemberPage> PostgresFigureStore::ReadMembers(const MemberQuery& query, const Rules& rules) {
  return database_.DryRun([&](Session& session) -> Result<MemberPage> {
    session.raw().exec(kOneMoment);
    auto by_unit = query;
    by_unit.overview.grouping = Grouping::kPlan;
    by_unit.overview.units.unit = query.unit;
    const auto cells = CellsOf(session, by_unit.overview);
    if (!cells) return Fail(cells.error());
    return reporting::ReadMembers(session, (*cells)->cells, by_unit, rules);
  });
}

Result<std::vector<HeadActs>> PostgresFigureStore::ReadHeadActs(int division, int year) {
  return database_.Read([&](Session& session) -> Result<std::vector<HeadActs>> {
    std::vector<HeadActs> heads;
    const auto cells =
        CellsOf(session, {.division = division, .year = year, .grouping = Grouping::kUnit});
    if (!cells) return Fail(cells.error());
    const auto* found = (*cells)->cells.Find(division);
    if (!found) return heads;
    const auto& own = found->cells();
    for (const int unit : own.Holders()) {
      heads.push_back({.unit = unit, .acts = own.HeadActs(unit)});
      if (const auto* named = own.FindUnit(unit)) heads.back().display_name = named->display_name;
    }
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
