#include <limits>

#include "services/plans/store/postgres/page_bytes.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// The limit of kReadChanges. It stands in the statement as a number: a parameter would let the
// planner sort the whole rest of the feed for one page.
constexpr int kMostScanned = 1000;

// One statement, so that the rows, the horizon and the floor come from one snapshot. What the
// filter leaves out comes without its resource, so that a page's work is bounded whatever passes.
// The last row carries the horizon: nothing at or above it may be read yet. Its time is that of the
// statement's beginning, for what commits between the snapshot and a later look at the clock is not
// in these rows. Whether more is pending, the newest row tells: `exists` would read the whole
// table.
constexpr Statement kReadChanges{"read_changes", R"sql(
  with bounds as materialized (
    select pg_snapshot_xmin(pg_current_snapshot()) as horizon,
           ($1::xid8, $2::bigint) < (f.txid, f.seq) as expired
    from feed_floor f
  ), page as (
    select c.txid, c.seq, c.division, c.kind,
           case when c.division between $3 and $4
                     and ($5::resource_kind[] is null or c.kind = any($5::resource_kind[]))
                then c.resource end as resource,
           c.actor, c.change_time, c.traceparent
    from change c
    where (c.txid, c.seq) > ($1::xid8, $2) and c.txid < (select horizon from bounds)
      and not (select expired from bounds)
    order by c.txid, c.seq limit 1000
  )
  select txid::text, seq, division, kind::text, resource::text, actor,
         to_json(change_time) #>> '{}', null::boolean, null::boolean, traceparent
  from page
  union all
  select horizon::text, null, null, null, null, null, to_json(statement_timestamp()) #>> '{}',
         coalesce((select c.txid >= horizon from change c
                   order by c.txid desc, c.seq desc limit 1), false),
         expired, null
  from bounds
)sql"};

constexpr Statement kKeptSince{"kept_since", R"sql(
  select to_json(change_time) #>> '{}' from change order by txid, seq limit 1
)sql"};

Error Expired(const std::string& kept_since) {
  return {.code = ErrorCode::kOutOfRange,
          .reason = "TOKEN_EXPIRED",
          .message = "resume_token: changes right after it are no longer kept" +
                     (kept_since.empty() ? "" : " (only those since " + kept_since + ")") +
                     "; begin anew with `snapshot` and an empty resume_token",
          .message_zh = "续传位置已过期，其后的部分变更已清理，请以快照方式（snapshot）重新开始",
          .metadata = {{"kept_since", kept_since}}};
}

class PostgresChangeStore : public ChangeStore {
 public:
  explicit PostgresChangeStore(postgres::Database& database) : database_(database) {}

  Result<FeedPage> ReadChanges(const FeedPosition& after, const FeedFilter& filter) override {
    const auto kinds = filter.kinds.empty()
                           ? std::nullopt
                           : std::optional<std::string>(ArrayLiteral(filter.kinds));
    return database_.Read([&](Session& session) -> Result<FeedPage> {
      const auto rows = session.Execute(kReadChanges, std::to_string(after.txid), after.seq,
                                        filter.divisions.from, filter.divisions.to, kinds);
      const auto bounds = rows[rows.size() - 1];
      if (bounds[8].as<bool>()) return Fail(Expired(KeptSince(session)));
      FeedPage page{.next = after, .read_time = bounds[6].c_str()};
      page.more_pending = bounds[7].as<bool>();
      page.at_end = AddChanges(rows, page) && rows.size() <= kMostScanned;
      if (page.at_end && page.changes.empty()) {
        page.next = EndBelow(bounds[0].as<std::uint64_t>(), after);
      }
      return page;
    });
  }

 private:
  // False if the page was full before the last row.
  static bool AddChanges(const pqxx::result& rows, FeedPage& page) {
    PageBytes bytes;
    for (pqxx::result::size_type i = 0; i + 1 < rows.size(); ++i) {
      const auto row = rows[i];
      const FeedPosition position{row[0].as<std::uint64_t>(), row[1].as<std::int64_t>()};
      if (!row[4].is_null()) {
        if (!bytes.Take(row[4].size())) return false;
        page.changes.push_back({position, row[2].as<int>(), row[3].c_str(), row[4].c_str(),
                                row[5].c_str(), row[6].c_str(), row[9].c_str()});
      }
      page.next = position;
    }
    return true;
  }

  static std::string KeptSince(Session& session) {
    const auto rows = session.Execute(kKeptSince);
    return rows.empty() ? "" : rows[0][0].c_str();
  }

  // Behind every change below the horizon; never before where the reader already is. Only for pages
  // without changes: readers that were sent the same last change ask from the same place again, and
  // can share what is read for them.
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
