#include <cctype>
#include <string_view>

#include "services/plans/store/postgres/page_bytes.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// The limit of each statement below; why it stands there as a number: see kReadChanges.
constexpr int kMostResources = 1000;

// $1 and $2: the range of divisions; $3: the key of the resource before the page. Each row is a
// resource as the feed tells it, with its key: the columns of the primary key, joined by dots.

constexpr Statement kDivisions{"snapshot_division", R"sql(
  select d.division, resource(d) from division d
  where d.division between $1 and $2 and d.division > $3::int
  order by d.division limit 1000
)sql"};

constexpr Statement kUnits{"snapshot_unit", R"sql(
  select concat_ws('.', u.division, u.unit), resource(u) from unit u
  where u.division between $1 and $2
    and (u.division, u.unit) > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by u.division, u.unit limit 1000
)sql"};

constexpr Statement kPlans{"snapshot_plan", R"sql(
  select concat_ws('.', p.division, p.plan), resource(p) from plan p
  where p.division between $1 and $2
    and (p.division, p.plan) > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by p.division, p.plan limit 1000
)sql"};

constexpr Statement kTasks{"snapshot_task", R"sql(
  select concat_ws('.', t.division, t.plan, t.task), resource(t) from task t
  where t.division between $1 and $2
    and (t.division, t.plan, t.task)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int, split_part($3, '.', 3)::int)
  order by t.division, t.plan, t.task limit 1000
)sql"};

constexpr Statement kAssignments{"snapshot_assignment", R"sql(
  select concat_ws('.', a.division, a.plan, a.task, a.unit, a.role), public_resource(a)
  from assignment a
  where a.division between $1 and $2
    and (a.division, a.plan, a.task, a.unit, a.role)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int, split_part($3, '.', 3)::int,
         split_part($3, '.', 4)::int, split_part($3, '.', 5)::unit_role)
  order by a.division, a.plan, a.task, a.unit, a.role limit 1000
)sql"};

constexpr Statement kOccurrences{"snapshot_occurrence", R"sql(
  select concat_ws('.', o.division, o.plan, o.task, o.unit, o.role, o.occurrence), resource(o)
  from occurrence o
  where o.division between $1 and $2
    and (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int, split_part($3, '.', 3)::int,
         split_part($3, '.', 4)::int, split_part($3, '.', 5)::unit_role,
         split_part($3, '.', 6)::int)
  order by o.division, o.plan, o.task, o.unit, o.role, o.occurrence limit 1000
)sql"};

constexpr Statement kPolicyDocuments{"snapshot_policy_document", R"sql(
  select concat_ws('.', p.division, p.policy_document), resource(p) from policy_document p
  where p.division between $1 and $2
    and (p.division, p.policy_document)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by p.division, p.policy_document limit 1000
)sql"};

constexpr Statement kInterpretations{"snapshot_interpretation", R"sql(
  select concat_ws('.', i.division, i.interpretation), resource(i) from interpretation i
  where i.division between $1 and $2
    and (i.division, i.interpretation)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by i.division, i.interpretation limit 1000
)sql"};

constexpr Statement kActivities{"snapshot_activity", R"sql(
  select concat_ws('.', a.division, a.activity), resource(a) from activity a
  where a.division between $1 and $2
    and (a.division, a.activity) > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by a.division, a.activity limit 1000
)sql"};

constexpr Statement kUpstreamLinks{"snapshot_upstream_link", R"sql(
  select concat_ws('.', l.division, l.plan, l.upstream_link), resource(l) from upstream_link l
  where l.division between $1 and $2
    and (l.division, l.plan, l.upstream_link)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int, split_part($3, '.', 3)::int)
  order by l.division, l.plan, l.upstream_link limit 1000
)sql"};

constexpr Statement kReminders{"snapshot_reminder", R"sql(
  select concat_ws('.', r.division, r.reminder), resource(r) from reminder r
  where r.division between $1 and $2
    and (r.division, r.reminder) > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by r.division, r.reminder limit 1000
)sql"};

constexpr Statement kSupervisionOrders{"snapshot_supervision_order", R"sql(
  select concat_ws('.', o.division, o.supervision_order), resource(o) from supervision_order o
  where o.division between $1 and $2
    and (o.division, o.supervision_order)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int)
  order by o.division, o.supervision_order limit 1000
)sql"};

constexpr Statement kInstructions{"snapshot_instruction", R"sql(
  select concat_ws('.', i.division, i.plan, i.task, i.instruction), resource(i) from instruction i
  where i.division between $1 and $2
    and (i.division, i.plan, i.task, i.instruction)
      > (split_part($3, '.', 1)::int, split_part($3, '.', 2)::int, split_part($3, '.', 3)::int,
         split_part($3, '.', 4)::int)
  order by i.division, i.plan, i.task, i.instruction limit 1000
)sql"};

