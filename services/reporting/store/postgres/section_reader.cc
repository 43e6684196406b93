#include "services/reporting/store/postgres/section_reader.h"

#include <map>
#include <string>
#include <utility>

#include "services/reporting/store/postgres/fact_row.h"
#include "services/reporting/store/postgres/overview_reader.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1 division, $2 plan, $3 the day.
constexpr Statement kReadSectionOccurrences{"read_section_occurrences", R"sql(
select o.task, o.unit, o.role, coalesce(t.section, '') as section, o.due_date, o.ongoing, o.state,
       o.evidence_count, o.submit_date, o.revision
from occurrence o left join task t using (division, plan, task)
where o.division = $1::int and o.plan = $2::int and o.known_from <= $3::date and o.known_to > $3
order by o.task
)sql"};

constexpr Statement kReadSectionAssignments{"read_section_assignments", R"sql(
select a.task, a.unit, a.role, coalesce(t.section, '') as section, a.state, a.claim_date,
       a.file_date, a.revision
from assignment a left join task t using (division, plan, task)
where a.division = $1::int and a.plan = $2::int and a.known_from <= $3::date and a.known_to > $3
order by a.task
)sql"};

using SectionCells = std::map<std::string, Cell>;

class SectionReader {
 public:
  SectionReader(Session& session, const DivisionCells& division, const OverviewQuery& query)
      : session_(session), division_(division), query_(query) {}

  std::vector<SubjectCounts> Read() {
    for (const auto& plan : division_.plans) {
      if (query_.plan && *query_.plan != plan.plan) continue;
      SectionCells cells;
      AddFacts<OccurrenceFact>(kReadSectionOccurrences, plan.plan, cells);
      AddFacts<AssignmentFact>(kReadSectionAssignments, plan.plan, cells);
      for (const auto& [section, cell] : cells) Count(cell, plan.terms, sections_[section]);
    }
    std::map<std::pair<int, int>, std::string> in_order;
    for (const auto& [section, first] : first_tasks_) in_order[first] = section;
    std::vector<SubjectCounts> lines;
    for (const auto& [first, section] : in_order) {
      const auto& counts = sections_[section];
      if (counts == FigureCounts{}) continue;
      lines.push_back({static_cast<int>(lines.size()) + 1, section, counts});
    }
    return lines;
  }

 private:
  template <typename Fact>
  void AddFacts(const Statement& statement, int plan, SectionCells& cells) {
    for (const pqxx::row row :
         session_.Execute(statement, division_.division, plan, KnownDay(query_))) {
      Fact fact;
      fact.division = division_.division;
      fact.plan = plan;
      fact.task = row[0].template as<int>();
      fact.unit = row[1].template as<int>();
      fact.role = static_cast<Role>(row[2].template as<int>());
      if (!division_.Passes(query_.units, fact.unit)) continue;
      ReadState(row, fact);
      const auto section = row[3].template as<std::string>();
      const std::pair first(plan, fact.task);
      const auto known = first_tasks_.try_emplace(section, first).first;
      if (first < known->second) known->second = first;
      Add(cells[section], fact, 1);
    }
  }

  void Count(const Cell& cell, const PlanTerms& terms, FigureCounts& counts) const {
    if (query_.filter.PassesAll()) {
      CountWork(cell, terms, query_.as_of, counts);
    } else {
      CountOccurrences(cell, terms, query_.as_of, query_.filter, counts);
    }
  }

  Session& session_;
  const DivisionCells& division_;
  const OverviewQuery& query_;
  std::map<std::string, FigureCounts> sections_;
  std::map<std::string, std::pair<int, int>> first_tasks_;  // plan and task
};

}  // namespace

std::vector<SubjectCounts> ReadSections(Session& session, const OverviewCells& cells,
                                        const OverviewQuery& query) {
  const auto* division = cells.Find(query.division);
  if (!division) return {};
  return SectionReader(session, division->cells(), query).Read();
}

}  // namespace gongkai::reporting
