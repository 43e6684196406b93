// The change feed as stored.
#pragma once

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
  bool operator==(const FeedPosition&) const = default;
};

struct StoredChange {
  FeedPosition position;
  std::string kind;  // the field of the feed's oneof
  Document resource;
  std::string actor;
  std::string change_time;  // RFC 3339
};

struct FeedPage {
  std::vector<StoredChange> changes;
  // Where to read on: behind the last change or, at the end, behind all that could be read.
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

  // The changes after `after`, at most `limit`, in the feed's order: only those of transactions
  // older than every one still running, so that nothing can appear before them later. Only of
  // divisions from `division_from` to `division_to`.
  virtual Result<FeedPage> ReadChanges(const FeedPosition& after, int division_from,
                                       int division_to, int limit) = 0;
};

}  // namespace gongkai::plans
