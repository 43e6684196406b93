#include "services/gateway/calls/error_reply.h"

#include <optional>
#include <utility>
#include <vector>

#include "services/common/rpc/status_mapping.h"
#include "services/gateway/calls/http_status.h"
#include "services/gateway/transcoding/text.h"
#include "services/gateway/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/rpc/status.proto, google/protobuf/any.proto and google/rpc/error_details.proto.
constexpr std::uint32_t kStatusDetails = 3;
constexpr std::uint32_t kAnyTypeUrl = 1;
constexpr std::uint32_t kAnyValue = 2;
constexpr std::uint32_t kLocalizedMessageLocale = 1;
constexpr std::uint32_t kRetryInfoDelay = 1;

struct Detail {
  std::string_view any;
  std::string_view type;  // full name
  std::string_view value;
};

// The last record of a number; empty where there is none.
WireRecord Last(std::string_view wire, std::uint32_t number) {
  WireRecord last;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == number) last = *record;
  }
  return last;
}

std::vector<Detail> DetailsOf(const CallStatus& status) {
  std::vector<Detail> details;
  WireCursor cursor(status.details);
  while (const auto record = cursor.Next()) {
    if (record->number != kStatusDetails || record->type != WireType::kLength) continue;
    const auto type_url = Last(record->bytes, kAnyTypeUrl).bytes;
    details.push_back({.any = record->bytes,
                       .type = type_url.substr(type_url.rfind('/') + 1),
                       .value = Last(record->bytes, kAnyValue).bytes});
  }
  return details;
}

// How early the locale's language is named; languages that are not named come last.
std::size_t RankOf(std::string_view locale, std::string_view accept_language) {
  const auto language = locale.substr(0, locale.find('-'));
  return language.empty() ? std::string_view::npos : accept_language.find(language);
}

void KeepBestLocalizedMessage(std::vector<Detail>& details, std::string_view accept_language) {
  std::optional<std::size_t> best;
  std::size_t best_rank = 0;
  const auto is_localized = [](const Detail& detail) {
    return detail.type == "google.rpc.LocalizedMessage";
  };
  for (std::size_t i = 0; i < details.size(); ++i) {
    if (!is_localized(details[i])) continue;
    const auto rank =
        RankOf(Last(details[i].value, kLocalizedMessageLocale).bytes, accept_language);
    if (best && rank >= best_rank) continue;
    best = i;
    best_rank = rank;
  }
  std::size_t index = 0;
  std::erase_if(details, [&](const Detail& detail) {
    const bool other = is_localized(detail) && index != *best;
    ++index;
    return other;
  });
}

// Whole seconds, rounded up: a client that comes early is refused again.
std::optional<std::string> RetryAfter(const CallStatus& status) {
  for (const auto& detail : DetailsOf(status)) {
    if (detail.type != "google.rpc.RetryInfo") continue;
    const auto delay = Last(detail.value, kRetryInfoDelay).bytes;
    const auto seconds = static_cast<std::int64_t>(Last(delay, 1).scalar);
    const auto nanos = static_cast<std::int64_t>(Last(delay, 2).scalar);
    if (seconds >= 0 && nanos >= 0) return std::to_string(nanos > 0 ? seconds + 1 : seconds);
  }
  return std::nullopt;
}

HttpResponse JsonResponse(int status, std::string body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

}  // namespace

std::string ErrorReplies::Json(const CallStatus& status, std::string_view accept_language) const {
  std::string json = "{\"code\":" + std::to_string(status.code) + ",\"message\":";
  if (!AppendJsonString(json, status.message)) json += "\"\"";
  json += ",\"details\":[";
  auto details = DetailsOf(status);
  KeepBestLocalizedMessage(details, accept_language);
  for (const auto& detail : details) {
    const auto written = writer_.Write(*any_, detail.any);
    if (!written) continue;
    if (!json.ends_with('[')) json += ',';
    json += *written;
  }
  return json + "]}";
}

HttpResponse ErrorReplies::Reply(const CallStatus& status, std::string_view accept_language) const {
  HttpResponse response = JsonResponse(HttpStatusOf(status.code), Json(status, accept_language));
  if (auto seconds = RetryAfter(status)) response.headers.emplace_back("Retry-After", *seconds);
  return response;
}

HttpResponse ErrorReplies::Reply(const Error& error) const {
  HttpResponse response = JsonResponse(HttpStatusOf(error), Json(ToCallStatus(error), ""));
  const auto allow = error.metadata.find("allow");
  if (response.status == 405 && allow != error.metadata.end()) {
    response.headers.emplace_back("Allow", allow->second);
  }
  return response;
}

CallStatus ToCallStatus(const Error& error) {
  const auto status = rpc::ToGrpcStatus(error);
  return {status.error_code(), status.error_message(), status.error_details()};
}

}  // namespace gongkai::gateway
