// Points in time as texts.
#pragma once

#include <string_view>

namespace gongkai::plans::list {

// Whether `text` is a time of RFC 3339 on a day that the calendar has: `2026-06-30T08:00:00Z`,
// `2026-06-30T16:00:00.5+08:00`.
bool IsTimestamp(std::string_view text);

}  // namespace gongkai::plans::list
