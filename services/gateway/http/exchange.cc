#include "services/gateway/http/exchange.h"

#include <algorithm>
#include <charconv>

namespace gongkai::gateway {
namespace {

char Lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::string_view FindHeader(const HttpHeaders& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (SameWord(key, name)) return value;
  }
  return {};
}

double WeightOf(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto semicolon = parameters.find(';');
    const auto parameter = Trim(parameters.substr(0, semicolon));
    parameters.remove_prefix(semicolon == std::string_view::npos ? parameters.size()
                                                                 : semicolon + 1);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    double weight = 0;
    const auto end = parameter.data() + parameter.size();
    const auto parsed = std::from_chars(parameter.data() + 2, end, weight);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::clamp(weight, 0.0, 1.0) : 0;
  }
  return 1;
}

}  // namespace

bool SameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view HttpRequest::Header(std::string_view name) const {
  return FindHeader(headers, name);
}

std::string_view HttpResponse::Header(std::string_view name) const {
  return FindHeader(headers, name);
}

std::vector<std::string_view> ListElements(std::string_view value) {
  std::vector<std::string_view> elements;
  while (!value.empty()) {
    const auto comma = value.find(',');
    const auto element = Trim(value.substr(0, comma));
    if (!element.empty()) elements.push_back(element);
    value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
  }
  return elements;
}

std::vector<Preference> Preferences(std::string_view value) {
  std::vector<Preference> preferences;
  for (const auto element : ListElements(value)) {
    const auto semicolon = std::min(element.find(';'), element.size());
    std::string name(Trim(element.substr(0, semicolon)));
    std::transform(name.begin(), name.end(), name.begin(), Lower);
    preferences.push_back({std::move(name), WeightOf(element.substr(semicolon))});
  }
  return preferences;
}

}  // namespace gongkai::gateway
