// The resources as they are now, for whoever begins to follow the feed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/plans/store/change_store.h"

namespace gongkai::plans {

// A place within a snapshot: behind the resource of `kind` with `key`, or before the first of that
// kind where `key` is empty. Only the store knows how a key is made; it has letters, digits and
// dots.
struct SnapshotPlace {
  std::string kind;
  std::string key;
  bool operator==(const SnapshotPlace&) const = default;
};

struct SnapshotResource {
  SnapshotPlace place;  // behind it
  Document resource;
};

struct SnapshotPage {
  std::vector<SnapshotResource> resources;
  // Where to read on; nothing after the last page.
  std::optional<SnapshotPlace> next;
};

// Thread-safe. The pages are read one by one while others write. Taken together with every change
// after the position that Begin gave they tell the tables: what a page misses or has already is
// told by a change after that position.
class SnapshotStore {
 public:
  virtual ~SnapshotStore() = default;

  // The end of the feed, to be asked for before the first page.
  virtual Result<FeedPosition> Begin() = 0;
  // Kinds in the order in which they need each other, and of one kind by key; nothing for the first
  // page. A page is of one kind and bounded in resources and in bytes. INVALID_ARGUMENT for a place
  // that this store did not give out.
  virtual Result<SnapshotPage> ReadPage(const std::optional<SnapshotPlace>& after,
                                        const FeedFilter& filter) = 0;
};

}  // namespace gongkai::plans
