#include "services/reporting/store/postgres/ledger_store.h"

#include <utility>

#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/known_days.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr const char* kOneMoment = "set transaction isolation level repeatable read, read only";

constexpr Statement kReadKnownSince{"read_known_since", "select known_since from projection"};

// $1 division, $2 year, $3 the day, $4 the unit or null, $5 the section or null, $6 whether only
// what is overdue. States 3 and 4 of a plan are ISSUED and CLOSED; 1 and 3 of an occurrence OPEN
// and RETURNED.
constexpr Statement kOpenLedger{"open_ledger", R"sql(
declare ledger no scroll cursor for
with recursive tree (division, display_name) as (
  select division, display_name from division
  where division = $1::int and known_from <= $3::date and known_to > $3
  union
  select d.division, d.display_name
  from tree join division d on d.parent = tree.division
  where d.known_from <= $3 and d.known_to > $3
)
select o.division, o.plan, o.task, o.unit, o.role, o.occurrence, o.period, o.due_date, o.ongoing,
       o.state, o.evidence_count, o.submit_date, o.verify_date, o.revision,
       tree.display_name as division_name, p.title as plan_title, p.issue_date, p.claim_deadline,
       p.filing_deadline,
       coalesce(former_task.ordinal, t.ordinal, '') as ordinal,
       coalesce(former_task.section, t.section, '') as section,
       coalesce(former_task.title, t.title, '') as title,
       coalesce(former_unit.display_name, u.display_name, '') as unit_name
from tree
join plan p on p.division = tree.division and p.year = $2::int and p.state in (3, 4)
  and p.known_from <= $3 and p.known_to > $3
join occurrence o on (o.division, o.plan) = (p.division, p.plan)
  and o.known_from <= $3 and o.known_to > $3
left join task t on (t.division, t.plan, t.task) = (o.division, o.plan, o.task)
left join lateral (
  select ordinal, section, title from former_task f
  where (f.division, f.plan, f.task) = (o.division, o.plan, o.task) and f.known_to > $3
  order by known_to limit 1) as former_task on true
left join unit u on (u.division, u.unit) = (o.division, o.unit)
left join lateral (
  select display_name from former_unit f
  where (f.division, f.unit) = (o.division, o.unit) and f.known_to > $3
  order by known_to limit 1) as former_unit on true
where ($4::int is null or (o.unit = $4 and o.division = $1))
  and ($5::text is null or coalesce(former_task.section, t.section, '') = $5)
  and (not $6::boolean
       or (o.state in (1, 3) and o.due_date < $3
           and (p.issue_date is null or o.due_date >= p.issue_date)))
order by o.division, o.unit, o.plan, o.task, o.role, o.occurrence
)sql"};

constexpr Statement kFetchLedger{"fetch_ledger", "fetch 1000 from ledger"};

// $1 division, $2 year, $3 the day. Level 3 is COUNTY, state 5 of an occurrence CANCELLED.
constexpr Statement kReadLeftOut{"read_left_out", R"sql(
with recursive tree (division, display_name, level) as (
  select division, display_name, level from division
  where division = $1::int and known_from <= $3::date and known_to > $3
  union
  select d.division, d.display_name, d.level
  from tree join division d on d.parent = tree.division
  where d.known_from <= $3 and d.known_to > $3
), plan_in_force as (
  select p.division, p.plan from tree join plan p using (division)
  where p.year = $2::int and p.state in (3, 4) and p.known_from <= $3 and p.known_to > $3
)
select '' as without_plan, count(*) filter (where o.state = 5) as cancelled,
       count(*) filter (where o.state <> 5 and o.due_date is null) as without_due_day
from plan_in_force p join occurrence o using (division, plan)
where o.known_from <= $3 and o.known_to > $3
union all
(select display_name, 0, 0 from tree
 where level = 3 and division not in (select division from plan_in_force) order by division)
)sql"};

// $1 division, $2 the day.
constexpr Statement kReadUnitNames{"read_unit_names", R"sql(
select u.unit, coalesce(former.display_name, u.display_name) as display_name
from unit u left join lateral (
  select display_name from former_unit f
  where (f.division, f.unit) = (u.division, u.unit) and f.known_to > $2::date
  order by known_to limit 1) as former on true
where u.division = $1::int
)sql"};