// Every kind of the feed, each after those that its resources belong to.
struct Source {
  const char* kind;
  const Statement* statement;
  const char* first;  // sorts before every key, and shows the form of one
};

constexpr Source kSources[] = {
    {"division", &kDivisions, "0"},
    {"unit", &kUnits, "0.0"},
    {"plan", &kPlans, "0.0"},
    {"task", &kTasks, "0.0.0"},
    {"assignment", &kAssignments, "0.0.0.0.LEAD"},
    {"occurrence", &kOccurrences, "0.0.0.0.LEAD.0"},
    {"policy_document", &kPolicyDocuments, "0.0"},
    {"interpretation", &kInterpretations, "0.0"},
    {"activity", &kActivities, "0.0"},
    {"upstream_link", &kUpstreamLinks, "0.0.0"},
    {"reminder", &kReminders, "0.0"},
    {"supervision_order", &kSupervisionOrders, "0.0"},
    {"instruction", &kInstructions, "0.0.0.0"},
};

constexpr Statement kBegin{"snapshot_begin",
                           "select pg_snapshot_xmin(pg_current_snapshot())::text"};

std::string_view TakePart(std::string_view& text) {
  const auto part = text.substr(0, text.find('.'));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

bool IsRole(std::string_view text) {
  return text == "LEAD" || text == "RESPONSIBLE" || text == "SUPPORTING";
}

// A number where `form` has one, a role where it has one.
bool HasForm(std::string_view key, std::string_view form) {
  if (key.empty() || key.back() == '.') return false;
  while (!key.empty() && !form.empty()) {
    const auto part = TakePart(key);
    const bool fits = IsNumber(TakePart(form)) ? IsNumber(part) : IsRole(part);
    if (!fits) return false;
  }
  return key.empty() && form.empty();
}

const Source* Find(const SnapshotPlace& place) {
  for (const auto& source : kSources) {
    if (place.kind != source.kind) continue;
    return place.key.empty() || HasForm(place.key, source.first) ? &source : nullptr;
  }
  return nullptr;
}

// The next kind that passes the filter; nothing behind the last.
std::optional<SnapshotPlace> BeginningFrom(const Source* source, const FeedFilter& filter) {
  for (; source != std::end(kSources); ++source) {
    if (filter.Passes(filter.divisions.from, source->kind)) return SnapshotPlace{source->kind, ""};
  }
  return std::nullopt;
}

class PostgresSnapshotStore : public SnapshotStore {
 public:
  explicit PostgresSnapshotStore(postgres::Database& database) : database_(database) {}

  Result<FeedPosition> Begin() override {
    return database_.Read([](Session& session) -> Result<FeedPosition> {
      const auto horizon = session.Execute(kBegin)[0][0].as<std::uint64_t>();
      return FeedPosition{horizon - 1, std::numeric_limits<std::int64_t>::max()};
    });
  }

  Result<SnapshotPage> ReadPage(const std::optional<SnapshotPlace>& after,
                                const FeedFilter& filter) override {
    const auto place = after ? after : BeginningFrom(std::begin(kSources), filter);
    if (!place) return SnapshotPage{};
    const auto* source = Find(*place);
    if (!source) return Fail(InvalidArgument("resume_token", "is not a token of this feed"));
    return database_.Read([&](Session& session) -> Result<SnapshotPage> {
      const auto rows =
          session.Execute(*source->statement, filter.divisions.from, filter.divisions.to,
                          place->key.empty() ? std::string(source->first) : place->key);
      SnapshotPage page;
      const bool whole = AddResources(rows, *source, page);
      const bool more = !whole || rows.size() == kMostResources;
      page.next = more ? page.resources.back().place : BeginningFrom(source + 1, filter);
      return page;
    });
  }

 private:
  // False if the page was full before the last row.
  static bool AddResources(const pqxx::result& rows, const Source& source, SnapshotPage& page) {
    PageBytes bytes;
    for (const auto& row : rows) {
      if (!bytes.Take(row[1].size())) return false;
      page.resources.push_back({{source.kind, row[0].c_str()}, row[1].c_str()});
    }
    return true;
  }

  postgres::Database& database_;
};

}  // namespace

std::unique_ptr<SnapshotStore> MakeSnapshotStore(postgres::Database& database) {
  return std::make_unique<PostgresSnapshotStore>(database);
}

}  // namespace gongkai::plans
