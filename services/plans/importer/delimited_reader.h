// Reader of values separated by commas, semicolons or tabs, as spreadsheets export them.
#pragma once

#include <optional>

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// The character that separates the text's values, told by the heading row of a breakdown table near
// its beginning; nothing for text without one.
std::optional<char32_t> FindDelimiter(TextView text);

// A record is a row; one with a single value above the heading is a paragraph. Values may stand in
// double quotes and then hold delimiters, line breaks, and quotes written twice.
//
//   `序号,任务` + `1,"公布,名录"` → two rows of two cells
//
// Spans are those of `text`.
Document ReadDelimited(TextView text, char32_t delimiter);

}  // namespace gongkai::plans::importer
