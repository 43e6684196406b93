// Cells as bytes, the form in which the database keeps them: a county's year in one or two
// kilobytes.
//
// One byte for the version of the format, then each table: how many rows it has, then row by row
// the first part of the key as the step from the row before, the other parts, and the sums, each as
// a zigzag varint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/reporting/domain/cell.h"

namespace gongkai::reporting {

// Equal cells have equal bytes.
std::string EncodeCell(const Cell& cell);

// Nothing for bytes that EncodeCell does not give.
std::optional<Cell> DecodeCell(std::string_view bytes);

}  // namespace gongkai::reporting
