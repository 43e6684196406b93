// From a message of the change feed to a batch of facts.
#pragma once

#include <string>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "services/common/status/error.h"
#include "services/reporting/store/batch.h"

namespace gongkai::reporting {

// `after_token` is where the feed was read from. A message without a token leaves the place as it
// is. Kinds of resources that this version does not know have no part in its figures and are left
// out. DATA_LOSS with reason CHANGE_UNREADABLE names the first change that is not as the contract
// says; nothing of the message may then be applied.
Result<Batch> ReadBatch(const std::string& after_token, const plans::v1::WatchResponse& message);

}  // namespace gongkai::reporting
