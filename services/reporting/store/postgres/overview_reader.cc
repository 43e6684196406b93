#include "services/reporting/store/postgres/overview_reader.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/cell_row.h"
#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1 division, $2 year, $3 the day at whose end it was known; $4 whose units are wanted: NONE, OWN
// or ALL; $5 the number of the batch up to which the caller knows the divisions $6, $7 the epoch of
// that number. States 3 and 4 are ISSUED and CLOSED; topics 1 and 2 are the work of a plan and the
// policies of a year. Each cell is the first row of an index that is read backwards, now as well as
// then. Divisions are handed on as arrays, so that plans and units are looked up by index.
constexpr Statement kReadOverview{"read_overview", R"sql(
with recursive here as materialized (
  select version, epoch, directory_version > $5::bigint or epoch <> $7::text as anew, known_since,
         current_as_of, set_config('plan_cache_mode', 'force_generic_plan', false)
  from projection
), tree (division, parent, level, display_name) as (
  select division, parent, level, display_name from division
  where division = $1::int and known_from <= $3::date and known_to > $3 and (select anew from here)
  union
  select d.division, d.parent, d.level, d.display_name
  from tree join division d on d.parent = tree.division
  where d.known_from <= $3 and d.known_to > $3
), wanted as materialized (
  select division, parent, level, display_name from tree
  union all
  select division, null, null, null from division_version
  where version > $5 and division = any ($6::int[]) and not (select anew from here)
), plan_in_force as materialized (
  select division, plan, title, issue_date, claim_deadline, filing_deadline from plan
  where division = any (array(select division from wanted)) and year = $2::int
    and state in (3, 4) and known_from <= $3 and known_to > $3
), wanted_unit as materialized (
  select division, unit, kind, display_name from unit
  where division = any (array(
    select division from wanted where $4::text = 'ALL' or ($4 = 'OWN' and division = $1)))
)
select 'NOW' as what, 0 as division, anew::int as number, 0 as unit, 0 as kind,
       epoch as display_name, known_since as issue_date, null::date as claim_deadline,
       null::date as filing_deadline, (extract(epoch from current_as_of) * 1000000)::bigint
         as moment, version, null::bytea as data
from here
union all
select 'DIVISION', division, coalesce(parent, 0), 0, level, display_name, null, null, null, null,
       null, null
from wanted
union all
select 'PLAN', p.division, p.plan, 0, 0, p.title, p.issue_date, p.claim_deadline,
       p.filing_deadline, null, null, latest.data
from plan_in_force p left join lateral (
  select data from cell c
  where c.division = p.division and c.topic = 1 and c.number = p.plan and c.unit = 0
    and c.known_day <= $3
  order by known_day desc limit 1) as latest on true
union all
select 'POLICIES', wanted.division, 0, 0, 0, '', null, null, null, null, null, latest.data
from wanted cross join lateral (
  select data from cell c
  where c.division = wanted.division and c.topic = 2 and c.number = $2 and c.unit = 0
    and c.known_day <= $3
  order by known_day desc limit 1) as latest
union all
select 'UNIT', division, 0, unit, kind, display_name, null, null, null, null, null, null
from wanted_unit
union all
select 'UNIT_WORK', u.division, p.plan, u.unit, 0, '', null, null, null, null, null, latest.data
from plan_in_force p join wanted_unit u using (division) cross join lateral (
  select data from cell c
  where c.division = u.division and c.topic = 1 and c.number = p.plan and c.unit = u.unit
    and c.known_day <= $3
  order by known_day desc limit 1) as latest
union all
select 'UNIT_POLICIES', u.division, 0, u.unit, 0, '', null, null, null, null, null, latest.data
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
  kVersion,
  kData
};

constexpr const char* kUnitScopes[] = {"NONE", "OWN", "ALL"};

// What one reading has told.
struct Reading {
  NumberedCells now;  // without divisions
  bool anew = false;
  std::map<int, DivisionCells> divisions;
};

