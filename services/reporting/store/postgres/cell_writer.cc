#include "services/reporting/store/postgres/cell_writer.h"

#include <vector>

#include "services/reporting/domain/cell_codec.h"
#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/cell_row.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kReadCells{"read_cells", R"sql(
select wanted.place, latest.data
from unnest($1::int[], $2::smallint[], $3::int[], $4::int[])
       with ordinality as wanted (division, topic, number, unit, place)
cross join lateral (
  select data from cell c
  where (c.division, c.topic, c.number, c.unit)
      = (wanted.division, wanted.topic, wanted.number, wanted.unit)
  order by known_day desc limit 1) as latest
)sql"};

constexpr Statement kWriteCells{"write_cells", R"sql(
insert into cell (division, topic, number, unit, known_day, data)
select division, topic, number, unit, $6::date, data
from unnest($1::int[], $2::smallint[], $3::int[], $4::int[], $5::bytea[])
       as fresh (division, topic, number, unit, data)
on conflict (division, topic, number, unit, known_day) do update set data = excluded.data
)sql"};

// Keys of cells as the columns of a statement.
struct KeyColumns {
  ArrayText divisions, topics, numbers, units;

  void Add(const CellKey& key) {
    divisions.Add(key.division);
    topics.Add(static_cast<int>(key.topic));
    numbers.Add(key.number);
    units.Add(key.unit);
  }
};

}  // namespace

void CellDifferences::Add(const OccurrenceFact& occurrence, int times) {
  for (const int unit : {occurrence.unit, 0}) {
    reporting::Add(differences_[{occurrence.division, CellTopic::kWork, occurrence.plan, unit}],
                   occurrence, times);
  }
}

void CellDifferences::Add(const AssignmentFact& assignment, int times) {
  for (const int unit : {assignment.unit, 0}) {
    reporting::Add(differences_[{assignment.division, CellTopic::kWork, assignment.plan, unit}],
                   assignment, times);
  }
}

void CellDifferences::AddDocument(int division, int year, int unit, const DocumentCount& document,
                                  int times) {
  for (const int subject : {unit, 0}) {
    reporting::Add(differences_[{division, CellTopic::kPolicies, year, subject}], document, times);
  }
}

void CellDifferences::AddHeadActs(int division, int year, int unit, int acts) {
  for (const int subject : {unit, 0}) {
    differences_[{division, CellTopic::kPolicies, year, subject}].head_acts.Add({unit}, {acts});
  }
}

void CellDifferences::Write(Session& session, const std::string& known_day) const {
  std::vector<const std::pair<const CellKey, Cell>*> touched;
  KeyColumns wanted;
  for (const auto& difference : differences_) {
    if (difference.second == Cell{}) continue;
    touched.push_back(&difference);
    wanted.Add(difference.first);
  }
  if (touched.empty()) return;
  std::vector<Cell> cells(touched.size());
  for (const auto& row : session.Execute(kReadCells, wanted.divisions.text(), wanted.topics.text(),
                                         wanted.numbers.text(), wanted.units.text())) {
    cells[row["place"].as<int>() - 1] = CellIn(row["data"]);
  }
  ArrayText data;
  for (std::size_t i = 0; i < touched.size(); ++i) {
    cells[i].Add(touched[i]->second);
    data.AddBytes(EncodeCell(cells[i]));
  }
  session.Execute(kWriteCells, wanted.divisions.text(), wanted.topics.text(), wanted.numbers.text(),
                  wanted.units.text(), data.text(), known_day);
}

}  // namespace gongkai::reporting
