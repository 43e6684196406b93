#include "services/plans/directory/division_table.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace gongkai::plans {

// divisions.csv, embedded by the build.
extern const std::string_view kDivisionsCsv;

namespace {

DivisionRecord ToRecord(std::string_view line) {
  int code = 0;
  std::from_chars(line.data(), line.data() + 6, code);
  return {.division = {code}, .display_name = std::string(line.substr(7))};
}

}  // namespace

std::vector<DivisionRecord> DivisionTable() {
  std::vector<DivisionRecord> divisions;
  for (auto rest = kDivisionsCsv; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    if (line.size() > 7) divisions.push_back(ToRecord(line));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  // Codes sort parents before children: 370000 < 370100 < 370124.
  return divisions;
}

}  // namespace gongkai::plans
