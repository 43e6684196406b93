#include "services/gateway/calls/error_reply.h"

#include <optional>
#include <utility>
#include <vector>

#include "services/common/rpc/status_mapping.h"
#include "services/common/transcoding/text.h"
#include "services/common/transcoding/wire_format.h"
#include "services/gateway/calls/http_status.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/rpc/status.proto, google/protobuf/any.proto and google/rpc/error_details.proto.
constexpr std::uint32_t kStatusDetails = 3;
constexpr std::uint32_t kAnyTypeUrl = 1;
constexpr std::uint32_t kAnyValue = 2;
constexpr std::uint32_t kLocalizedMessageLocale = 1;
constexpr std::uint32_t kLocalizedMessageText = 2;
constexpr std::uint32_t kRetryInfoDelay = 1;
constexpr std::uint32_t kDurationSeconds = 1;

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

// How much the locale is wanted, from 0 to 1; a language stands for all of its regions.
double WeightOf(std::string_view locale, const std::vector<Preference>& preferences) {
  const auto language = [](std::string_view tag) { return tag.substr(0, tag.find('-')); };
  double weight = 0;
  std::size_t best_match = 0;
  for (const auto& [name, wanted] : preferences) {
    const std::size_t match = SameWord(name, locale)                       ? 3
                              : SameWord(language(name), language(locale)) ? 2
                              : name == "*"                                ? 1
                                                                           : 0;
    if (match <= best_match) continue;
    best_match = match;
    weight = wanted;
  }
  return weight;
}

// Of those that are wanted equally, the first.
void KeepBestLocalizedMessage(std::vector<Detail>& details, std::string_view accept_language) {
  const auto preferences = Preferences(accept_language);
  const auto is_localized = [](const Detail& detail) {
    return detail.type == "google.rpc.LocalizedMessage";
  };
  std::optional<std::size_t> best;
  double best_weight = 0;
  for (std::size_t i = 0; i < details.size(); ++i) {
    if (!is_localized(details[i])) continue;
    const auto weight =
        WeightOf(Last(details[i].value, kLocalizedMessageLocale).bytes, preferences);
    if (best && weight <= best_weight) continue;
    best = i;
    best_weight = weight;
  }
  std::size_t index = 0;
  std::erase_if(details, [&](const Detail& detail) {
    const bool other = is_localized(detail) && index != *best;
    ++index;
    return other;
  });
}

// google.rpc.Status, with one more detail: the message for users in English.
std::string WithEnglish(std::string status, const std::string& message) {
  WireBuffer localized;
  localized.PutBytes(kLocalizedMessageLocale, "en");
  localized.PutBytes(kLocalizedMessageText, message);
  WireBuffer any;
  any.PutBytes(kAnyTypeUrl, "type.googleapis.com/google.rpc.LocalizedMessage");
  any.PutBytes(kAnyValue, localized.Take());
  WireBuffer detail;
  detail.PutBytes(kStatusDetails, any.Take());
  return status + detail.Take();
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
    const auto written = writer_.Write(*any_, detail.any, {});
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

HttpResponse ErrorReplies::Reply(const Error& error, std::string_view accept_language) const {
  const CallStatus status = ToCallStatus(error);
  HttpResponse response = JsonResponse(HttpStatusOf(error), Json(status, accept_language));
  const auto allow = error.metadata.find("allow");
  if (response.status == 405 && allow != error.metadata.end()) {
    response.headers.emplace_back("Allow", allow->second);
  }
  return response;
}

CallStatus ToCallStatus(const Error& error) {
  const auto status = rpc::ToGrpcStatus(error);
  CallStatus result{status.error_code(), status.error_message(), status.error_details()};
  if (!error.message_zh.empty()) {
    result.details = WithEnglish(std::move(result.details), error.message);
  }
  return result;
}

CallStatus ToCallStatus(const Error& error, std::chrono::seconds retry_after) {
  CallStatus status = ToCallStatus(error);
  WireBuffer delay;
  delay.PutTag(kDurationSeconds, WireType::kVarint);
  delay.PutVarint(static_cast<std::uint64_t>(retry_after.count()));
  WireBuffer retry;
  retry.PutBytes(kRetryInfoDelay, delay.Take());
  WireBuffer any;
  any.PutBytes(kAnyTypeUrl, "type.googleapis.com/google.rpc.RetryInfo");
  any.PutBytes(kAnyValue, retry.Take());
  WireBuffer detail;
  detail.PutBytes(kStatusDetails, any.Take());
  status.details += detail.Take();
  return status;
}

}  // namespace gongkai::gateway
