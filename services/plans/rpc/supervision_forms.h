// The forms of the names of supervision, as errors show them, and what its requests share.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {

inline constexpr char kReminderForm[] = "divisions/{division}/reminders/{reminder}";
inline constexpr char kSupervisionOrderForm[] = "divisions/{division}/supervisionOrders/{order}";
inline constexpr char kInstructionForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/instructions/{instruction}";
inline constexpr char kCommentForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/comments/{comment}";

// The division alone, or with all below it.
inline DivisionRange RangeOf(DivisionCode division, bool include_subdivisions) {
  return include_subdivisions ? SubtreeOf(division) : DivisionRange{division.value, division.value};
}

// The numbers of units that must be of the division and stand there once.
std::vector<int> CheckUnits(const google::protobuf::RepeatedPtrField<std::string>& names,
                            DivisionCode division, const std::string& field, RequestChecks& checks);

}  // namespace gongkai::plans
