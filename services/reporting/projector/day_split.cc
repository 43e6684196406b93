#include "services/reporting/projector/day_split.h"

#include <chrono>
#include <optional>
#include <utility>

#include "services/common/time/civil_date.h"

namespace gongkai::reporting {
namespace {

using plans::v1::Change;
using plans::v1::WatchResponse;

std::optional<CivilDate> DayOf(const Change& change) {
  if (!change.has_change_time()) return std::nullopt;
  return ShanghaiDate(
      std::chrono::system_clock::time_point(std::chrono::seconds(change.change_time().seconds())));
}

bool IsOfOneDay(const WatchResponse& message) {
  std::optional<CivilDate> day;
  for (const auto& change : message.changes()) {
    const auto next = DayOf(change);
    if (day && next && *day != *next) return false;
    if (next) day = next;
  }
  return true;
}

}  // namespace

std::vector<WatchResponse> SplitByDay(WatchResponse message) {
  std::vector<WatchResponse> parts(1);
  if (IsOfOneDay(message)) {
    parts.front() = std::move(message);
    return parts;
  }
  std::optional<CivilDate> day;
  for (const auto& change : message.changes()) {
    const auto next = DayOf(change);
    auto& part = parts.back();
    const bool can_cut =
        part.changes_size() > 0 && !part.changes().rbegin()->resume_token().empty();
    if (day && next && *day != *next && can_cut) {
      part.set_resume_token(part.changes().rbegin()->resume_token());
      parts.emplace_back();
    }
    if (next) day = next;
    *parts.back().add_changes() = change;
  }
  auto& last = parts.back();
  last.set_resume_token(message.resume_token());
  last.set_snapshot(message.snapshot());
  if (message.has_current_as_of()) *last.mutable_current_as_of() = message.current_as_of();
  return parts;
}

}  // namespace gongkai::reporting