enum Column {
  kDivision,
  kPlan,
  kTask,
  kUnit,
  kRole,
  kOccurrence,
  kPeriod,
  kDueDate,
  kOngoing,
  kState,
  kEvidenceCount,
  kSubmitDate,
  kVerifyDate,
  kRevision,
  kDivisionName,
  kPlanTitle,
  kIssueDate,
  kClaimDeadline,
  kFilingDeadline,
  kOrdinal,
  kSection,
  kTitle,
  kUnitName
};

LedgerEntry EntryIn(const pqxx::row& row) {
  return {.occurrence = {.division = row[kDivision].as<int>(),
                         .plan = row[kPlan].as<int>(),
                         .task = row[kTask].as<int>(),
                         .unit = row[kUnit].as<int>(),
                         .role = static_cast<Role>(row[kRole].as<int>()),
                         .occurrence = row[kOccurrence].as<int>(),
                         .period = row[kPeriod].c_str(),
                         .due_date = DateIn(row[kDueDate]),
                         .ongoing = row[kOngoing].as<bool>(),
                         .state = static_cast<OccurrenceState>(row[kState].as<int>()),
                         .evidence_count = row[kEvidenceCount].as<int>(),
                         .submit_date = DateIn(row[kSubmitDate]),
                         .verify_date = DateIn(row[kVerifyDate]),
                         .revision = row[kRevision].as<int>()},
          .division_name = row[kDivisionName].c_str(),
          .plan_title = row[kPlanTitle].c_str(),
          .terms = {.issue_date = DateIn(row[kIssueDate]),
                    .claim_deadline = DateIn(row[kClaimDeadline]),
                    .filing_deadline = DateIn(row[kFilingDeadline])},
          .ordinal = row[kOrdinal].c_str(),
          .section = row[kSection].c_str(),
          .title = row[kTitle].c_str(),
          .unit_name = row[kUnitName].c_str()};
}

Result<void> CheckKnown(Session& session, CivilDate day) {
  const auto known_since = DateIn(session.Execute(kReadKnownSince)[0][0]);
  if (known_since && day < *known_since) return Fail(NotKnownThen(*known_since));
  return {};
}

Result<void> ReadAll(Session& session, const LedgerQuery& query, const LedgerStore::Take& take) {
  session.raw().exec(kOneMoment);
  if (auto known = CheckKnown(session, query.as_of); !known) return known;
  session.Execute(kOpenLedger, query.division, query.year, FormatDate(query.as_of), query.unit,
                  query.section, query.overdue_only);
  for (auto rows = session.Execute(kFetchLedger); !rows.empty();
       rows = session.Execute(kFetchLedger)) {
    for (const auto& row : rows) {
      if (auto taken = take(EntryIn(row)); !taken) return taken;
    }
  }
  return {};
}

}  // namespace

Result<void> PostgresLedgerStore::ReadLedger(const LedgerQuery& query, const Take& take) {
  bool begun = false;
  return database_.DryRun([&](Session& session) -> Result<void> {
    // What was given cannot be taken back: a reading is not begun again.
    if (std::exchange(begun, true)) {
      return Fail(Unavailable("LEDGER_INTERRUPTED", "the ledger was interrupted; ask again"));
    }
    return ReadAll(session, query, take);
  });
}

Result<LeftOut> PostgresLedgerStore::ReadLeftOut(int division, int year, CivilDate as_of) {
  return database_.Read([&](Session& session) -> Result<LeftOut> {
    if (auto known = CheckKnown(session, as_of); !known) return Fail(known.error());
    LeftOut left_out;
    for (const auto& row : session.Execute(kReadLeftOut, division, year, FormatDate(as_of))) {
      left_out.cancelled += row["cancelled"].as<std::int64_t>();
      left_out.without_due_day += row["without_due_day"].as<std::int64_t>();
      const std::string name = row["without_plan"].c_str();
      if (!name.empty()) left_out.without_plan.push_back(name);
    }
    return left_out;
  });
}

Result<std::map<int, std::string>> PostgresLedgerStore::ReadUnitNames(int division,
                                                                      CivilDate as_of) {
  return database_.Read([&](Session& session) -> Result<std::map<int, std::string>> {
    std::map<int, std::string> names;
    for (const auto& row : session.Execute(kReadUnitNames, division, FormatDate(as_of))) {
      names[row["unit"].as<int>()] = row["display_name"].c_str();
    }
    return names;
  });
}

}  // namespace gongkai::reporting
