// Between the contract's targets and those of the domain.
#pragma once

#include <optional>

#include "gongkai/plans/v1/targets.pb.h"
#include "services/plans/domain/attainment.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/store/target_store.h"

namespace gongkai::plans {

// The target as the domain compares it.
Target ToDomain(const v1::Target& target);

// A stored target; where the office says nothing, the words do if they are clear.
Result<v1::TaskTarget> ToTaskTarget(const Document& stored);

// What a target counts; nothing while nobody says so.
std::optional<TargetBinding> BindingOf(const v1::TaskTarget& target);

// The contract's word for a source.
v1::TargetBinding::Source ToProto(CountedSource source);

// What the request says that `target` counts, checked. INVALID_ARGUMENT for what does not go
// together.
Result<OfficeBinding> OfficeBindingOf(const v1::BindTargetRequest& request,
                                      const v1::TaskTarget& target);

}  // namespace gongkai::plans
