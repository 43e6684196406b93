// What is asked of evidence (佐证材料), wherever a request has some.
#pragma once

#include <string>

#include "gongkai/plans/v1/assignments.pb.h"
#include "services/plans/rpc/messages.h"

namespace gongkai::plans {

// `field`: its path in the request.
void CheckEvidence(const v1::Evidence& evidence, const std::string& field, RequestChecks& checks);

}  // namespace gongkai::plans
