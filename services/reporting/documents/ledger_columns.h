// The columns of a ledger, whatever file it is written to.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "services/reporting/domain/ledger_entry.h"

namespace gongkai::reporting {

// An empty one, a text, a number or a day.
using LedgerValue = std::variant<std::monostate, std::string, int, CivilDate>;

struct LedgerColumn {
  std::string_view heading;  // Simplified Chinese
  double width = 0;          // in characters of a spreadsheet
  bool wraps = false;        // a text of any length; else a word or a number
  LedgerValue (*value)(const LedgerEntry& entry, CivilDate as_of) = nullptr;
};

std::span<const LedgerColumn> LedgerColumns();

// The headings of the two columns that a reader looks at first.
inline constexpr std::string_view kStateHeading = "工作状态";
inline constexpr std::string_view kLatenessHeading = "时限情况";

}  // namespace gongkai::reporting