void ReadRow(const pqxx::row& row, const OverviewCells* before, Reading& reading) {
  const std::string_view what(row[kWhat].c_str(), row[kWhat].size());
  const auto number = row[kNumber].as<int>();
  if (what == "NOW") {
    reading.anew = number != 0;
    reading.now.epoch = row[kDisplayName].as<std::string>();
    reading.now.version = row[kVersion].as<std::int64_t>();
    reading.now.cells.current_as_of = TimeOrNothing(row[kMoment]);
    reading.now.cells.known_since = DateIn(row[kIssueDate]);
    return;
  }
  const auto division = row[kDivision].as<int>();
  const auto unit = row[kUnit].as<int>();
  auto& cells = reading.divisions[division];
  if (what == "DIVISION") {
    cells.division = division;
    if (row[kKind].is_null()) {
      const auto& known = before->Find(division)->cells();
      cells.parent = known.parent;
      cells.level = known.level;
      cells.display_name = known.display_name;
    } else {
      cells.parent = number;
      cells.level = static_cast<DivisionLevel>(row[kKind].as<int>());
      cells.display_name = row[kDisplayName].as<std::string>();
    }
  } else if (what == "PLAN") {
    cells.plans.push_back({.plan = number,
                           .title = row[kDisplayName].as<std::string>(),
                           .terms = {.issue_date = DateIn(row[kIssueDate]),
                                     .claim_deadline = DateIn(row[kClaimDeadline]),
                                     .filing_deadline = DateIn(row[kFilingDeadline])},
                           .cell = CellIn(row[kData])});
  } else if (what == "POLICIES") {
    cells.policies = CellIn(row[kData]);
  } else if (what == "UNIT") {
    cells.units.push_back({.unit = unit,
                           .kind = static_cast<UnitKind>(row[kKind].as<int>()),
                           .display_name = row[kDisplayName].as<std::string>()});
  } else if (what == "UNIT_WORK") {
    cells.unit_work.push_back({.unit = unit, .plan = number, .cell = CellIn(row[kData])});
  } else if (what == "UNIT_POLICIES") {
    cells.unit_policies.push_back({.unit = unit, .cell = CellIn(row[kData])});
  }
}

std::shared_ptr<const DivisionCounts> Finished(DivisionCells cells) {
  std::sort(cells.plans.begin(), cells.plans.end(),
            [](const auto& one, const auto& other) { return one.plan < other.plan; });
  std::sort(cells.units.begin(), cells.units.end(),
            [](const auto& one, const auto& other) { return one.unit < other.unit; });
  return std::make_shared<const DivisionCounts>(std::move(cells));
}

}  // namespace

std::string KnownDay(const OverviewQuery& query) {
  return query.known_day ? FormatDate(*query.known_day) : "9999-12-31";
}

CellScope ScopeOf(const OverviewQuery& query) {
  const bool all = query.grouping == Grouping::kUnitKind || query.units.kind;
  const bool own = query.grouping == Grouping::kUnit || query.units.unit;
  const auto units = all ? UnitScope::kAll : own ? UnitScope::kOwn : UnitScope::kNone;
  return {.division = query.division,
          .year = query.year,
          .units = units,
          .known_day = DayNumber(query.known_day)};
}

std::shared_ptr<const NumberedCells> ReadCells(Session& session, const CellScope& scope,
                                               std::shared_ptr<const NumberedCells> before) {
  OverviewQuery day;
  if (scope.known_day != kNoDay) {
    day.known_day = CivilDate(std::chrono::sys_days(std::chrono::days(scope.known_day)));
  }
  ArrayText known;
  if (before) {
    for (const auto& division : before->cells.divisions) known.Add(division->cells().division);
  }
  Reading reading;
  for (const auto& row :
       session.Execute(kReadOverview, scope.division, scope.year, KnownDay(day),
                       kUnitScopes[static_cast<int>(scope.units)], before ? before->version : 0,
                       known.text(), before ? before->epoch : "")) {
    ReadRow(row, before ? &before->cells : nullptr, reading);
  }
  auto cells = std::make_shared<NumberedCells>(std::move(reading.now));
  auto& divisions = cells->cells.divisions;
  if (!reading.anew) divisions = before->cells.divisions;
  for (auto& [division, read] : reading.divisions) {
    if (reading.anew) {
      divisions.push_back(Finished(std::move(read)));
      continue;
    }
    const auto place = std::find_if(
        divisions.begin(), divisions.end(),
        [&, number = division](const auto& one) { return one->cells().division == number; });
    *place = Finished(std::move(read));
  }
  return cells;
}

}  // namespace gongkai::reporting
