#include "services/reporting/store/postgres/trend_reader.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "services/reporting/store/overview_cells.h"
#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/cell_row.h"
#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1 division, $2 year, $3 the days, $4 the first and $5 the last of them, $6 the unit or null.
// Divisions and plans come with the days from and to which they were so, cells with the place of
// the first of the days that they hold for. States and topics are those of the statement for
// overviews.
constexpr Statement kReadTrend{"read_trend", R"sql(
with recursive ever (division) as (
  select $1::int
  union
  select d.division from ever join division d on d.parent = ever.division
  where d.known_from <= $5::date and d.known_to > $4::date
), version as materialized (
  select division, plan, title, issue_date, claim_deadline, filing_deadline, known_from, known_to
  from plan
  where division = any (array(select division from ever)) and year = $2::int and state in (3, 4)
    and known_from <= $5 and known_to > $4
), point as (
  select day, place, coalesce(lag(day) over (order by place), '-infinity') as before
  from unnest($3::date[]) with ordinality as d (day, place)
), subject (division, topic, number, unit) as (
  select division, 1, plan, unit from (select distinct division, plan from version) as p
  cross join lateral (select 0 union all select $6::int where $6 is not null) as u (unit)
  union all
  select division, 2, $2, unit from ever
  cross join lateral (select 0 union all select $6 where $6 is not null) as u (unit)
)
select 'NOW' as what, 0 as division, 0 as number, 0 as unit, 0 as kind, '' as display_name,
       known_since as issue_date, null::date as claim_deadline, null::date as filing_deadline,
       (extract(epoch from current_as_of) * 1000000)::bigint as moment, null::date as known_from,
       null::date as known_to, null::bytea as data
from projection
union all
select 'DIVISION', division, coalesce(parent, 0), 0, level, display_name, null, null, null, null,
       known_from, known_to, null
from division
where division = any (array(select division from ever)) and known_from <= $5 and known_to > $4
union all
select 'PLAN', division, plan, 0, 0, title, issue_date, claim_deadline, filing_deadline, null,
       known_from, known_to, null
from version
union all
select 'UNIT', division, 0, unit, kind, display_name, null, null, null, null, null, null, null
from unit where division = $1 and unit = $6
union all
(select 'CELL', s.division, s.number, s.unit, s.topic, '', null, null, null, point.place, null,
        null, latest.data
 from point cross join subject s cross join lateral (
   select data from cell c
   where c.division = s.division and c.topic = s.topic and c.number = s.number
     and c.unit = s.unit and c.known_day <= point.day and c.known_day > point.before
   order by known_day desc limit 1) as latest)
)sql"};

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
  kKnownFrom,
  kKnownTo,
  kData
};

// How something was from one day to the day before another.
template <typename T>
struct Version {
  std::int32_t from = 0;
  std::int32_t to = 0;
  T value;

  bool Holds(std::int32_t day) const { return from <= day && day < to; }
};

using SubjectKey = std::tuple<int, int, int, int>;  // division, topic, number, unit

class TrendReader {
 public:
  TrendReader(const TrendQuery& query, const Rules& rules) : query_(query), rules_(rules) {}

  TrendCounts Read(Session& session) {
    ArrayText days;
    for (const auto day : query_.days) days.Add(day);
    for (const auto& row : session.Execute(
             kReadTrend, query_.overview.division, query_.overview.year, days.text(),
             FormatDate(query_.days.front()), FormatDate(query_.days.back()), query_.unit)) {
      Take(row);
    }
    for (std::size_t i = 0; i < query_.days.size(); ++i) {
      for (auto& [key, cell] : cells_[i + 1]) current_[key] = std::move(cell);
      trend_.points.push_back(CountsAt(query_.days[i]));
    }
    return std::move(trend_);
  }

