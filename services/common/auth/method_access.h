// Who may call a method, as the contract declares it and as the table of roles has it.
#pragma once

#include <google/protobuf/descriptor.h>

#include <array>
#include <string>
#include <vector>

#include "gongkai/common/v1/access.pb.h"
#include "services/common/auth/role_table.h"

namespace gongkai::auth {

// From a request down to one of its fields: `activity.units`. Empty for none.
using FieldPath = std::vector<const google::protobuf::FieldDescriptor*>;

struct MethodAccess {
  std::string method;  // full name; empty if no method of the contract takes this request
  std::string permission;
  common::v1::Access::Scope scope = common::v1::Access::SCOPE_UNSPECIFIED;
  FieldPath target;
  bool target_may_be_empty = false;
  FieldPath unit;
  std::string unit_filter;
  bool names_above = false;
  // `include_subdivisions`; null where the request has no such field.
  const google::protobuf::FieldDescriptor* subdivisions = nullptr;
  std::array<Reach, kRoleCount> reaches = {};
};

// Of the method that takes this request: every method has a request of its own, in its file. A
// request of no method, and a method that declares nothing, is for nobody. Thread-safe; made once
// and kept.
const MethodAccess& AccessOf(const google::protobuf::Descriptor& request);

}  // namespace gongkai::auth
