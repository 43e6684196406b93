#include "services/reporting/store/postgres/member_reader.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/overview_reader.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// Facts that are read in one statement, and in all for one page.
constexpr int kChunk = 500;
constexpr int kMostRead = 20000;

// $1 division, $2 plan, $3 the day, $4 the unit or null, then the key to begin after.
constexpr Statement kReadPlanOccurrences{"read_plan_occurrences", R"sql(
select o.task, o.unit, o.role, o.occurrence, o.due_date, o.ongoing, o.state, o.evidence_count,
       o.submit_date, o.revision, coalesce(t.title, '') as title,
       coalesce(u.display_name, '') as unit_name
from (select * from occurrence
      where division = $1::int and plan = $2::int and known_from <= $3::date and known_to > $3
        and ($4::int is null or unit = $4)
        and (task, unit, role, occurrence) > ($5::int, $6::int, $7::smallint, $8::int)
      order by task, unit, role, occurrence limit $9) as o
left join task t using (division, plan, task)
left join unit u using (division, unit)
order by task, unit, role, occurrence
)sql"};

constexpr Statement kReadPlanAssignments{"read_plan_assignments", R"sql(
select a.task, a.unit, a.role, a.state, a.claim_date, a.file_date, a.revision,
       coalesce(t.title, '') as title, coalesce(u.display_name, '') as unit_name
from (select * from assignment
      where division = $1::int and plan = $2::int and known_from <= $3::date and known_to > $3
        and ($4::int is null or unit = $4)
        and (task, unit, role) > ($5::int, $6::int, $7::smallint)
      order by task, unit, role limit $8) as a
left join task t using (division, plan, task)
left join unit u using (division, unit)
order by task, unit, role
)sql"};

constexpr Statement kReadPlanTasks{"read_plan_tasks", R"sql(
select task, title from task
where division = $1 and plan = $2 and known_from <= $3::date and task > $4 order by task
)sql"};

constexpr Statement kReadDivisionUnits{"read_division_units", R"sql(
select unit, display_name from unit
where division = $1 and known_from <= $2::date and unit > $3
  and ($4::int is null or unit = $4)
order by unit
)sql"};

// $1 division, $2 year, $3 the day, $4 the unit or null, $5 the document to begin after.
constexpr Statement kReadDivisionDocuments{"read_division_documents", R"sql(
select d.document, d.title, d.issuing_level, d.must_interpret, d.forms,
       coalesce(u.display_name, '') as unit_name
from (select * from policy_document
      where division = $1::int and year = $2::int and known_from <= $3::date and known_to > $3
        and ($4::int is null or unit = $4) and document > $5::int
      order by document limit $6) as d
left join unit u using (division, unit)
order by document
)sql"};

std::string TextIn(const pqxx::field& field) { return field.as<std::string>(); }

class MemberReader {
 public:
  MemberReader(Session& session, OverviewCells cells, const MemberQuery& query, const Rules& rules)
      : session_(session),
        cells_(std::move(cells)),
        query_(query),
        rules_(rules),
        day_(KnownDay(query.overview)) {
    std::sort(cells_.plans.begin(), cells_.plans.end(), [](const auto& one, const auto& other) {
      return std::tie(one.division, one.plan) < std::tie(other.division, other.plan);
    });
    std::sort(cells_.divisions.begin(), cells_.divisions.end(),
              [](const auto& one, const auto& other) { return one.division < other.division; });
  }

  MemberPage Read() {
    page_.current_as_of = cells_.current_as_of;
    page_.known_since = cells_.known_since;
    page_.value = Value();
    const bool occurrences_only = !query_.overview.filter.PassesAll();
    switch (query_.figure->members) {
      case MemberKind::kOccurrence:
        ReadPlans([this](const auto& plan, const auto& after) { ReadOccurrences(plan, after); });
        break;
      case MemberKind::kAssignment:
        if (occurrences_only) break;
        ReadPlans([this](const auto& plan, const auto& after) { ReadAssignments(plan, after); });
        break;
      case MemberKind::kTask:
        if (occurrences_only) break;
        ReadPlans([this](const auto& plan, const auto& after) { ReadTasks(plan, after); });
        break;
      case MemberKind::kUnit:
        if (occurrences_only) break;
        ReadDivisions([this](int division, const auto& after) { ReadUnits(division, after); });
        break;
      case MemberKind::kDocument:
        if (occurrences_only || query_.overview.plan) break;
        ReadDivisions([this](int division, const auto& after) { ReadDocuments(division, after); });
        break;
    }
    return std::move(page_);
  }

