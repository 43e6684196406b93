#include "services/plans/calendar/calendar_table.h"

#include <sstream>
#include <string>
#include <string_view>

namespace gongkai::plans {

// working_days.csv, embedded by the build: year, notices, days off, make-up days; lists are
// separated by spaces.
extern const std::string_view kWorkingDaysCsv;

namespace {

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

}  // namespace

std::vector<CalendarYear> CalendarTable() {
  const auto lines = Split(std::string(kWorkingDaysCsv), '\n');
  std::vector<CalendarYear> years;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = Split(lines[i], ',');
    years.push_back({.year = std::stoi(cells.at(0)),
                     .notices = Split(cells.at(1), ' '),
                     .days_off = ParseDates(cells.at(2)),
                     .make_up_days = ParseDates(cells.at(3))});
  }
  return years;
}

}  // namespace gongkai::plans
