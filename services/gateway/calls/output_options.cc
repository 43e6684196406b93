#include "services/gateway/calls/output_options.h"

#include <optional>
#include <string>
#include <string_view>

#include "services/gateway/routing/percent_encoding.h"

namespace gongkai::gateway {
namespace {

constexpr char kExpected[] =
    "expected json, with any of ;enum-encoding=int|string ;defaults=true|false ;names=proto|json";

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool SetOption(JsonOptions& options, std::string_view parameter) {
  struct Choice {
    std::string_view text;
    bool JsonOptions::*option;
    bool value;
  };
  constexpr Choice kChoices[] = {{"enum-encoding=int", &JsonOptions::enum_numbers, true},
                                 {"enum-encoding=string", &JsonOptions::enum_numbers, false},
                                 {"defaults=true", &JsonOptions::defaults, true},
                                 {"defaults=false", &JsonOptions::defaults, false},
                                 {"names=proto", &JsonOptions::proto_names, true},
                                 {"names=json", &JsonOptions::proto_names, false}};
  for (const auto& choice : kChoices) {
    if (!SameWord(parameter, choice.text)) continue;
    options.*choice.option = choice.value;
    return true;
  }
  return false;
}

// False if there is a parameter that is no option.
bool SetOptions(JsonOptions& options, std::string_view parameters) {
  bool known = true;
  while (!parameters.empty()) {
    const auto semicolon = parameters.find(';');
    const auto parameter = Trim(parameters.substr(0, semicolon));
    known = (parameter.empty() || SetOption(options, parameter)) && known;
    parameters.remove_prefix(semicolon == std::string_view::npos ? parameters.size()
                                                                 : semicolon + 1);
  }
  return known;
}

std::optional<std::string> AltOf(std::string_view query) {
  while (!query.empty()) {
    const auto parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), parameter.size() + 1));
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    if (PercentDecode(parameter.substr(0, equals), PercentDecoding::kForm) != "$alt") continue;
    return PercentDecode(parameter.substr(equals + 1), PercentDecoding::kForm).value_or("");
  }
  return std::nullopt;
}

}  // namespace

Result<JsonOptions> JsonOptionsOf(const HttpRequest& request) {
  JsonOptions options;
  for (const auto element : ListElements(request.Header("accept"))) {
    const auto semicolon = element.find(';');
    if (semicolon == std::string_view::npos) continue;
    if (!SameWord(Trim(element.substr(0, semicolon)), "application/json")) continue;
    SetOptions(options, element.substr(semicolon));
  }
  if (request.query.find("alt") == std::string::npos) return options;
  const auto alt = AltOf(request.query);
  if (!alt) return options;
  const auto semicolon = std::min(alt->find(';'), alt->size());
  const bool json = SameWord(Trim(std::string_view(*alt).substr(0, semicolon)), "json");
  if (!json || !SetOptions(options, std::string_view(*alt).substr(semicolon))) {
    return Fail(InvalidArgument("$alt", kExpected));
  }
  return options;
}

}  // namespace gongkai::gateway
