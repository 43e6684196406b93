// JSON Schemas of scalars and of the well-known types.
#pragma once

#include <google/protobuf/descriptor.h>

#include <nlohmann/json.hpp>
#include <optional>

namespace gongkai::gateway {

// Of a number, bool, string or bytes; null for enums and messages.
nlohmann::ordered_json ScalarSchema(const google::protobuf::FieldDescriptor& field);

// Of a type that JSON has a form of its own for (Timestamp, Struct, wrappers …); nothing for
// others.
std::optional<nlohmann::ordered_json> WellKnownSchema(const google::protobuf::Descriptor& message);

}  // namespace gongkai::gateway
