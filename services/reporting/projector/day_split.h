// Cuts a message of the change feed where a day ends, so that each day's last states are kept.
#pragma once

#include <vector>

#include "gongkai/plans/v1/change_feed.pb.h"

namespace gongkai::reporting {

// The message as one or more that say the same one after another: the changes of each are of one
// day in Shanghai, or of times that they do not tell. What the message says of the end of the feed
// stays with the last. Nothing is cut behind a change that has no token to go on from.
std::vector<plans::v1::WatchResponse> SplitByDay(plans::v1::WatchResponse message);

}  // namespace gongkai::reporting
