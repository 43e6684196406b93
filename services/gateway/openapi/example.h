// Examples of messages, as they stand in the description of an API.
#pragma once

#include <google/protobuf/descriptor.h>

#include <nlohmann/json.hpp>

namespace gongkai::gateway {

enum class ExampleUse {
  kRequest,  // without what only answers have
  kAnswer,
};

// Every field once with a value that its schema allows; of a oneof the first member, of a list one
// element. A value for text is taken from what the field's comment quotes: "a date like
// `2023-07-28`". What lies deeper than two messages is left out where it may be.
nlohmann::ordered_json ExampleOf(const google::protobuf::Descriptor& message, ExampleUse use);

// Of one value.
nlohmann::ordered_json ExampleOf(const google::protobuf::FieldDescriptor& field, ExampleUse use);

}  // namespace gongkai::gateway
