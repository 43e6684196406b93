#include "services/reporting/store/postgres/member_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/overview_reader.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// Facts that are read in one statement, and in all for one page.
constexpr int kMostChunk = 500;
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
select d.document, d.title, d.issuing_level, d.must_interpret, d.three_sync, d.forms,
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
  MemberReader(Session& session, const OverviewCells& cells, const MemberQuery& query,
               const Rules& rules)
      : session_(session),
        cells_(cells),
        query_(query),
        rules_(rules),
        day_(KnownDay(query.overview)),
        chunk_(std::min(static_cast<int>(query.page_size), kMostChunk)) {}

  MemberPage Read() {
    page_.current_as_of = cells_.current_as_of;
    page_.known_since = cells_.known_since;
    page_.value = Value();
    const bool occurrences_only = !query_.overview.filter.PassesAll();
    switch (query_.figure->members) {
      case MemberKind::kOccurrence:
        ReadPlans([this](const auto& division, const auto& plan, const auto& after) {
          ReadOccurrences(division, plan, after);
        });
        break;
      case MemberKind::kAssignment:
        if (occurrences_only) break;
        ReadPlans([this](const auto& division, const auto& plan, const auto& after) {
          ReadAssignments(division, plan, after);
        });
        break;
      case MemberKind::kTask:
        if (occurrences_only) break;
        ReadPlans([this](const auto& division, const auto& plan, const auto& after) {
          ReadTasks(division, plan, after);
        });
        break;
      case MemberKind::kUnit:
        if (occurrences_only) break;
        ReadDivisions(
            [this](const auto& division, const auto& after) { ReadUnits(division, after); });
        break;
      case MemberKind::kDocument:
        if (occurrences_only || query_.overview.plan) break;
        ReadDivisions([this](const auto& division, const auto& after) {
          ReadDocuments(division.division, after);
        });
        break;
    }
    return std::move(page_);
  }

 private:
  using Plan = DivisionCells::Plan;

  Ratio Value() const {
    return query_.figure->In(FiguresOf(SumOverview(cells_, query_.overview, rules_).total));
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

  // Calls `read(division, plan, after)` for each plan that comes next, until the page is full.
  template <typename Read>
  void ReadPlans(const Read& read) {
    for (const auto& counts : cells_.divisions) {
      const auto& division = counts->cells();
      const bool own = division.division == query_.overview.division;
      if ((query_.unit || query_.overview.plan) && !own) continue;
      for (const auto& plan : division.plans) {
        if (page_.next) return;
        if (query_.overview.plan && *query_.overview.plan != plan.plan) continue;
        const auto reached = std::pair(query_.after[0], query_.after[1]);
        const auto here = std::pair(division.division, plan.plan);
        if (here < reached || HasNone(plan)) continue;
        read(division, plan,
             here == reached ? query_.after : MemberKey{division.division, plan.plan});
      }
    }
  }

  template <typename Read>
  void ReadDivisions(const Read& read) {
    for (const auto& counts : cells_.divisions) {
      if (page_.next) return;
      const auto& division = counts->cells();
      if (query_.unit && division.division != query_.overview.division) continue;
      if (division.division < query_.after[0]) continue;
      read(division,
           division.division == query_.after[0] ? query_.after : MemberKey{division.division});
    }
  }

  // Reads chunks with `read_chunk(after)` until one is not full; `take(row)` gives the member.
  template <typename ReadChunk, typename Take>
  void ReadChunks(MemberKey after, const ReadChunk& read_chunk, const Take& take) {
    for (bool more = true; more && !page_.next;) {
      const pqxx::result rows = read_chunk(after);
      more = rows.size() == static_cast<pqxx::result::size_type>(chunk_);
      // A page is often full after as many as it holds; if not, most are of another part.
      chunk_ = kMostChunk;
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

  void ReadOccurrences(const DivisionCells& division, const Plan& plan, const MemberKey& from) {
    const auto read_chunk = [&](const MemberKey& after) {
      return session_.Execute(kReadPlanOccurrences, division.division, plan.plan, day_, query_.unit,
                              after[2], after[3], after[4], after[5], chunk_);
    };
    ReadChunks(from, read_chunk, [&](const pqxx::row& row) {
      OccurrenceFact fact{.division = division.division,
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

  void ReadAssignments(const DivisionCells& division, const Plan& plan, const MemberKey& from) {
    const auto read_chunk = [&](const MemberKey& after) {
      return session_.Execute(kReadPlanAssignments, division.division, plan.plan, day_, query_.unit,
                              after[2], after[3], after[4], chunk_);
    };
    ReadChunks(from, read_chunk, [&](const pqxx::row& row) {
      AssignmentFact fact{.division = division.division,
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

  const Cell& CellOf(const DivisionCells& division, const Plan& plan) const {
    static const Cell kEmpty;
    if (!query_.unit) return plan.cell;
    for (const auto& work : division.unit_work) {
      if (work.plan == plan.plan && work.unit == *query_.unit) return work.cell;
    }
    return kEmpty;
  }

  void ReadTasks(const DivisionCells& division, const Plan& plan, const MemberKey& from) {
    const auto& cell = CellOf(division, plan);
    for (const auto& row :
         session_.Execute(kReadPlanTasks, division.division, plan.plan, day_, from[2])) {
      const auto task = row["task"].as<int>();
      const auto [active, verified] = cell.tasks.Of({task});
      Offer({.key = {division.division, plan.plan, task},
             .display_name = TextIn(row["title"]),
             .membership = TaskMembership(active, verified)});
      if (page_.next) return;
    }
  }

  // The units that have a task in what is asked for, by number.
  std::vector<int> Holders(const DivisionCells& division) const {
    if (!query_.overview.plan) return division.Holders();
    std::vector<int> holders;
    if (division.division != query_.overview.division) return holders;
    if (const auto* plan = division.Find(*query_.overview.plan)) {
      for (const auto& holder : plan->cell.holders.rows()) holders.push_back(holder.key[0]);
    }
    return holders;
  }

  void ReadUnits(const DivisionCells& division, const MemberKey& from) {
    const auto holders = Holders(division);
    for (const auto& row :
         session_.Execute(kReadDivisionUnits, division.division, day_, from[1], query_.unit)) {
      const auto unit = row["unit"].as<int>();
      Offer({.key = {division.division, unit},
             .display_name = TextIn(row["display_name"]),
             .unit_display_name = TextIn(row["display_name"]),
             .membership = HeadMembership(std::binary_search(holders.begin(), holders.end(), unit),
                                          rules_.HeadAttained(division.HeadActs(unit)))});
      if (page_.next) return;
    }
  }

  void ReadDocuments(int division, const MemberKey& from) {
    const auto read_chunk = [&](const MemberKey& after) {
      return session_.Execute(kReadDivisionDocuments, division, query_.overview.year, day_,
                              query_.unit, after[1], chunk_);
    };
    ReadChunks(from, read_chunk, [&](const pqxx::row& row) {
      const DocumentCount document{
          .issuing_level = static_cast<IssuingLevel>(row["issuing_level"].as<int>()),
          .must_interpret = row["must_interpret"].as<bool>(),
          .three_sync = row["three_sync"].as<bool>(),
          .forms = FormSet::FromBits(row["forms"].as<std::uint32_t>())};
      return FigureMember{.key = {division, row["document"].as<int>()},
                          .display_name = TextIn(row["title"]),
                          .unit_display_name = TextIn(row["unit_name"]),
                          .membership = MembershipOf(*query_.figure, document, rules_)};
    });
  }

  Session& session_;
  const OverviewCells& cells_;
  const MemberQuery& query_;
  const Rules& rules_;
  const std::string day_;
  int chunk_;     // facts of the next statement
  int read_ = 0;  // facts
  MemberPage page_;
};

}  // namespace

MemberPage ReadMembers(Session& session, const OverviewCells& cells, const MemberQuery& query,
                       const Rules& rules) {
  return MemberReader(session, cells, query, rules).Read();
}

}  // namespace gongkai::reporting
