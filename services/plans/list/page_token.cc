#include "services/plans/list/page_token.h"

#include <absl/strings/escaping.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gongkai::plans::list {
namespace {

constexpr int kVersion = 1;

}  // namespace

std::string FormatPageToken(std::uint64_t list, const std::vector<std::string>& keys) {
  nlohmann::json token = {kVersion, list};
  for (const auto& key : keys) token.push_back(key);
  return absl::WebSafeBase64Escape(token.dump());
}

Result<std::vector<std::string>> ParsePageToken(const std::string& token, std::uint64_t list,
                                                std::size_t count) {
  std::string text;
  if (!absl::WebSafeBase64Unescape(token, &text)) return Fail(InvalidPageToken());
  const auto parsed = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_array() || parsed.size() != count + 2 || parsed[0] != kVersion ||
      parsed[1] != list) {
    return Fail(InvalidPageToken());
  }
  std::vector<std::string> keys;
  for (auto key = parsed.begin() + 2; key != parsed.end(); ++key) {
    if (!key->is_string()) return Fail(InvalidPageToken());
    keys.push_back(key->get<std::string>());
  }
  return keys;
}

Error InvalidPageToken() {
  auto error = InvalidArgument("page_token",
                               "is not a next_page_token of this list with this filter and "
                               "order_by; start again from the first page",
                               "翻页标记与当前列表的筛选或排序条件不符，请从第一页重新开始");
  error.reason = "INVALID_PAGE_TOKEN";
  return error;
}

std::uint64_t Fingerprint(const std::vector<std::string>& texts) {
  std::uint64_t hash = 14695981039346656037u;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211u; };
  for (const auto& text : texts) {
    for (char c : std::to_string(text.size()) + ":") add(c);
    for (char c : text) add(c);
  }
  return hash;
}

}  // namespace gongkai::plans::list
