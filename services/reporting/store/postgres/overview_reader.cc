#include "services/reporting/store/postgres/overview_reader.h"

#include <string>
#include <utility>

#include "services/reporting/store/postgres/cell_row.h"
#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1 division, $2 year, $3 the day at whose end it was known, $4 the only plan of the division or
// null; $5 whose units are wanted: NONE, OWN or ALL. States 3 and 4 are ISSUED and CLOSED; topics 1
// and 2 are the work of a plan and the policies of a year. Each cell is the first row of an index
// that is read backwards, now as well as then. "offset 0" makes the planner look up the few keys in
// scope.
constexpr Statement kReadOverview{"read_overview", R"sql(
with recursive tree (division, parent, level, display_name) as (
  select division, parent, level, display_name from division
  where division = $1::int and known_from <= $3::date and known_to > $3
  union
  select d.division, d.parent, d.level, d.display_name
  from tree join division d on d.parent = tree.division
  where d.known_from <= $3 and d.known_to > $3
), plan_in_force as (
  select p.* from tree cross join lateral (
    select * from plan
    where division = tree.division and year = $2::int and state in (3, 4)
      and known_from <= $3 and known_to > $3
      and ($4::int is null or (plan = $4 and division = $1))
    offset 0) as p
), wanted_unit as (
  select u.* from tree cross join lateral (
    select * from unit where division = tree.division offset 0) as u
  where $5::text = 'ALL' or ($5 = 'OWN' and u.division = $1)
)
select 'NOW' as what, 0 as division, 0 as number, 0 as unit, 0 as kind, '' as display_name,
       known_since as issue_date, null::date as claim_deadline, null::date as filing_deadline,
       (extract(epoch from current_as_of) * 1000000)::bigint as moment, null::bytea as data
from projection
union all
select 'DIVISION', division, coalesce(parent, 0), 0, level, display_name, null, null, null, null,
       null
from tree
union all
select 'PLAN', p.division, p.plan, 0, 0, p.title, p.issue_date, p.claim_deadline,
       p.filing_deadline, null, latest.data
from plan_in_force p left join lateral (
  select data from cell c
  where c.division = p.division and c.topic = 1 and c.number = p.plan and c.unit = 0
    and c.known_day <= $3
  order by known_day desc limit 1) as latest on true
union all
select 'POLICIES', tree.division, $2, 0, 0, '', null, null, null, null, latest.data
from tree cross join lateral (
  select data from cell c
  where c.division = tree.division and c.topic = 2 and c.number = $2 and c.unit = 0
    and c.known_day <= $3
  order by known_day desc limit 1) as latest
union all
select 'UNIT', division, 0, unit, kind, display_name, null, null, null, null, null from wanted_unit
union all
select 'UNIT_WORK', u.division, p.plan, u.unit, 0, '', null, null, null, null, latest.data
from plan_in_force p join wanted_unit u using (division) cross join lateral (
  select data from cell c
  where c.division = u.division and c.topic = 1 and c.number = p.plan and c.unit = u.unit
    and c.known_day <= $3
  order by known_day desc limit 1) as latest
union all
select 'POLICIES', u.division, $2, u.unit, 0, '', null, null, null, null, latest.data
from wanted_unit u cross join lateral (
  select data from cell c
  where c.division = u.division and c.topic = 2 and c.number = $2 and c.unit = u.unit
    and c.known_day <= $3
  order by known_day desc limit 1) as latest
)sql"};

// Columns by number: looking up a name costs more than reading the value.
enum Column {
  kWhat,
  kDivision,
  kNumber,
  kUnit,
  kKind,
  kDisplayName,
  kIssueDate,
  kClaimDeadline,
  kFilingDeadline,
  kMoment,
  kData
};

const char* WantedUnits(Grouping grouping) {
  switch (grouping) {
    case Grouping::kUnit:
      return "OWN";
    case Grouping::kUnitKind:
      return "ALL";
    case Grouping::kDivision:
    case Grouping::kCounty:
    case Grouping::kPlan:
    case Grouping::kRole:
    case Grouping::kMonth:
      return "NONE";
  }
  return "";
}

void ReadRow(const pqxx::row& row, OverviewCells& cells) {
  const std::string_view what(row[kWhat].c_str(), row[kWhat].size());
  const auto division = row[kDivision].as<int>();
  const auto number = row[kNumber].as<int>();
  const auto unit = row[kUnit].as<int>();
  if (what == "PLAN") {
    cells.plans.push_back({.division = division,
                           .plan = number,
                           .title = row[kDisplayName].as<std::string>(),
                           .terms = {.issue_date = DateIn(row[kIssueDate]),
                                     .claim_deadline = DateIn(row[kClaimDeadline]),
                                     .filing_deadline = DateIn(row[kFilingDeadline])},
                           .cell = CellIn(row[kData])});
  } else if (what == "POLICIES") {
    cells.policies.push_back({.division = division, .unit = unit, .cell = CellIn(row[kData])});
  } else if (what == "UNIT_WORK") {
    cells.unit_work.push_back(
        {.division = division, .unit = unit, .plan = number, .cell = CellIn(row[kData])});
  } else if (what == "UNIT") {
    cells.units.push_back({.division = division,
                           .unit = unit,
                           .kind = static_cast<UnitKind>(row[kKind].as<int>()),
                           .display_name = row[kDisplayName].as<std::string>()});
  } else if (what == "DIVISION") {
    cells.divisions.push_back({.division = division,
                               .parent = number,
                               .level = static_cast<DivisionLevel>(row[kKind].as<int>()),
                               .display_name = row[kDisplayName].as<std::string>()});
  } else {
    cells.current_as_of = TimeOrNothing(row[kMoment]);
    cells.known_since = DateIn(row[kIssueDate]);
  }
}

}  // namespace

std::string KnownDay(const OverviewQuery& query) {
  return query.known_day ? FormatDate(*query.known_day) : "9999-12-31";
}

OverviewCells ReadOverviewCells(Session& session, const OverviewQuery& query) {
  OverviewCells cells;
  for (const auto& row : session.Execute(kReadOverview, query.division, query.year, KnownDay(query),
                                         query.plan, WantedUnits(query.grouping))) {
    ReadRow(row, cells);
  }
  return cells;
}

}  // namespace gongkai::reporting
