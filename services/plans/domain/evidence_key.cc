#include "services/plans/domain/evidence_key.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gongkai::plans {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string Lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

using Replacement = std::pair<std::string_view, std::string_view>;
constexpr std::array<Replacement, 14> kReplacements = {{
    {" ", ""},
    {"\t", ""},
    {"\u3000", ""},
    {"\u00A0", ""},
    {"[", "〔"},
    {"【", "〔"},
    {"［", "〔"},
    {"(", "〔"},
    {"（", "〔"},
    {"]", "〕"},
    {"】", "〕"},
    {"］", "〕"},
    {")", "〕"},
    {"）", "〕"},
}};

// `０` to `９` of UTF-8: EF BC 90 to EF BC 99.
bool IsWideDigit(std::string_view text) {
  return text.size() >= 3 && text.starts_with("\xEF\xBC") &&
         static_cast<unsigned char>(text[2]) >= 0x90 && static_cast<unsigned char>(text[2]) <= 0x99;
}

}  // namespace

std::string CanonicalUrl(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto scheme_end = url.find("://");
  const std::string scheme = Lowered(url.substr(0, scheme_end));
  url.remove_prefix(scheme_end == std::string_view::npos ? 0 : scheme_end + 3);
  const auto host_end = std::min(url.find_first_of("/?"), url.size());
  std::string host = Lowered(url.substr(0, host_end));
  const std::string default_port = scheme == "https" ? ":443" : ":80";
  if (host.ends_with(default_port)) host.resize(host.size() - default_port.size());
  const auto path_end = std::min(url.find('?'), url.size());
  auto path = url.substr(host_end, path_end - host_end);
  while (path.ends_with('/')) path.remove_suffix(1);
  return host + std::string(path) + std::string(url.substr(path_end));
}

std::string CanonicalDocumentNumber(std::string_view number) {
  std::string canonical;
  while (!number.empty()) {
    if (IsWideDigit(number)) {
      canonical += static_cast<char>('0' + (static_cast<unsigned char>(number[2]) - 0x90));
      number.remove_prefix(3);
      continue;
    }
    const auto found =
        std::find_if(kReplacements.begin(), kReplacements.end(),
                     [&](const Replacement& each) { return number.starts_with(each.first); });
    canonical += found == kReplacements.end() ? number.substr(0, 1) : found->second;
    number.remove_prefix(found == kReplacements.end() ? 1 : found->first.size());
  }
  return canonical;
}

}  // namespace gongkai::plans
