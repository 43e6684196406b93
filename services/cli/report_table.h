// Figures as a table for a terminal.
#pragma once

#include <string>

#include "gongkai/reporting/v1/figures.pb.h"

namespace gongkai::cli {

// A line of facts, the totals, then one line for each row that owes anything: every rate with its
// numerator and denominator. The last line counts the rows that are left out.
std::string FormatReport(const reporting::v1::Overview& overview);

}  // namespace gongkai::cli
