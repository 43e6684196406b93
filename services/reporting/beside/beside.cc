#include "services/reporting/beside/beside.h"

#include <thread>
#include <utility>

#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/common/postgres/migration.h"
#include "services/reporting/domain/cell_codec.h"
#include "services/reporting/projector/projector.h"
#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/figure_store.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;
using std::chrono_literals::operator""ms;
using Clock = std::chrono::steady_clock;

// Any number that no other program locks in the same database.
constexpr const char* kTryLock = "select pg_try_advisory_lock(7046253)";

// $1: an empty cell, which says no more than none.
constexpr Statement kDisparities{"disparities", R"sql(
with served as (
  select distinct on (division, topic, number, unit) division, topic, number, unit, data
  from cell order by division, topic, number, unit, known_day desc
), anew as (
  select distinct on (division, topic, number, unit) division, topic, number, unit, data
  from gongkai_beside.cell order by division, topic, number, unit, known_day desc
)
(select concat_ws('/', 'cell ' || division, topic, number, unit)
 from served full join anew using (division, topic, number, unit)
 where coalesce(served.data, $1::bytea) <> coalesce(anew.data, $1) limit 100)
union all
(select 'division ' || division
 from (select division, display_name, level, parent from division where known_to = 'infinity')
        as served
 full join (select division, display_name, level, parent from gongkai_beside.division
            where known_to = 'infinity') as anew using (division)
 where served is distinct from anew limit 100)
union all
(select concat_ws('/', 'plan ' || division, plan)
 from (select division, plan, title, year, state, issue_date, claim_deadline, filing_deadline
       from plan where known_to = 'infinity') as served
 full join (select division, plan, title, year, state, issue_date, claim_deadline, filing_deadline
            from gongkai_beside.plan where known_to = 'infinity') as anew using (division, plan)
 where served is distinct from anew limit 100)
union all
(select concat_ws('/', 'unit ' || division, unit)
 from (select division, unit, display_name, kind from unit) as served
 full join (select division, unit, display_name, kind from gongkai_beside.unit) as anew
   using (division, unit)
 where served is distinct from anew limit 100)
limit 100
)sql"};

// Whoever reads or applies waits for the end of this; then statements find the new tables by the
// old names, a process sees another epoch, and the projector of the old ones that it has moved.
constexpr const char* kSwitch = R"sql(
do $$
declare
  tables constant text[] := array['projection', 'division_version', 'division', 'unit', 'plan',
                                  'task', 'assignment', 'occurrence', 'policy_document',
                                  'interpretation', 'interpretation_link', 'former_unit',
                                  'former_task', 'cell'];
  served constant text := current_schema();
  name text;
begin
  lock table projection, division_version, division, unit, plan, task, assignment, occurrence,
    policy_document, interpretation, interpretation_link, former_unit, former_task, cell
    in access exclusive mode;
  create schema gongkai_replaced;
  foreach name in array tables loop
    execute format('alter table %I.%I set schema gongkai_replaced', served, name);
    execute format('alter table gongkai_beside.%I set schema %I', name, served);
  end loop;
  execute format('alter function %I.numbered_batches() set schema gongkai_replaced', served);
  execute format('alter function gongkai_beside.numbered_batches() set schema %I', served);
  drop schema gongkai_replaced cascade;
  drop schema gongkai_beside cascade;
end $$
)sql";

std::string BesideConninfo(const std::string& database) {
  // Of a keyword that stands twice the later one holds.
  return postgres::CompleteConninfo(database) +
         " options='-c timezone=UTC -c jit=off -c search_path=gongkai_beside'";
}

Error Busy() {
  return {.code = ErrorCode::kAborted,
          .reason = "BESIDE_BUSY",
          .message = "another check-parity or rebuild runs on this database; wait for its end",
          .message_zh = "同一数据库上正在进行另一次核对或重建，请等待其结束"};
}

Error TooLate(const char* what) {
  return {.code = ErrorCode::kDeadlineExceeded,
          .reason = "SNAPSHOT_UNFINISHED",
          .message = std::string(what) + " did not come to its end in time; see the log",
          .message_zh = "未能在限定时间内完成，请查看日志"};
}

