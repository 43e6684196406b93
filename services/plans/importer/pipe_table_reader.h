// Reader of Markdown, and of other text whose tables are drawn with pipes.
#pragma once

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// Whether the text has a table of pipes or a heading of Markdown. Linear.
bool LooksLikePipeTables(TextView text);

// Each line that begins with a pipe is a row, and so are lines with pipes around a line of dashes;
// `<br>` parts the lines of a cell and `\|` is a pipe. Other lines are paragraphs, without the
// marks of headings and emphasis.
//
//   `| 序号 | 任务 |` + `|---|---|` + `| 1 | **公布**名录 |` → two rows
//
// Spans are those of `text`.
Document ReadPipeTables(TextView text);

}  // namespace gongkai::plans::importer
