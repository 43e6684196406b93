// ParsedPlan of the contract from and to ParsedPlan of the domain.
#pragma once

#include <string_view>

#include "gongkai/plans/v1/parsed_plan.pb.h"
#include "services/common/status/error.h"
#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

v1::ParsedPlan ToProto(const ParsedPlan& plan);
v1::ParsedTask ToProto(const ParsedTask& task);
v1::ParseIssue ToProto(const ParseIssue& issue);

// INVALID_ARGUMENT names every field at fault with its path below `field`, e.g.
// `parsed_plan.tasks[3].units[0].role`: enums that are unspecified or unknown, dates that no
// calendar has, and due rules without what their kind needs. An unspecified `due` is UNSTATED.
Result<ParsedPlan> FromProto(const v1::ParsedPlan& plan, std::string_view field);

}  // namespace gongkai::plans
