// Between the feed as stored and the feed as the contract has it.
#pragma once

#include <optional>
#include <string>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "services/common/status/error.h"
#include "services/plans/store/change_store.h"
#include "services/plans/store/snapshot_store.h"

namespace gongkai::plans {

// Where a watcher is: behind `position`, or still in the snapshot that comes before it.
struct FeedPlace {
  FeedPosition position;
  std::optional<SnapshotPlace> snapshot;
};

// From `division` and `kinds`. INVALID_ARGUMENT for a malformed name or a kind that the feed does
// not have.
Result<FeedFilter> FilterOf(const v1::WatchRequest& request);

// `v1.TXID.SEQ`, or in a snapshot `s1.TXID.FROM-TO.KINDS.KIND.KEY`, which holds the filter too: the
// snapshot is of use only to whoever goes on with the same one.
std::string ToToken(const FeedPlace& place, const FeedFilter& filter);
// And back; empty is the beginning. INVALID_ARGUMENT for any other text, and for a token of a
// snapshot with another filter.
Result<FeedPlace> FromToken(const std::string& token, const FeedFilter& filter);

// The changes of the page that pass the filter.
Result<v1::WatchResponse> ToWatchResponse(const FeedPage& page, const FeedFilter& filter);
// `begin`: where the feed goes on behind the snapshot.
Result<v1::WatchResponse> ToWatchResponse(const SnapshotPage& page, const FeedPosition& begin,
                                          const FeedFilter& filter);

}  // namespace gongkai::plans
