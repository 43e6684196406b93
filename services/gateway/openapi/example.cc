#include "services/gateway/openapi/example.h"

#include <string>

#include "services/gateway/descriptors/comment.h"
#include "services/gateway/descriptors/field_behavior.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Json = nlohmann::ordered_json;

constexpr int kDepth = 2;

bool IsLeftOut(const FieldDescriptor& field, ExampleUse use) {
  const auto behavior = FieldBehaviorOf(field);
  return use == ExampleUse::kAnswer ? behavior.input_only : behavior.output_only;
}

// Only a value has a digit, a slash or a character beyond ASCII; names of fields and states have
// none.
bool LooksLikeValue(const std::string& text) {
  for (const char c : text) {
    if (c == ' ' || c == '{' || c == '(' || c == '*' || c == '=') return false;
  }
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || c == '/' || static_cast<unsigned char>(c) > 0x7f) return true;
  }
  return false;
}

bool HasFieldsOfItsOwn(const FieldDescriptor& field) {
  const auto* message = field.message_type();
  return message && message->well_known_type() == Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
}

std::string TextExample(const FieldDescriptor& field) {
  const std::string comment = CommentOf(field);
  for (auto begin = comment.find('`'); begin != std::string::npos;) {
    const auto end = comment.find('`', begin + 1);
    if (end == std::string::npos) break;
    std::string quoted = comment.substr(begin + 1, end - begin - 1);
    if (LooksLikeValue(quoted)) return quoted;
    begin = comment.find('`', end + 1);
  }
  return "text";
}

Json EnumExample(const EnumDescriptor& enumeration) {
  if (enumeration.full_name() == "google.protobuf.NullValue") return nullptr;
  return enumeration.value(enumeration.value_count() > 1 ? 1 : 0)->name();
}

Json ScalarExample(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return "1";
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return 0.5;
    case FieldDescriptor::CPPTYPE_BOOL:
      return true;
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumExample(*field.enum_type());
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? "5YWs5byA" : TextExample(field);
    default:
      return 1;
  }
}

Json WellKnownExample(const Descriptor& message) {
  switch (message.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return "2023-07-28T01:02:03Z";
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return "1.500s";
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return "displayName,parent.name";
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return {{"key", "text"}};
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return Json::array({"text"});
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return "text";
    case Descriptor::WELLKNOWNTYPE_ANY:
      return {{"@type", "type.googleapis.com/google.rpc.ErrorInfo"}, {"reason", "NOT_THERE"}};
    default:
      return ScalarExample(*message.field(0));
  }
}

Json MessageExample(const Descriptor& message, ExampleUse use, int depth);

Json ValueExample(const FieldDescriptor& field, ExampleUse use, int depth) {
  return field.message_type() ? MessageExample(*field.message_type(), use, depth)
                              : ScalarExample(field);
}

Json FieldExample(const FieldDescriptor& field, ExampleUse use, int depth) {
  if (field.is_map()) {
    const auto& entry = *field.message_type();
    const bool named = entry.map_key()->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
    const bool flag = entry.map_key()->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    return {{named ? "key" : flag ? "true" : "1", ValueExample(*entry.map_value(), use, depth)}};
  }
  Json value = ValueExample(field, use, depth);
  return field.is_repeated() ? Json::array({std::move(value)}) : value;
}

Json MessageExample(const Descriptor& message, ExampleUse use, int depth) {
  if (message.well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED) {
    return WellKnownExample(message);
  }
  Json example = Json::object();
  for (int i = 0; i < message.field_count(); ++i) {
    const auto& field = *message.field(i);
    const auto* oneof = field.real_containing_oneof();
    if ((oneof && oneof->field(0) != &field) || IsLeftOut(field, use)) continue;
    const bool opens = HasFieldsOfItsOwn(field);
    const bool needed = field.is_required() || FieldBehaviorOf(field).required;
    if (opens && depth == 0 && !needed) continue;
    if (depth < -kDepth) continue;
    example[field.json_name()] = FieldExample(field, use, opens ? depth - 1 : depth);
  }
  return example;
}

}  // namespace

Json ExampleOf(const Descriptor& message, ExampleUse use) {
  return MessageExample(message, use, kDepth);
}

Json ExampleOf(const FieldDescriptor& field, ExampleUse use) {
  return FieldExample(field, use, kDepth);
}

}  // namespace gongkai::gateway
