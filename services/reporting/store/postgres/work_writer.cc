#include "services/reporting/store/postgres/work_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/fact_row.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// "offset 0" makes the planner look up the known facts by key: a plan from when the table was small
// would read it whole. Versions that end are found by their place, as they were read; nobody else
// writes meanwhile.

// What has a higher key than every known fact of its plan is new, and need not be looked up: a
// snapshot tells facts in the order of their keys. $1 and $2: divisions and plans.
constexpr Statement kHighestOccurrences{"highest_occurrences", R"sql(
select wanted.division, wanted.plan, last.*
from unnest($1::int[], $2::int[]) as wanted (division, plan) cross join lateral (
  select task, unit, role, occurrence from occurrence o
  where o.division = wanted.division and o.plan = wanted.plan
  order by task desc, unit desc, role desc, occurrence desc limit 1) as last
)sql"};

constexpr Statement kHighestAssignments{"highest_assignments", R"sql(
select wanted.division, wanted.plan, last.*
from unnest($1::int[], $2::int[]) as wanted (division, plan) cross join lateral (
  select task, unit, role from assignment a
  where a.division = wanted.division and a.plan = wanted.plan
  order by task desc, unit desc, role desc limit 1) as last
)sql"};

// $7: the day.
constexpr Statement kReadOccurrences{"read_occurrences", R"sql(
select wanted.place, known.*
from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::smallint[], $6::int[])
       with ordinality as wanted (division, plan, task, unit, role, occurrence, place)
cross join lateral (
  select o.ctid as row_place, known_from = $7::date as of_today, due_date, ongoing, state,
         evidence_count, submit_date, revision
  from occurrence o
  where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
      = (wanted.division, wanted.plan, wanted.task, wanted.unit, wanted.role, wanted.occurrence)
    and o.known_to = 'infinity' offset 0) as known
)sql"};

// $6: the day.
constexpr Statement kReadAssignments{"read_assignments", R"sql(
select wanted.place, known.*
from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::smallint[])
       with ordinality as wanted (division, plan, task, unit, role, place)
cross join lateral (
  select a.ctid as row_place, known_from = $6::date as of_today, state, claim_date, file_date,
         revision
  from assignment a
  where (a.division, a.plan, a.task, a.unit, a.role)
      = (wanted.division, wanted.plan, wanted.task, wanted.unit, wanted.role)
    and a.known_to = 'infinity' offset 0) as known
)sql"};

// $1: places; $2: the day.
constexpr Statement kEndOccurrences{
    "end_occurrences", "update occurrence set known_to = $2::date where ctid = any ($1::tid[])"};
constexpr Statement kEndAssignments{
    "end_assignments", "update assignment set known_to = $2::date where ctid = any ($1::tid[])"};
// What was known for a part of a day only is not kept.
constexpr Statement kDropOccurrences{"drop_occurrences",
                                     "delete from occurrence where ctid = any ($1::tid[])"};
constexpr Statement kDropAssignments{"drop_assignments",
                                     "delete from assignment where ctid = any ($1::tid[])"};

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

pqxx::result ReadKnown(Session& session, const KeyColumns& keys, const std::string& day,
                       const OccurrenceFact&) {
  return session.Execute(kReadOccurrences, keys.divisions.text(), keys.plans.text(),
                         keys.tasks.text(), keys.units.text(), keys.roles.text(),
                         keys.occurrences.text(), day);
}
pqxx::result ReadKnown(Session& session, const KeyColumns& keys, const std::string& day,
                       const AssignmentFact&) {
  return session.Execute(kReadAssignments, keys.divisions.text(), keys.plans.text(),
                         keys.tasks.text(), keys.units.text(), keys.roles.text(), day);
}

const Statement& HighestStatement(const OccurrenceFact&) { return kHighestOccurrences; }
const Statement& HighestStatement(const AssignmentFact&) { return kHighestAssignments; }

void ReadHighest(const pqxx::row& row, OccurrenceFact& fact) { fact.occurrence = row[5].as<int>(); }
void ReadHighest(const pqxx::row&, AssignmentFact&) {}

