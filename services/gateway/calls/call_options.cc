#include "services/gateway/calls/call_options.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace gongkai::gateway {
namespace {

constexpr const char* kForwarded[] = {"x-gongkai-actor", "traceparent", "authorization",
                                      "accept-language"};
constexpr std::size_t kMostDigits = 8;

std::optional<std::chrono::nanoseconds> UnitOf(char unit) {
  using namespace std::chrono_literals;
  switch (unit) {
    case 'H':
      return 1h;
    case 'M':
      return 1min;
    case 'S':
      return 1s;
    case 'm':
      return 1ms;
    case 'u':
      return 1us;
    case 'n':
      return 1ns;
    default:
      return std::nullopt;
  }
}

// gRPC takes printable ASCII only and would end the process at anything else.
bool IsMetadataValue(std::string_view value) {
  for (const char c : value) {
    if (c < 0x20 || c > 0x7e) return false;
  }
  return !value.empty();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> MetadataOf(const HttpRequest& request) {
  std::vector<std::pair<std::string, std::string>> metadata;
  for (const char* name : kForwarded) {
    const auto value = request.Header(name);
    if (IsMetadataValue(value)) metadata.emplace_back(name, value);
  }
  return metadata;
}

Result<std::optional<std::chrono::nanoseconds>> TimeoutOf(const HttpRequest& request) {
  const auto text = request.Header("grpc-timeout");
  if (text.empty()) return std::nullopt;
  const auto digits = text.substr(0, text.size() - 1);
  int count = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  const auto unit = UnitOf(text.back());
  const bool is_number = parsed.ec == std::errc() && count >= 0 && !digits.empty() &&
                         parsed.ptr == digits.data() + digits.size();
  if (!unit || !is_number || digits.size() > kMostDigits) {
    return Fail(
        InvalidArgument("Grpc-Timeout", "expected up to 8 digits and a unit, such as 500m or 10S"));
  }
  return std::min<std::chrono::nanoseconds>(*unit * count, std::chrono::hours(24 * 365));
}

}  // namespace gongkai::gateway
