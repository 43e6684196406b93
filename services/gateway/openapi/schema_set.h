// JSON Schemas (2020-12, as OpenAPI 3.1 has them) of messages and their fields.
#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace gongkai::gateway {

// What of a message stands in a body.
struct BodyShape {
  std::set<std::string> excluded;  // fields that the address gives, by their names in the proto
  bool partial = false;            // of an update: nothing is required

  friend bool operator==(const BodyShape&, const BodyShape&) = default;
};

// Describes what JsonWriter writes and JsonReader reads. Collects the messages that were asked for
// and all that they hold, each once, under `components/schemas`:
//
//   message Book { string name = 1 [(google.api.field_behavior) = REQUIRED]; int64 pages = 2; }
//   → "test.Book": {"type": "object", "required": ["name"], "additionalProperties": false,
//      "properties": {"name": {"type": "string"}, "pages": {"type": "string", "format": "int64"}}}
//
// Of a oneof at most one member may be there. A required number or bool is not called required, as
// JSON leaves its default value out.
class SchemaSet {
 public:
  using Json = nlohmann::ordered_json;

  // `{"$ref": "#/components/schemas/test.Book"}`, or what stands for a well-known type.
  Json Reference(const google::protobuf::Descriptor& message);
  // The same for a body that is not the whole message: `test.Book.Patch`, `test.MoveRequest.Body`.
  Json BodyReference(const google::protobuf::Descriptor& message, const BodyShape& shape);
  // A field's value with its comment: lists and maps too.
  Json Field(const google::protobuf::FieldDescriptor& field);
  // One value of the field, without a comment: of a list one element.
  Json Value(const google::protobuf::FieldDescriptor& field);

  // All that was referred to, by name.
  Json TakeComponents();

 private:
  Json EnumReference(const google::protobuf::EnumDescriptor& enumeration);
  Json Map(const google::protobuf::FieldDescriptor& field);
  Json MessageSchema(const google::protobuf::Descriptor& message, const BodyShape& shape);

  std::map<std::string, Json> components_;
  std::map<std::string, BodyShape> shapes_;  // of components that are no whole message
};

// Whether the type has a form of its own in JSON, which is no object of its fields.
bool HasOwnForm(const google::protobuf::Descriptor& message);

// A description of an element that may have none: `schema` as it is, or with `description`.
nlohmann::ordered_json Described(nlohmann::ordered_json schema, const std::string& description);

}  // namespace gongkai::gateway
