#include "services/plans/list/timestamp.h"

#include <algorithm>

#include "services/common/time/civil_date.h"

namespace gongkai::plans::list {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// `HH:MM`, within a day.
bool IsClock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return false;
  for (int i : {0, 1, 3, 4}) {
    if (!IsDigit(text[i])) return false;
  }
  return text.substr(0, 2) < "24" && text[3] < '6';
}

}  // namespace

bool IsTimestamp(std::string_view text) {
  if (text.size() < 20 || !ParseDate(text.substr(0, 10)) || text[10] != 'T') return false;
  if (!IsClock(text.substr(11, 5)) || text[16] != ':' || text[17] > '5' || !IsDigit(text[17]) ||
      !IsDigit(text[18])) {
    return false;
  }
  text.remove_prefix(19);
  if (text[0] == '.') {
    text.remove_prefix(1);
    const auto fraction = std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin();
    if (fraction < 1 || fraction > 9) return false;
    text.remove_prefix(fraction);
  }
  if (text == "Z") return true;
  return !text.empty() && (text[0] == '+' || text[0] == '-') && IsClock(text.substr(1)) &&
         text.substr(1, 2) < "16";
}

}  // namespace gongkai::plans::list
