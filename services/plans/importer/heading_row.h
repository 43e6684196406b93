// Rows of a breakdown table that are no task: headings, notes, rows without a meaning.
#pragma once

#include <optional>

#include "services/plans/importer/document.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {

struct HeadingRow {
  enum class Kind {
    kHeading,  // of the rows below
    kNote,     // 注：…, 合计, a page number
    kUnclear,  // a row of one cell that is a whole sentence
  };
  Kind kind = Kind::kHeading;
  Text text;  // kHeading only
};

// What a row of one cell is, or one with nothing but a heading (and perhaps its Chinese number) in
// it. Nothing for a row that may be a task.
std::optional<HeadingRow> ParseHeadingRow(const Columns& columns, const Row& row);

bool IsEmptyRow(const Row& row);

// Whether both rows say the same, cell by cell: a heading row that a page break repeats.
bool SameCells(const Row& a, const Row& b);

}  // namespace gongkai::plans::importer
