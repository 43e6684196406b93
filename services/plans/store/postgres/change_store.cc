#include <limits>

#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// One statement, so that the rows and the horizon come from one snapshot. The last row carries the
// horizon: nothing at or above it may be read yet. Its time is that of the statement's beginning,
// for what commits between the snapshot and a later look at the clock is not in these rows.
constexpr Statement kReadChanges{"read_changes", R"sql(
  with horizon as materialized (
    select pg_snapshot_xmin(pg_current_snapshot()) as oldest_running
  ), page as (
    select c.txid, c.seq, c.kind, c.resource, c.actor, c.change_time
    from change c, horizon h
    where (c.txid, c.seq) > ($1::xid8, $2) and c.txid < h.oldest_running
      and c.division between $3 and $4
    order by c.txid, c.seq limit $5
  )
  select txid::text, seq, kind::text, resource::text, actor, to_json(change_time) #>> '{}',
         null::boolean
  from page
  union all
  select oldest_running::text, null, null, null, null, to_json(statement_timestamp()) #>> '{}',
         exists (select 1 from change c where c.txid >= oldest_running)
  from horizon
)sql"};

class PostgresChangeStore : public ChangeStore {
 public:
  explicit PostgresChangeStore(postgres::Database& database) : database_(database) {}

  Result<FeedPage> ReadChanges(const FeedPosition& after, int division_from, int division_to,
                               int limit) override {
    return database_.Read([&](Session& session) -> Result<FeedPage> {
      const auto rows = session.Execute(kReadChanges, std::to_string(after.txid), after.seq,
                                        division_from, division_to, limit);
      FeedPage page{.next = after};
      for (const auto& row : rows) {
        if (row[1].is_null()) {
          page.read_time = row[5].c_str();
          page.more_pending = row[6].as<bool>();
          page.at_end = static_cast<int>(page.changes.size()) < limit;
          if (page.at_end) page.next = EndBelow(row[0].as<std::uint64_t>(), after);
          continue;
        }
        page.changes.push_back({{row[0].as<std::uint64_t>(), row[1].as<std::int64_t>()},
                                row[2].c_str(),
                                row[3].c_str(),
                                row[4].c_str(),
                                row[5].c_str()});
        page.next = page.changes.back().position;
      }
      return page;
    });
  }

 private:
  // Behind every change below the horizon; never before where the reader already is.
  static FeedPosition EndBelow(std::uint64_t horizon, const FeedPosition& after) {
    if (horizon <= after.txid) return after;
    return {horizon - 1, std::numeric_limits<std::int64_t>::max()};
  }

  postgres::Database& database_;
};

}  // namespace

std::unique_ptr<ChangeStore> MakeChangeStore(postgres::Database& database) {
  return std::make_unique<PostgresChangeStore>(database);
}

}  // namespace gongkai::plans
