// The change feed as stored.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// A place in the feed: everything up to and with this change. {0, 0} is the beginning.
struct FeedPosition {
  std::uint64_t txid = 0;
  std::int64_t seq = 0;
  auto operator<=>(const FeedPosition&) const = default;
};

// What of the feed is asked for.
struct FeedFilter {
  DivisionRange divisions;
  std::vector<std::string> kinds;  // fields of the feed's oneof; empty for all

  bool Passes(int division, const std::string& kind) const {
    return divisions.from <= division && division <= divisions.to &&
           (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end());
  }
  bool PassesAll() const { return divisions == DivisionRange() && kinds.empty(); }
};

struct StoredChange {
  FeedPosition position;
  int division = 0;
  std::string kind;  // the field of the feed's oneof
  Document resource;
  std::string actor;
  std::string change_time;  // RFC 3339
  std::string traceparent;  // of the call that made it, or empty
};

struct FeedPage {
  std::vector<StoredChange> changes;
  // Where to read on: behind the last change that was looked at or, at the end, behind all that
  // could be read.
  FeedPosition next;
  // The page ends at the present end of the feed: nothing that a reader may see comes after it.
  bool at_end = false;
  // Changes are committed that may not be read yet, because an older transaction still runs.
  bool more_pending = false;
  // When the page was read, RFC 3339.
  std::string read_time;
};

// Thread-safe.
class ChangeStore {
 public:
  virtual ~ChangeStore() = default;

  // The next changes after `after` that pass the filter, in the feed's order: only those of
  // transactions older than every one still running, so that nothing can appear before them later.
  // A page is bounded in changes looked at and in bytes; it may be empty before the end of the
  // feed. OUT_OF_RANGE with reason TOKEN_EXPIRED if changes after `after` were deleted for age.
  virtual Result<FeedPage> ReadChanges(const FeedPosition& after, const FeedFilter& filter) = 0;
};

}  // namespace gongkai::plans
