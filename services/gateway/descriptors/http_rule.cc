#include "services/gateway/descriptors/http_rule.h"

#include <google/protobuf/descriptor.pb.h>

#include "services/common/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/api/annotations.proto and google/api/http.proto. Read from the wire, so that it
// does not matter whether the descriptors' pool knows the extension.
constexpr std::uint32_t kHttpExtension = 72295728;
constexpr std::uint32_t kAdditionalBindings = 11;

void SetCustom(HttpRule& rule, std::string_view pattern) {
  WireCursor cursor(pattern);
  while (const auto record = cursor.Next()) {
    if (record->number == 1) rule.method = record->bytes;
    if (record->number == 2) rule.path = record->bytes;
  }
}

void SetField(HttpRule& rule, const WireRecord& record) {
  const auto set_path = [&](const char* method) {
    rule.method = method;
    rule.path = record.bytes;
  };
  switch (record.number) {
    case 2:
      return set_path("GET");
    case 3:
      return set_path("PUT");
    case 4:
      return set_path("POST");
    case 5:
      return set_path("DELETE");
    case 6:
      return set_path("PATCH");
    case 7:
      rule.body = record.bytes;
      return;
    case 8:
      return SetCustom(rule, record.bytes);
    case 12:
      rule.response_body = record.bytes;
      return;
    default:
      return;
  }
}

void AppendRules(std::vector<HttpRule>& rules, std::string_view wire, bool additional) {
  const std::size_t own = rules.size();
  rules.emplace_back();
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == kAdditionalBindings) {
      if (additional) rules[own].nests = true;
      AppendRules(rules, record->bytes, true);
    } else {
      SetField(rules[own], *record);
    }
  }
}

}  // namespace

std::vector<HttpRule> HttpRulesOf(const google::protobuf::MethodDescriptor& method) {
  const std::string options = method.options().SerializeAsString();
  std::vector<HttpRule> rules;
  WireCursor cursor(options);
  while (const auto record = cursor.Next()) {
    if (record->number == kHttpExtension) AppendRules(rules, record->bytes, false);
  }
  return rules;
}

}  // namespace gongkai::gateway
