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

void CellMemory::Begin(const std::string& written) {
  // Some dozens of megabytes: all counties' work of a year, and what is added beside it.
  constexpr std::size_t kMostCells = 30000;
  if (written_ != written || cells_.size() > kMostCells) cells_.clear();
  written_.reset();
}

Cell* CellMemory::Find(const CellKey& key) {
  const auto found = cells_.find(key);
  return found == cells_.end() ? nullptr : &found->second;
}

void CellDifferences::Write(Session& session, const std::string& known_day,
                            CellMemory& memory) const {
  struct Touched {
    const CellKey* key;
    const Cell* difference;
    Cell* cell;
  };
  std::vector<Touched> touched;
  std::vector<std::size_t> unread;
  KeyColumns all, wanted;
  for (const auto& [key, difference] : differences_) {
    if (difference == Cell{}) continue;
    touched.push_back({&key, &difference, memory.Find(key)});
    all.Add(key);
    if (touched.back().cell) continue;
    touched.back().cell = &memory.Put(key, {});
    wanted.Add(key);
    unread.push_back(touched.size() - 1);
  }
  if (touched.empty()) return;
  if (!unread.empty()) {
    for (const auto& row :
         session.Execute(kReadCells, wanted.divisions.text(), wanted.topics.text(),
                         wanted.numbers.text(), wanted.units.text())) {
      *touched[unread[row[0].as<std::size_t>() - 1]].cell = CellIn(row[1]);
    }
  }
  ArrayText data;
  for (const auto& [key, difference, cell] : touched) {
    cell->Add(*difference);
    data.AddBytes(EncodeCell(*cell));
  }
  session.Execute(kWriteCells, all.divisions.text(), all.topics.text(), all.numbers.text(),
                  all.units.text(), data.text(), known_day);
}

}  // namespace gongkai::reporting
