#include "services/reporting/store/postgres/work_writer.h"

#include <algorithm>
#include <tuple>

#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/fact_row.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// "offset 0" makes the planner look up the known facts by key: a plan from when the table was small
// would read it whole. The versions that end are updated by their place for the same reason; nobody
// else writes meanwhile.

constexpr Statement kReadOccurrences{"read_occurrences", R"sql(
select wanted.place, known.*
from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::smallint[], $6::int[])
       with ordinality as wanted (division, plan, task, unit, role, occurrence, place)
cross join lateral (
  select due_date, ongoing, state, evidence_count, submit_date, revision from occurrence o
  where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
      = (wanted.division, wanted.plan, wanted.task, wanted.unit, wanted.role, wanted.occurrence)
    and o.known_to = 'infinity' offset 0) as known
)sql"};

// $13: the day.
constexpr Statement kWriteOccurrences{"write_occurrences", R"sql(
with fresh as (
  select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::smallint[], $6::int[],
                       $7::date[], $8::boolean[], $9::smallint[], $10::int[], $11::date[],
                       $12::int[], $14::text[], $15::date[])
    as fact (division, plan, task, unit, role, occurrence, due_date, ongoing, state,
             evidence_count, submit_date, revision, period, verify_date)
), closed as (
  update occurrence set known_to = $13::date
  where ctid = any (array(
    select known.place from fresh cross join lateral (
      select o.ctid as place from occurrence o
      where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
          = (fresh.division, fresh.plan, fresh.task, fresh.unit, fresh.role, fresh.occurrence)
        and o.known_to = 'infinity' and o.known_from < $13 offset 0) as known))
)
insert into occurrence (division, plan, task, unit, role, occurrence, due_date, ongoing, state,
                        evidence_count, submit_date, revision, period, verify_date, known_from)
select *, $13 from fresh
on conflict (division, plan, task, unit, role, occurrence, known_from) do update
  set due_date = excluded.due_date, ongoing = excluded.ongoing, state = excluded.state,
      evidence_count = excluded.evidence_count, submit_date = excluded.submit_date,
      revision = excluded.revision, period = excluded.period, verify_date = excluded.verify_date
)sql"};

constexpr Statement kReadAssignments{"read_assignments", R"sql(
select wanted.place, known.*
from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::smallint[])
       with ordinality as wanted (division, plan, task, unit, role, place)
cross join lateral (
  select state, claim_date, file_date, revision from assignment a
  where (a.division, a.plan, a.task, a.unit, a.role)
      = (wanted.division, wanted.plan, wanted.task, wanted.unit, wanted.role)
    and a.known_to = 'infinity' offset 0) as known
)sql"};

// $10: the day.
constexpr Statement kWriteAssignments{"write_assignments", R"sql(
with fresh as (
  select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::smallint[], $6::smallint[],
                       $7::date[], $8::date[], $9::int[])
    as fact (division, plan, task, unit, role, state, claim_date, file_date, revision)
), closed as (
  update assignment set known_to = $10::date
  where ctid = any (array(
    select known.place from fresh cross join lateral (
      select a.ctid as place from assignment a
      where (a.division, a.plan, a.task, a.unit, a.role)
          = (fresh.division, fresh.plan, fresh.task, fresh.unit, fresh.role)
        and a.known_to = 'infinity' and a.known_from < $10 offset 0) as known))
)
insert into assignment (division, plan, task, unit, role, state, claim_date, file_date, revision,
                        known_from)
select *, $10 from fresh
on conflict (division, plan, task, unit, role, known_from) do update
  set state = excluded.state, claim_date = excluded.claim_date, file_date = excluded.file_date,
      revision = excluded.revision
)sql"};

auto KeyOf(const OccurrenceFact& fact) {
  return std::tie(fact.division, fact.plan, fact.task, fact.unit, fact.role, fact.occurrence);
}
auto KeyOf(const AssignmentFact& fact) {
  return std::tie(fact.division, fact.plan, fact.task, fact.unit, fact.role);
}

// Keys as the columns of a statement.
struct KeyColumns {
  ArrayText divisions, plans, tasks, units, roles, occurrences;

  void Add(const OccurrenceFact& fact) {
    AddTask(fact);
    occurrences.Add(fact.occurrence);
  }
  void Add(const AssignmentFact& fact) { AddTask(fact); }

