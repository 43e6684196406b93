#include "services/gateway/openapi/well_known_schema.h"

#include <cstdint>
#include <limits>

namespace gongkai::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Json = nlohmann::ordered_json;

template <typename Number>
Json Integer(const char* format) {
  return {{"type", "integer"},
          {"format", format},
          {"minimum", std::numeric_limits<Number>::min()},
          {"maximum", std::numeric_limits<Number>::max()}};
}

// 64 bits are text in JSON: its numbers lose digits above 2^53.
Json LongInteger(const char* format, const char* pattern) {
  return {{"type", "string"}, {"format", format}, {"pattern", pattern}};
}

Json Number(const char* format) {
  return {{"oneOf",
           {{{"type", "number"}, {"format", format}},
            {{"type", "string"}, {"enum", {"NaN", "Infinity", "-Infinity"}}}}}};
}

Json OrNull(Json schema) {
  if (schema.contains("type")) {
    schema["type"] = Json::array({schema["type"], "null"});
  } else {
    schema["oneOf"].push_back({{"type", "null"}});
  }
  return schema;
}

}  // namespace

Json ScalarSchema(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Integer<std::int32_t>("int32");
    case FieldDescriptor::CPPTYPE_UINT32:
      return Integer<std::uint32_t>("uint32");
    case FieldDescriptor::CPPTYPE_INT64:
      return LongInteger("int64", "^(0|-?[1-9][0-9]{0,18})$");
    case FieldDescriptor::CPPTYPE_UINT64:
      return LongInteger("uint64", "^(0|[1-9][0-9]{0,19})$");
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Number("double");
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Number("float");
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == FieldDescriptor::TYPE_STRING) return {{"type", "string"}};
      return {{"type", "string"}, {"contentEncoding", "base64"}};
    default:
      return nullptr;
  }
}

std::optional<Json> WellKnownSchema(const Descriptor& message) {
  switch (message.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
      return std::nullopt;
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return Json{{"type", "string"}, {"format", "date-time"}};
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return Json{{"type", "string"}, {"pattern", "^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$"}};
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return Json{{"type", "string"},
                  {"pattern", "^([A-Za-z][A-Za-z0-9]*([.,][A-Za-z][A-Za-z0-9]*)*)?$"}};
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return Json{{"type", "object"}, {"additionalProperties", true}};
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return Json{{"type", "array"}, {"items", Json::object()}};
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return Json::object();
    case Descriptor::WELLKNOWNTYPE_ANY:
      return Json{{"type", "object"},
                  {"description", "A message of any type, which `@type` names."},
                  {"required", {"@type"}},
                  {"properties", {{"@type", {{"type", "string"}}}}},
                  {"additionalProperties", true}};
    default:
      return OrNull(ScalarSchema(*message.field(0)));
  }
}

}  // namespace gongkai::gateway
