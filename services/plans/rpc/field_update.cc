#include "services/plans/rpc/field_update.h"

#include <algorithm>
#include <memory>

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0
                              : reflection->HasField(message, field);
}

std::string Listed(const std::vector<std::string_view>& words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  return list;
}

}  // namespace

Result<std::vector<std::string>> FieldsToUpdate(const Message& given,
                                                const google::protobuf::FieldMask& mask,
                                                const std::vector<std::string_view>& changeable) {
  RequestChecks checks;
  std::vector<std::string> fields;
  for (const auto& path : mask.paths()) {
    // They say which resource is meant; a mask that was made from a JSON body has them too.
    if (path == "name" || path == "etag") continue;
    const auto field = path.substr(0, path.find('.'));
    const bool known = std::find(changeable.begin(), changeable.end(), field) != changeable.end();
    checks.Require(known, "update_mask",
                   "has \"" + path + "\"; what can be changed: " + Listed(changeable));
    if (known) fields.push_back(field);
  }
  if (mask.paths().empty()) {
    for (const auto& name : changeable) {
      const auto* field = given.GetDescriptor()->FindFieldByName(std::string(name));
      if (IsSet(given, field)) fields.emplace_back(name);
    }
  }
  if (checks.ok()) {
    checks.Require(!fields.empty(), "update_mask",
                   "names no field, and none is set; what can be changed: " + Listed(changeable));
  }
  if (!checks.ok()) return Fail(checks.error());
  return fields;
}

void TakeFields(const Message& given, const std::vector<std::string>& fields, Message& stored) {
  const std::unique_ptr<Message> copy(given.New());
  copy->CopyFrom(given);
  std::vector<const FieldDescriptor*> swapped;
  for (const auto& name : fields) {
    const auto* field = given.GetDescriptor()->FindFieldByName(name);
    if (std::find(swapped.begin(), swapped.end(), field) == swapped.end()) swapped.push_back(field);
  }
  copy->GetReflection()->SwapFields(copy.get(), &stored, swapped);
}

}  // namespace gongkai::plans
