#include "services/plans/domain/web_address.h"

#include <algorithm>

namespace gongkai::plans {
namespace {

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

bool HasSpace(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
}

}  // namespace

std::optional<std::string> ComparableAddress(std::string_view url) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos || HasSpace(url)) return std::nullopt;
  const auto scheme = LowerCase(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  url = url.substr(colon + 3);
  url = url.substr(0, url.find('#'));
  const auto host_end = std::min(url.find_first_of("/?"), url.size());
  auto host = LowerCase(url.substr(0, host_end));
  const std::string_view implied = scheme == "http" ? ":80" : ":443";
  if (host.ends_with(implied)) host.erase(host.size() - implied.size());
  if (host.empty() || host.front() == ':') return std::nullopt;
  auto rest = std::string(url.substr(host_end));
  const auto path_end = std::min(rest.find('?'), rest.size());
  if (path_end > 0 && rest[path_end - 1] == '/') rest.erase(path_end - 1, 1);
  return scheme + "://" + host + rest;
}

}  // namespace gongkai::plans