 private:
  template <typename Fact>
  void AddTask(const Fact& fact) {
    divisions.Add(fact.division);
    plans.Add(fact.plan);
    tasks.Add(fact.task);
    units.Add(fact.unit);
    roles.Add(static_cast<int>(fact.role));
  }
};

pqxx::result ReadKnown(Session& session, const KeyColumns& keys, const OccurrenceFact&) {
  return session.Execute(kReadOccurrences, keys.divisions.text(), keys.plans.text(),
                         keys.tasks.text(), keys.units.text(), keys.roles.text(),
                         keys.occurrences.text());
}
pqxx::result ReadKnown(Session& session, const KeyColumns& keys, const AssignmentFact&) {
  return session.Execute(kReadAssignments, keys.divisions.text(), keys.plans.text(),
                         keys.tasks.text(), keys.units.text(), keys.roles.text());
}

// Each resource once, as of its highest revision, in the order of the keys.
template <typename Fact>
std::vector<Fact> Newest(std::vector<Fact> facts) {
  std::sort(facts.begin(), facts.end(), [](const Fact& one, const Fact& other) {
    return std::tuple_cat(KeyOf(one), std::tie(other.revision)) <
           std::tuple_cat(KeyOf(other), std::tie(one.revision));
  });
  const auto same = [](const Fact& one, const Fact& other) { return KeyOf(one) == KeyOf(other); };
  facts.erase(std::unique(facts.begin(), facts.end(), same), facts.end());
  return facts;
}

// The facts that tell something new; the difference that they make is added.
template <typename Fact>
std::vector<Fact> Changed(Session& session, const std::vector<Fact>& facts,
                          CellDifferences& differences) {
  auto newest = Newest(facts);
  KeyColumns keys;
  for (const auto& fact : newest) keys.Add(fact);
  std::vector<bool> old(newest.size());
  for (const pqxx::row row : ReadKnown(session, keys, newest.front())) {
    const auto place = row["place"].as<std::size_t>() - 1;
    Fact known = newest[place];
    ReadState(row, known);
    old[place] = known.revision >= newest[place].revision;
    if (!old[place]) differences.Add(known, -1);
  }
  std::vector<Fact> changed;
  for (std::size_t i = 0; i < newest.size(); ++i) {
    if (old[i]) continue;
    differences.Add(newest[i], 1);
    changed.push_back(std::move(newest[i]));
  }
  return changed;
}

}  // namespace

void WriteOccurrences(Session& session, const std::vector<OccurrenceFact>& facts,
                      const std::string& known_day, CellDifferences& differences) {
  if (facts.empty()) return;
  KeyColumns keys;
  ArrayText due_dates, ongoing, states, evidence_counts, submit_dates, revisions, periods,
      verify_dates;
  const auto changed = Changed(session, facts, differences);
  if (changed.empty()) return;
  for (const auto& fact : changed) {
    keys.Add(fact);
    due_dates.Add(fact.due_date);
    ongoing.AddFlag(fact.ongoing);
    states.Add(static_cast<int>(fact.state));
    evidence_counts.Add(fact.evidence_count);
    submit_dates.Add(fact.submit_date);
    revisions.Add(fact.revision);
    periods.AddText(fact.period);
    verify_dates.Add(fact.verify_date);
  }
  session.Execute(kWriteOccurrences, keys.divisions.text(), keys.plans.text(), keys.tasks.text(),
                  keys.units.text(), keys.roles.text(), keys.occurrences.text(), due_dates.text(),
                  ongoing.text(), states.text(), evidence_counts.text(), submit_dates.text(),
                  revisions.text(), known_day, periods.text(), verify_dates.text());
}

void WriteAssignments(Session& session, const std::vector<AssignmentFact>& facts,
                      const std::string& known_day, CellDifferences& differences) {
  if (facts.empty()) return;
  KeyColumns keys;
  ArrayText states, claim_dates, file_dates, revisions;
  const auto changed = Changed(session, facts, differences);
  if (changed.empty()) return;
  for (const auto& fact : changed) {
    keys.Add(fact);
    states.Add(static_cast<int>(fact.state));
    claim_dates.Add(fact.claim_date);
    file_dates.Add(fact.file_date);
    revisions.Add(fact.revision);
  }
  session.Execute(kWriteAssignments, keys.divisions.text(), keys.plans.text(), keys.tasks.text(),
                  keys.units.text(), keys.roles.text(), states.text(), claim_dates.text(),
                  file_dates.text(), revisions.text(), known_day);
}

}  // namespace gongkai::reporting