 private:
  using Plan = OverviewCells::Plan;

  Ratio Value() const {
    const auto overview = SumOverview(cells_, query_.overview, rules_);
    if (!query_.unit) return query_.figure->In(FiguresOf(overview.total));
    for (const auto& row : overview.rows) {
      if (row.subject == *query_.unit) return query_.figure->In(FiguresOf(row.counts));
    }
    return {};
  }

  // Whether the cell of the plan says that it has no member of the part that is asked for.
  bool HasNone(const Plan& plan) const {
    if (!query_.part || *query_.part == Part::kLeftOut) return false;
    FigureCounts counts;
    CountWork(plan.cell, plan.terms, query_.overview.as_of, counts);
    const auto value = query_.figure->In(FiguresOf(counts));
    return *query_.part == Part::kNumerator ? value.numerator == 0
                                            : value.denominator <= value.numerator;
  }

  // Calls `read(plan, after)` for each plan that comes next, until the page is full.
  template <typename Read>
  void ReadPlans(const Read& read) {
    for (const auto& plan : cells_.plans) {
      if (page_.next) return;
      if (query_.unit && plan.division != query_.overview.division) continue;
      const auto reached = std::pair(query_.after[0], query_.after[1]);
      const auto here = std::pair(plan.division, plan.plan);
      if (here < reached || HasNone(plan)) continue;
      read(plan, here == reached ? query_.after : MemberKey{plan.division, plan.plan});
    }
  }

  template <typename Read>
  void ReadDivisions(const Read& read) {
    for (const auto& division : cells_.divisions) {
      if (page_.next) return;
      if (query_.unit && division.division != query_.overview.division) continue;
      if (division.division < query_.after[0]) continue;
      read(division.division,
           division.division == query_.after[0] ? query_.after : MemberKey{division.division});
    }
  }

  // Reads chunks with `read_chunk(after)` until one is not full; `take(row)` gives the member.
  template <typename ReadChunk, typename Take>
  void ReadChunks(MemberKey after, const ReadChunk& read_chunk, const Take& take) {
    for (bool more = true; more && !page_.next;) {
      const pqxx::result rows = read_chunk(after);
      more = rows.size() == kChunk;
      for (const auto& row : rows) {
        FigureMember member = take(row);
        after = member.key;
        ++read_;
        Offer(std::move(member));
        if (page_.next) return;
      }
    }
  }

  void Offer(FigureMember member) {
    const auto key = member.key;
    const bool wanted = Passes(member) && (!query_.part || *query_.part == member.membership.part);
    if (wanted) page_.members.push_back(std::move(member));
    if (page_.members.size() == query_.page_size || read_ >= kMostRead) page_.next = key;
  }

  // Occurrences that the filter leaves out are none of the figure's business.
  bool Passes(const FigureMember& member) const {
    const auto& filter = query_.overview.filter;
    if (filter.role && static_cast<int>(*filter.role) != member.key[4]) return false;
    return !filter.due_month || *filter.due_month == MonthOf(DayNumber(member.due_date));
  }

  void ReadOccurrences(const Plan& plan, const MemberKey& from) {
    const auto read_chunk = [&](const MemberKey& after) {
      return session_.Execute(kReadPlanOccurrences, plan.division, plan.plan, day_, query_.unit,
                              after[2], after[3], after[4], after[5], kChunk);
    };
    ReadChunks(from, read_chunk, [&](const pqxx::row& row) {
      OccurrenceFact fact{.division = plan.division,
                          .plan = plan.plan,
                          .task = row["task"].as<int>(),
                          .unit = row["unit"].as<int>(),
                          .role = static_cast<Role>(row["role"].as<int>()),
                          .occurrence = row["occurrence"].as<int>()};
      ReadState(row, fact);
      return FigureMember{
          .key = {fact.division, fact.plan, fact.task, fact.unit, static_cast<int>(fact.role),
                  fact.occurrence},
          .display_name = TextIn(row["title"]),
          .unit_display_name = TextIn(row["unit_name"]),
          .membership = MembershipOf(*query_.figure, fact, plan.terms, query_.overview.as_of),
          .state = static_cast<int>(fact.state),
          .due_date = fact.due_date,
          .submit_date = fact.submit_date};
    });
  }

