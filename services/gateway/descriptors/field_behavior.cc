#include "services/gateway/descriptors/field_behavior.h"

#include <google/protobuf/descriptor.pb.h>

#include "services/common/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/api/field_behavior.proto. Read from the wire, as HttpRulesOf does.
constexpr std::uint32_t kExtension = 1052;

void Add(FieldBehavior& behavior, std::uint64_t value) {
  switch (value) {
    case 2:
      behavior.required = true;
      return;
    case 3:
      behavior.output_only = true;
      return;
    case 4:
      behavior.input_only = true;
      return;
    case 5:
    case 8:
      behavior.immutable = true;
      return;
    default:
      return;
  }
}

}  // namespace

FieldBehavior FieldBehaviorOf(const google::protobuf::FieldDescriptor& field) {
  FieldBehavior behavior;
  const std::string options = field.options().SerializeAsString();
  WireCursor cursor(options);
  while (const auto record = cursor.Next()) {
    if (record->number != kExtension) continue;
    if (record->type == WireType::kVarint) {
      Add(behavior, record->scalar);
      continue;
    }
    WireCursor packed(record->bytes);
    while (const auto value = packed.NextPacked(WireType::kVarint)) Add(behavior, *value);
  }
  return behavior;
}

}  // namespace gongkai::gateway
