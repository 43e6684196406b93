// A change of the feed as a CloudEvent 1.0 in structured JSON.
#pragma once

#include <string>

#include "services/plans/store/change_store.h"

namespace gongkai::plans {

struct CloudEvent {
  std::string subject;  // the resource's name
  std::string body;
};

// INTERNAL if the stored change does not match the contract.
Result<CloudEvent> ToCloudEvent(const StoredChange& change);

}  // namespace gongkai::plans