  void ReadAssignments(const Plan& plan, const MemberKey& from) {
    const auto read_chunk = [&](const MemberKey& after) {
      return session_.Execute(kReadPlanAssignments, plan.division, plan.plan, day_, query_.unit,
                              after[2], after[3], after[4], kChunk);
    };
    ReadChunks(from, read_chunk, [&](const pqxx::row& row) {
      AssignmentFact fact{.division = plan.division,
                          .plan = plan.plan,
                          .task = row["task"].as<int>(),
                          .unit = row["unit"].as<int>(),
                          .role = static_cast<Role>(row["role"].as<int>())};
      ReadState(row, fact);
      return FigureMember{
          .key = {fact.division, fact.plan, fact.task, fact.unit, static_cast<int>(fact.role)},
          .display_name = TextIn(row["title"]),
          .unit_display_name = TextIn(row["unit_name"]),
          .membership = MembershipOf(*query_.figure, fact, plan.terms),
          .state = static_cast<int>(fact.state)};
    });
  }

  const Cell& CellOf(const Plan& plan) const {
    static const Cell kEmpty;
    if (!query_.unit) return plan.cell;
    for (const auto& work : cells_.unit_work) {
      if (work.division == plan.division && work.plan == plan.plan && work.unit == *query_.unit) {
        return work.cell;
      }
    }
    return kEmpty;
  }

  void ReadTasks(const Plan& plan, const MemberKey& from) {
    const auto& cell = CellOf(plan);
    for (const auto& row :
         session_.Execute(kReadPlanTasks, plan.division, plan.plan, day_, from[2])) {
      const auto task = row["task"].as<int>();
      const auto [active, verified] = cell.tasks.Of({task});
      Offer({.key = {plan.division, plan.plan, task},
             .display_name = TextIn(row["title"]),
             .membership = TaskMembership(active, verified)});
      if (page_.next) return;
    }
  }

  void ReadUnits(int division, const MemberKey& from) {
    std::set<int> holders;
    for (const auto& plan : cells_.plans) {
      if (plan.division != division) continue;
      for (const auto& holder : plan.cell.holders.rows()) holders.insert(holder.key[0]);
    }
    std::map<int, std::int64_t> acts;
    for (const auto& policies : cells_.policies) {
      if (policies.division != division || policies.unit != 0) continue;
      for (const auto& head : policies.cell.head_acts.rows()) acts[head.key[0]] = head.sums[0];
    }
    for (const auto& row :
         session_.Execute(kReadDivisionUnits, division, day_, from[1], query_.unit)) {
      const auto unit = row["unit"].as<int>();
      Offer({.key = {division, unit},
             .display_name = TextIn(row["display_name"]),
             .unit_display_name = TextIn(row["display_name"]),
             .membership = HeadMembership(holders.contains(unit),
                                          rules_.HeadAttained(static_cast<int>(acts[unit])))});
      if (page_.next) return;
    }
  }

  void ReadDocuments(int division, const MemberKey& from) {
    const auto read_chunk = [&](const MemberKey& after) {
      return session_.Execute(kReadDivisionDocuments, division, query_.overview.year, day_,
                              query_.unit, after[1], kChunk);
    };
    ReadChunks(from, read_chunk, [&](const pqxx::row& row) {
      const DocumentCount document{
          .issuing_level = static_cast<IssuingLevel>(row["issuing_level"].as<int>()),
          .must_interpret = row["must_interpret"].as<bool>(),
          .forms = FormSet::FromBits(row["forms"].as<std::uint32_t>())};
      return FigureMember{.key = {division, row["document"].as<int>()},
                          .display_name = TextIn(row["title"]),
                          .unit_display_name = TextIn(row["unit_name"]),
                          .membership = MembershipOf(*query_.figure, document, rules_)};
    });
  }

  Session& session_;
  OverviewCells cells_;
  const MemberQuery& query_;
  const Rules& rules_;
  const std::string day_;
  int read_ = 0;  // facts
  MemberPage page_;
};

}  // namespace

MemberPage ReadMembers(Session& session, OverviewCells cells, const MemberQuery& query,
                       const Rules& rules) {
  return MemberReader(session, std::move(cells), query, rules).Read();
}

}  // namespace gongkai::reporting
