#include "services/reporting/store/postgres/figure_store.h"

#include <utility>

#include "services/reporting/store/postgres/batch_writer.h"
#include "services/reporting/store/postgres/overview_reader.h"
#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// Any number that no other program locks in the same database.
constexpr const char* kTryLock = "select pg_try_advisory_lock(7046252)";
constexpr const char* kProbe = "select 1";

constexpr Statement kLockPosition{"lock_position",
                                  "select resume_token from projection for update"};

// $2: microseconds since 1970.
constexpr Statement kAdvance{"advance", R"sql(
update projection
set resume_token = $1,
    current_as_of = greatest(current_as_of,
                             timestamptz 'epoch' + $2::bigint * interval '1 microsecond'),
    applied_changes = applied_changes + $3::bigint
returning resume_token, (extract(epoch from current_as_of) * 1000000)::bigint, applied_changes
)sql"};

constexpr Statement kStartOver{
    "start_over", "update projection set resume_token = '' where resume_token = $1 returning true"};

constexpr Statement kReadPosition{"read_position", R"sql(
select resume_token, (extract(epoch from current_as_of) * 1000000)::bigint, applied_changes
from projection
)sql"};

constexpr Statement kReadDivision{"read_division", R"sql(
with recursive tree (division) as (
  select division from division where division = $1
  union
  select d.division from tree join division d on d.parent = tree.division
)
select display_name, level,
       (select max(year) from plan join tree using (division) where state in (3, 4))
from division where division = $1
)sql"};

constexpr Statement kReadHeadActs{"read_head_acts", R"sql(
with holder as (
  select distinct division, unit
  from plan join workload_bucket using (division, plan)
  where division = $1 and year = $2 and state in (3, 4) and unit > 0 and assignments > 0
)
select unit, coalesce(u.display_name, '') as display_name, coalesce(b.acts, 0) as acts
from holder
left join unit u using (division, unit)
left join (select * from head_bucket where year = $2) as b using (division, unit)
order by unit
)sql"};

constexpr Statement kReadDocuments{"read_documents", R"sql(
select document, title, issuing_level, must_interpret, forms
from policy_document where division = $1 and year = $2 order by document
)sql"};

Position PositionIn(const pqxx::row& row) {
  return {row[0].as<std::string>(), TimeOrNothing(row[1]), row[2].as<std::int64_t>()};
}

Error Moved() {
  return {.code = ErrorCode::kAborted,
          .reason = "PROJECTION_MOVED",
          .message =
              "the projection does not stand where this batch begins; read the feed again "
              "from its resume token"};
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
    if (session.Execute(kLockPosition)[0][0].as<std::string>() != batch.after_token) {
      return Fail(Moved());
    }
    WriteFacts(session, batch);
    return PositionIn(session.Execute(kAdvance, batch.resume_token,
                                      MicrosecondsOrNothing(batch.current_as_of),
                                      static_cast<std::int64_t>(batch.size()))[0]);
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
    return ReadOverviewCounts(session, query, rules);
  });
}

Result<std::vector<HeadActs>> PostgresFigureStore::ReadHeadActs(int division, int year) {
  return database_.Read([&](Session& session) -> Result<std::vector<HeadActs>> {
    std::vector<HeadActs> heads;
    for (const auto& row : session.Execute(kReadHeadActs, division, year)) {
      heads.push_back(
          {row["unit"].as<int>(), row["display_name"].as<std::string>(), row["acts"].as<int>()});
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