 private:
  void Take(const pqxx::row& row) {
    const std::string_view what(row[kWhat].c_str(), row[kWhat].size());
    if (what == "NOW") {
      trend_.current_as_of = TimeOrNothing(row[kMoment]);
      trend_.known_since = DateIn(row[kIssueDate]);
      return;
    }
    const auto division = row[kDivision].as<int>();
    const auto number = row[kNumber].as<int>();
    const auto from = DayNumber(DateIn(row[kKnownFrom]));
    const auto to = DayNumber(DateIn(row[kKnownTo]));  // infinity is no date
    if (what == "DIVISION") {
      DivisionCells cells;
      cells.division = division;
      cells.parent = number;
      cells.level = static_cast<DivisionLevel>(row[kKind].as<int>());
      divisions_.push_back({from, to, std::move(cells)});
    } else if (what == "PLAN") {
      plans_[division].push_back({from,
                                  to,
                                  {.plan = number,
                                   .terms = {.issue_date = DateIn(row[kIssueDate]),
                                             .claim_deadline = DateIn(row[kClaimDeadline]),
                                             .filing_deadline = DateIn(row[kFilingDeadline])}}});
    } else if (what == "UNIT") {
      unit_ = {.unit = row[kUnit].as<int>(), .kind = static_cast<UnitKind>(row[kKind].as<int>())};
    } else if (what == "CELL") {
      cells_[row[kMoment].as<std::size_t>()].emplace_back(
          SubjectKey{division, row[kKind].as<int>(), number, row[kUnit].as<int>()},
          CellIn(row[kData]));
    }
  }

  Cell CellOf(int division, int topic, int number, int unit) const {
    const auto found = current_.find({division, topic, number, unit});
    return found == current_.end() ? Cell{} : found->second;
  }

  // The division and all below it as they were on that day, by number.
  std::vector<DivisionCells> Tree(std::int32_t day) const {
    std::map<int, const DivisionCells*> known;
    std::multimap<int, int> below;
    for (const auto& version : divisions_) {
      if (!version.Holds(day)) continue;
      known[version.value.division] = &version.value;
      below.emplace(version.value.parent, version.value.division);
    }
    std::set<int> tree;
    std::vector<int> next = {query_.overview.division};
    while (!next.empty()) {
      const int division = next.back();
      next.pop_back();
      if (!known.contains(division) || !tree.insert(division).second) continue;
      const auto [begin, end] = below.equal_range(division);
      for (auto at = begin; at != end; ++at) next.push_back(at->second);
    }
    std::vector<DivisionCells> divisions;
    for (const int division : tree) divisions.push_back(*known.at(division));
    return divisions;
  }

  void Fill(std::int32_t day, DivisionCells& cells) const {
    const int year = query_.overview.year;
    const int division = cells.division;
    const bool of_unit = unit_ && division == query_.overview.division;
    if (const auto plans = plans_.find(division); plans != plans_.end()) {
      for (const auto& version : plans->second) {
        if (!version.Holds(day)) continue;
        auto plan = version.value;
        plan.cell = CellOf(division, 1, plan.plan, 0);
        if (of_unit) {
          cells.unit_work.push_back(
              {unit_->unit, plan.plan, CellOf(division, 1, plan.plan, unit_->unit)});
        }
        cells.plans.push_back(std::move(plan));
      }
    }
    cells.policies = CellOf(division, 2, year, 0);
    if (!of_unit) return;
    cells.units.push_back(*unit_);
    cells.unit_policies.push_back({unit_->unit, CellOf(division, 2, year, unit_->unit)});
  }

  FigureCounts CountsAt(CivilDate date) const {
    const auto day = DayNumber(date);
    auto query = query_.overview;
    query.as_of = date;
    query.units.unit = query_.unit;
    query.grouping = Grouping::kPlan;
    OverviewCells cells;
    for (auto& division : Tree(day)) {
      Fill(day, division);
      cells.divisions.push_back(std::make_shared<const DivisionCounts>(std::move(division)));
    }
    return SumOverview(cells, query, rules_).total;
  }

  const TrendQuery& query_;
  const Rules& rules_;
  TrendCounts trend_;
  std::vector<Version<DivisionCells>> divisions_;                   // without cells
  std::map<int, std::vector<Version<DivisionCells::Plan>>> plans_;  // by division; without cells
  std::optional<DivisionCells::Unit> unit_;
  // By the place of the first day that they hold for, from 1 on.
  std::map<std::size_t, std::vector<std::pair<SubjectKey, Cell>>> cells_;
  std::map<SubjectKey, Cell> current_;
};

}  // namespace

TrendCounts ReadTrendCounts(Session& session, const TrendQuery& query, const Rules& rules) {
  return TrendReader(query, rules).Read(session);
}

}  // namespace gongkai::reporting
