// Between the feed as stored and the feed as the contract has it.
#pragma once

#include <optional>
#include <string>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "services/common/status/error.h"
#include "services/plans/store/change_store.h"

namespace gongkai::plans {

// A range of division codes, ends included.
struct DivisionRange {
  int from = 0;
  int to = 999999;
};

// 370000 → 370000 to 379999, 370100 → 370100 to 370199, 370124 → itself.
DivisionRange SubtreeOf(DivisionCode division);

// `v1.TXID.SEQ`, and back; empty is the beginning. INVALID_ARGUMENT for any other text.
std::string ToToken(const FeedPosition& position);
Result<FeedPosition> FromToken(const std::string& token);

Result<v1::WatchResponse> ToWatchResponse(const FeedPage& page);

}  // namespace gongkai::plans