// The schema beside the served one, as long as this lives; only one of them at a time.
class BesideSchema {
 public:
  explicit BesideSchema(const std::string& database)
      : connection_(postgres::CompleteConninfo(database)) {}
  ~BesideSchema() {
    if (!held_) return;
    try {
      pqxx::nontransaction(connection_.raw()).exec("drop schema if exists gongkai_beside cascade");
    } catch (const std::exception& exception) {
      (void)postgres::FaultOf(exception);  // logs it; the next one drops it
    }
  }

  Result<void> Make(const std::string& database) {
    pqxx::nontransaction work(connection_.raw());
    held_ = work.exec1(kTryLock)[0].as<bool>();
    if (!held_) return Fail(Busy());
    work.exec("set client_min_messages = warning");
    work.exec("drop schema if exists gongkai_beside cascade");
    work.exec("create schema gongkai_beside");
    const auto migrated = postgres::Migrate(BesideConninfo(database), kSchema);
    if (!migrated) return Fail(migrated.error());
    return {};
  }

 private:
  postgres::Connection connection_;  // holds the lock
  bool held_ = false;
};

// The projection in that schema, following the feed.
class BesideProjection {
 public:
  explicit BesideProjection(const BesideOptions& options)
      : store_({.conninfo = BesideConninfo(options.database), .connections = 1}),
        projector_(store_, options.plans,
                   {.standby = 100ms, .token_file = options.plans_token_file}) {}

  // Until it has reached the end of the feed for the first time.
  Result<void> Build(std::chrono::seconds limit) {
    const auto end = Clock::now() + limit;
    while (Clock::now() < end) {
      const auto position = store_.ReadPosition();
      if (!position) return Fail(position.error());
      if (position->current_as_of) return {};
      std::this_thread::sleep_for(50ms);
    }
    return Fail(TooLate("the snapshot"));
  }

 private:
  PostgresFigureStore store_;
  Projector projector_;
};

std::vector<Disparity> ReadDisparities(Session& session) {
  ArrayText empty;
  empty.AddBytes(EncodeCell({}));
  const auto element = empty.text();  // {"\\x…"}
  std::vector<Disparity> disparities;
  for (const auto& row :
       session.Execute(kDisparities, "\\" + element.substr(4, element.size() - 6))) {
    disparities.push_back({row[0].as<std::string>()});
  }
  return disparities;
}

Result<std::vector<Disparity>> Compare(const BesideOptions& options) {
  postgres::Database database({.conninfo = options.database, .connections = 1});
  const auto end = Clock::now() + options.agreement;
  for (;;) {
    auto disparities = database.Read([](Session& session) -> Result<std::vector<Disparity>> {
      return ReadDisparities(session);
    });
    if (!disparities || disparities->empty() || Clock::now() > end) return disparities;
    std::this_thread::sleep_for(200ms);
  }
}

}  // namespace

Result<std::vector<Disparity>> CheckParity(const BesideOptions& options) try {
  BesideSchema schema(options.database);
  if (const auto made = schema.Make(options.database); !made) return Fail(made.error());
  BesideProjection projection(options);
  if (const auto built = projection.Build(options.limit); !built) return Fail(built.error());
  return Compare(options);
} catch (const std::exception& exception) {
  return Fail(postgres::FaultOf(exception).error);
}

Result<void> Rebuild(const BesideOptions& options) try {
  BesideSchema schema(options.database);
  if (const auto made = schema.Make(options.database); !made) return made;
  {
    BesideProjection projection(options);
    if (const auto built = projection.Build(options.limit); !built) return built;
  }
  postgres::Database database({.conninfo = options.database, .connections = 1});
  return database.Write([](Session& session) -> Result<void> {
    session.raw().exec(kSwitch);
    return {};
  });
} catch (const std::exception& exception) {
  return Fail(postgres::FaultOf(exception).error);
}

}  // namespace gongkai::reporting