// The known fact with the highest key of each plan that the facts are of.
template <typename Fact>
std::map<std::pair<int, int>, Fact> Highest(Session& session, const std::vector<Fact>& facts) {
  KeyColumns plans;
  const Fact* before = nullptr;
  for (const auto& fact : facts) {
    if (!before || before->division != fact.division || before->plan != fact.plan) plans.Add(fact);
    before = &fact;
  }
  std::map<std::pair<int, int>, Fact> highest;
  for (const pqxx::row row : session.Execute(HighestStatement(facts.front()),
                                             plans.divisions.text(), plans.plans.text())) {
    Fact fact;
    fact.division = row[0].as<int>();
    fact.plan = row[1].as<int>();
    fact.task = row[2].as<int>();
    fact.unit = row[3].as<int>();
    fact.role = static_cast<Role>(row[4].as<int>());
    ReadHighest(row, fact);
    highest[{fact.division, fact.plan}] = fact;
  }
  return highest;
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

// Versions that new facts take the place of.
struct Replaced {
  ArrayText ended;    // were known at the end of an earlier day
  ArrayText dropped;  // were known for a part of this day only
};

// The facts that tell something new; the difference that they make is added.
template <typename Fact>
std::vector<Fact> Changed(Session& session, const std::vector<Fact>& facts, const std::string& day,
                          CellDifferences& differences, Replaced& replaced) {
  auto newest = Newest(facts);
  const auto highest = Highest(session, newest);
  KeyColumns keys;
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < newest.size(); ++i) {
    const auto last = highest.find({newest[i].division, newest[i].plan});
    if (last == highest.end() || KeyOf(last->second) < KeyOf(newest[i])) continue;
    keys.Add(newest[i]);
    asked.push_back(i);
  }
  std::vector<bool> old(newest.size());
  if (!asked.empty()) {
    for (const pqxx::row row : ReadKnown(session, keys, day, newest.front())) {
      const auto place = asked[row["place"].as<std::size_t>() - 1];
      Fact known = newest[place];
      ReadState(row, known);
      old[place] = known.revision >= newest[place].revision;
      if (old[place]) continue;
      differences.Add(known, -1);
      auto& places = row["of_today"].as<bool>() ? replaced.dropped : replaced.ended;
      places.AddPlace(row["row_place"].c_str());
    }
  }
  std::vector<Fact> changed;
  changed.reserve(newest.size());
  for (std::size_t i = 0; i < newest.size(); ++i) {
    if (old[i]) continue;
    differences.Add(newest[i], 1);
    changed.push_back(std::move(newest[i]));
  }
  return changed;
}

// A date as a value of COPY.
std::optional<std::string> Text(const std::optional<CivilDate>& date) {
  return date ? std::optional(FormatDate(*date)) : std::nullopt;
}

void Copy(Session& session, const std::vector<OccurrenceFact>& facts, const std::string& day) {
  pqxx::stream_to rows(
      session.raw(), "occurrence",
      std::vector<std::string>{"division", "plan", "task", "unit", "role", "occurrence", "due_date",
                               "ongoing", "state", "evidence_count", "submit_date", "revision",
                               "period", "verify_date", "known_from"});
  for (const auto& fact : facts) {
    rows << std::make_tuple(fact.division, fact.plan, fact.task, fact.unit,
                            static_cast<int>(fact.role), fact.occurrence, Text(fact.due_date),
                            fact.ongoing, static_cast<int>(fact.state), fact.evidence_count,
                            Text(fact.submit_date), fact.revision, fact.period,
                            Text(fact.verify_date), day);
  }
  rows.complete();
}

void Copy(Session& session, const std::vector<AssignmentFact>& facts, const std::string& day) {
  pqxx::stream_to rows(
      session.raw(), "assignment",
      std::vector<std::string>{"division", "plan", "task", "unit", "role", "state", "claim_date",
                               "file_date", "revision", "known_from"});
  for (const auto& fact : facts) {
    rows << std::make_tuple(fact.division, fact.plan, fact.task, fact.unit,
                            static_cast<int>(fact.role), static_cast<int>(fact.state),
                            Text(fact.claim_date), Text(fact.file_date), fact.revision, day);
  }
  rows.complete();
}

struct ReplaceStatements {
  const Statement& end;
  const Statement& drop;
};

template <typename Fact>
void Write(Session& session, const std::vector<Fact>& facts, const std::string& day,
           const ReplaceStatements& statements, CellDifferences& differences) {
  if (facts.empty()) return;
  Replaced replaced;
  const auto changed = Changed(session, facts, day, differences, replaced);
  if (!replaced.ended.empty()) session.Execute(statements.end, replaced.ended.text(), day);
  if (!replaced.dropped.empty()) session.Execute(statements.drop, replaced.dropped.text());
  if (!changed.empty()) Copy(session, changed, day);
}

}  // namespace

void WriteOccurrences(Session& session, const std::vector<OccurrenceFact>& facts,
                      const std::string& known_day, CellDifferences& differences) {
  Write(session, facts, known_day, {kEndOccurrences, kDropOccurrences}, differences);
}

void WriteAssignments(Session& session, const std::vector<AssignmentFact>& facts,
                      const std::string& known_day, CellDifferences& differences) {
  Write(session, facts, known_day, {kEndAssignments, kDropAssignments}, differences);
}

}  // namespace gongkai::reporting
