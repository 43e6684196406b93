// Tables with the merges that an office would have made.
#pragma once

#include "tests/plans/support/paper.h"

namespace gongkai::plans {

// A dump shows a merged cell as an empty one. Here an empty cell becomes part of
//   the one above   under numbers, headings and due dates, and under units where none is named
//   the one at its left   under units where one is named, and for a heading below a new one
// and an empty cell of another column stays. A row that is shorter than the longest is one whose
// innermost task reaches over several columns, and where it is shorter than the heading, one whose
// first cells are part of those above.
Paper MergedAsOfficesDo(const Paper& paper);

}  // namespace gongkai::plans
