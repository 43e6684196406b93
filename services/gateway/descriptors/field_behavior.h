// The google.api.field_behavior option of a field, read from its descriptor.
#pragma once

#include <google/protobuf/descriptor.h>

namespace gongkai::gateway {

struct FieldBehavior {
  bool required = false;     // in requests
  bool output_only = false;  // passed over in requests
  bool input_only = false;   // never in answers
  bool immutable = false;    // set when the resource is made, or its identifier
};

FieldBehavior FieldBehaviorOf(const google::protobuf::FieldDescriptor& field);

}  // namespace gongkai::gateway
