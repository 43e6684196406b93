#include "services/plans/domain/evidence_key.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/plans/domain/web_address.h"

namespace gongkai::plans {
namespace {

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
  const auto address = ComparableAddress(url);
  return address ? address->substr(address->find("://") + 3) : std::string(url);
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
