#include "services/gateway/openapi/schema_set.h"

#include <google/protobuf/descriptor.pb.h>

#include <utility>

#include "services/gateway/descriptors/comment.h"
#include "services/gateway/descriptors/field_behavior.h"
#include "services/gateway/openapi/example.h"
#include "services/gateway/openapi/well_known_schema.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;
using Json = nlohmann::ordered_json;

Json RefTo(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

// JSON leaves out the default values of fields without presence: for a number or a bool they are
// values like any other.
bool IsNeverLeftOut(const FieldDescriptor& field) {
  if (field.has_presence() || field.is_repeated()) return true;
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
         field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
}

bool IsRequired(const FieldDescriptor& field) {
  if (field.is_required()) return true;
  const auto behavior = FieldBehaviorOf(field);
  return behavior.required && !behavior.input_only && IsNeverLeftOut(field);
}

// At most one of the members: one alternative for each, and one for none.
Json AtMostOne(const OneofDescriptor& oneof) {
  Json alternatives = Json::array();
  Json none = Json::object();
  for (int i = 0; i < oneof.field_count(); ++i) {
    const auto& name = oneof.field(i)->json_name();
    alternatives.push_back({{"title", name}, {"required", Json::array({name})}});
    none[name] = false;
  }
  alternatives.push_back({{"title", "none of " + oneof.name()}, {"properties", std::move(none)}});
  return Described({{"oneOf", std::move(alternatives)}}, CommentOf(oneof));
}

// The values with their comments, below the enum's own.
std::string EnumDescription(const EnumDescriptor& enumeration) {
  std::string text = CommentOf(enumeration);
  std::string values;
  for (int i = 0; i < enumeration.value_count(); ++i) {
    const auto comment = CommentOf(*enumeration.value(i));
    if (comment.empty()) continue;
    values += "\n- `" + enumeration.value(i)->name() + "`: " + FirstSentence(comment);
  }
  if (!text.empty() && !values.empty()) text += '\n';
  return text + values;
}

Json KeyPattern(const FieldDescriptor& key) {
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return {{"enum", {"true", "false"}}};
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_STRING) return nullptr;
  return {{"pattern", "^-?[0-9]+$"}};
}

}  // namespace

bool HasOwnForm(const Descriptor& message) {
  return message.well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
}

Json Described(Json schema, const std::string& description) {
  if (!description.empty()) schema["description"] = description;
  return schema;
}

Json SchemaSet::Reference(const Descriptor& message) {
  if (auto known = WellKnownSchema(message)) return std::move(*known);
  const auto [place, added] = components_.try_emplace(message.full_name());
  // Filled afterwards, since messages refer to each other in circles.
  if (added) place->second = MessageSchema(message, {});
  return RefTo(message.full_name());
}

Json SchemaSet::BodyReference(const Descriptor& message, const BodyShape& shape) {
  if (HasOwnForm(message) || shape == BodyShape{}) return Reference(message);
  const std::string stem = message.full_name() + (shape.partial ? ".Patch" : ".Body");
  // Routes of one method may differ in what their addresses give.
  std::string name = stem;
  for (int i = 2;; ++i) {
    const auto [known, added] = shapes_.try_emplace(name, shape);
    if (!added && known->second == shape) return RefTo(name);
    if (added) break;
    name = stem + std::to_string(i);
  }
  Json schema = MessageSchema(message, shape);
  components_[name] = std::move(schema);
  return RefTo(name);
}

Json SchemaSet::EnumReference(const EnumDescriptor& enumeration) {
  if (enumeration.full_name() == "google.protobuf.NullValue") return {{"type", "null"}};
  const auto [place, added] = components_.try_emplace(enumeration.full_name());
  if (added) {
    Json schema = Described({{"type", "string"}}, EnumDescription(enumeration));
    schema["enum"] = Json::array();
    for (int i = 0; i < enumeration.value_count(); ++i) {
      schema["enum"].push_back(enumeration.value(i)->name());
    }
    place->second = std::move(schema);
  }
  return RefTo(enumeration.full_name());
}

Json SchemaSet::Value(const FieldDescriptor& field) {
  if (const auto* message = field.message_type()) return Reference(*message);
  if (const auto* enumeration = field.enum_type()) return EnumReference(*enumeration);
  return ScalarSchema(field);
}

Json SchemaSet::Map(const FieldDescriptor& field) {
  const auto& entry = *field.message_type();
  Json schema = {{"type", "object"}, {"additionalProperties", Value(*entry.map_value())}};
  if (Json keys = KeyPattern(*entry.map_key()); !keys.is_null()) {
    schema["propertyNames"] = std::move(keys);
  }
  return schema;
}

Json SchemaSet::Field(const FieldDescriptor& field) {
  Json schema = field.is_map()        ? Map(field)
                : field.is_repeated() ? Json{{"type", "array"}, {"items", Value(field)}}
                                      : Value(field);
  const auto behavior = FieldBehaviorOf(field);
  if (behavior.output_only) schema["readOnly"] = true;
  if (behavior.input_only) schema["writeOnly"] = true;
  if (behavior.immutable) schema["x-immutable"] = true;
  if (field.options().deprecated()) schema["deprecated"] = true;
  return Described(std::move(schema), CommentOf(field));
}

Json SchemaSet::MessageSchema(const Descriptor& message, const BodyShape& shape) {
  Json schema = Described({{"type", "object"}}, CommentOf(message));
  Json required = Json::array();
  Json properties = Json::object();
  for (int i = 0; i < message.field_count(); ++i) {
    const auto& field = *message.field(i);
    if (shape.excluded.contains(field.name())) continue;
    properties[field.json_name()] = Field(field);
    if (!shape.partial && IsRequired(field)) required.push_back(field.json_name());
  }
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  schema["additionalProperties"] = false;
  Json oneofs = Json::array();
  for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
    if (message.oneof_decl(i)->field_count() > 1) {
      oneofs.push_back(AtMostOne(*message.oneof_decl(i)));
    }
  }
  if (!oneofs.empty()) schema["allOf"] = std::move(oneofs);
  if (message.options().deprecated()) schema["deprecated"] = true;
  if (shape == BodyShape{}) {
    schema["examples"] = Json::array({ExampleOf(message, ExampleUse::kAnswer)});
  }
  return schema;
}

Json SchemaSet::TakeComponents() {
  Json all = Json::object();
  for (auto& [name, schema] : components_) all[name] = std::move(schema);
  components_.clear();
  return all;
}

}  // namespace gongkai::gateway
