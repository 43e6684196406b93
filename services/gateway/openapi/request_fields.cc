#include "services/gateway/openapi/request_fields.h"

#include <algorithm>

#include "services/gateway/descriptors/field_behavior.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Fields = std::vector<const FieldDescriptor*>;

const FieldDescriptor* FindField(const Descriptor& message, const std::string& name) {
  if (const auto* field = message.FindFieldByName(name)) return field;
  for (int i = 0; i < message.field_count(); ++i) {
    if (message.field(i)->json_name() == name) return message.field(i);
  }
  return nullptr;
}

bool TakesText(const FieldDescriptor& field) {
  if (field.is_map()) return false;
  const auto* message = field.message_type();
  if (!message) return true;
  switch (message->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
    case Descriptor::WELLKNOWNTYPE_ANY:
    case Descriptor::WELLKNOWNTYPE_STRUCT:
    case Descriptor::WELLKNOWNTYPE_VALUE:
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return false;
    default:
      return true;
  }
}

// Messages may refer to each other in many ways: no address says more than this.
constexpr std::size_t kDeepest = 4;

bool CanBeEntered(const FieldDescriptor& field, const Fields& way) {
  const auto* message = field.message_type();
  if (!message || field.is_repeated() || way.size() >= kDeepest) return false;
  if (message->well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED) return false;
  return std::none_of(way.begin(), way.end(), [&](const FieldDescriptor* outer) {
    return outer->containing_type() == message;
  });
}

class QueryFields {
 public:
  explicit QueryFields(std::vector<Fields> elsewhere) : elsewhere_(std::move(elsewhere)) {}

  void Add(const Descriptor& message, const Fields& way) {
    for (int i = 0; i < message.field_count(); ++i) {
      const auto& field = *message.field(i);
      const auto behavior = FieldBehaviorOf(field);
      Fields fields = way;
      fields.push_back(&field);
      if (behavior.output_only || IsElsewhere(fields)) continue;
      if (TakesText(field)) {
        result_.push_back({JsonPathOf(fields), &field, way.empty() && behavior.required});
      } else if (CanBeEntered(field, fields)) {
        Add(*field.message_type(), fields);
      }
    }
  }

  std::vector<QueryField> Take() { return std::move(result_); }

 private:
  bool IsElsewhere(const Fields& fields) const {
    return std::find(elsewhere_.begin(), elsewhere_.end(), fields) != elsewhere_.end();
  }

  const std::vector<Fields> elsewhere_;
  std::vector<QueryField> result_;
};

bool IsText(const Fields& fields) {
  return !fields.empty() && fields.back()->type() == FieldDescriptor::TYPE_STRING &&
         !fields.back()->is_repeated();
}

}  // namespace

Fields FieldsOf(const Descriptor& message, std::string_view path) {
  Fields fields;
  const Descriptor* type = &message;
  while (type) {
    const auto point = path.find('.');
    const auto* field = FindField(*type, std::string(path.substr(0, point)));
    if (!field) return {};
    fields.push_back(field);
    if (point == std::string_view::npos) return fields;
    type = field->message_type();
    path.remove_prefix(point + 1);
  }
  return {};
}

std::string JsonPathOf(const Fields& fields) {
  std::string path;
  for (const auto* field : fields) path += (path.empty() ? "" : ".") + field->json_name();
  return path;
}

std::vector<QueryField> QueryFieldsOf(const Descriptor& input, const HttpRule& rule,
                                      const PathText& path) {
  if (rule.body == "*" || input.well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED) {
    return {};
  }
  std::vector<Fields> elsewhere;
  if (!rule.body.empty()) elsewhere.push_back(FieldsOf(input, rule.body));
  for (const auto& parameter : path.parameters) {
    if (!parameter.variable.empty()) elsewhere.push_back(FieldsOf(input, parameter.variable));
  }
  QueryFields fields(std::move(elsewhere));
  fields.Add(input, {});
  return fields.Take();
}

bool TakesIfMatch(const Descriptor& input, const HttpRule& rule) {
  if (rule.method == "GET" || rule.method == "HEAD") return false;
  if (IsText(FieldsOf(input, "etag"))) return true;
  return !rule.body.empty() && rule.body != "*" && IsText(FieldsOf(input, rule.body + ".etag"));
}

bool TakesIdempotencyKey(const Descriptor& input) { return IsText(FieldsOf(input, "request_id")); }

}  // namespace gongkai::gateway
