#include "services/gateway/calls/call_options.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>
#include <utility>

#include "services/common/transcoding/text.h"

namespace gongkai::gateway {
namespace {

constexpr const char* kForwarded[] = {"x-gongkai-actor", "authorization", "accept-language",
                                      "x-request-id",    "tracestate",    "baggage"};
constexpr const char* kOfHttp[] = {"connection", "content-length", "content-type",
                                   "host",       "keep-alive",     "te",
                                   "trailer",    "traceparent",    "transfer-encoding",
                                   "upgrade",    "user-agent",     "x-forwarded-for"};
constexpr std::string_view kPrefix = "grpc-metadata-";
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

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return lower;
}

bool IsMetadataName(std::string_view name) {
  for (const char c : name) {
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) return false;
  }
  return !name.empty();
}

Result<void> AddClientMetadata(Metadata& metadata, std::string_view header,
                               std::string_view value) {
  const std::string name = Lower(header.substr(kPrefix.size()));
  if (!IsForwardable(name)) {
    return Fail(InvalidArgument(std::string(header), "cannot be sent as metadata of a call"));
  }
  if (name.ends_with("-bin")) {
    auto bytes = FromBase64(value);
    if (!bytes) return Fail(InvalidArgument(std::string(header), "expected bytes in base64"));
    metadata.emplace_back(name, std::move(*bytes));
    return {};
  }
  if (!IsMetadataValue(value)) {
    return Fail(InvalidArgument(std::string(header), "expected printable ASCII"));
  }
  metadata.emplace_back(name, value);
  return {};
}

}  // namespace

bool IsForwardable(std::string_view name) {
  const std::string lower = Lower(name);
  if (!IsMetadataName(lower) || lower.starts_with("grpc-")) return false;
  return std::none_of(std::begin(kOfHttp), std::end(kOfHttp),
                      [&](const char* reserved) { return lower == reserved; });
}

Result<Metadata> MetadataOf(const HttpRequest& request, const std::vector<std::string>& also) {
  Metadata metadata;
  const auto forward = [&](std::string_view name) {
    const auto value = request.Header(name);
    if (IsMetadataValue(value)) metadata.emplace_back(Lower(name), value);
  };
  for (const char* name : kForwarded) forward(name);
  for (const auto& name : also) forward(name);
  for (const auto& [name, value] : request.headers) {
    if (!SameWord(std::string_view(name).substr(0, kPrefix.size()), kPrefix)) continue;
    if (auto added = AddClientMetadata(metadata, name, value); !added) {
      return Fail(std::move(added.error()));
    }
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
