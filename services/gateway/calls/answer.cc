#include "services/gateway/calls/answer.h"

#include <algorithm>
#include <utility>

#include "services/common/log/log.h"

namespace gongkai::gateway {
namespace {

constexpr int kUnimplemented = 12;
constexpr auto kOverloadPause = std::chrono::seconds(1);

Error ShuttingDown() {
  return {.code = ErrorCode::kUnavailable,
          .reason = "SHUTTING_DOWN",
          .message = "the gateway is shutting down; try again",
          .message_zh = "网关正在重启，请稍后重试"};
}

bool IsAttachment(std::string_view disposition) {
  const bool fits_a_header = std::all_of(disposition.begin(), disposition.end(),
                                         [](char c) { return c >= 0x20 && c <= 0x7e; });
  return disposition.starts_with("attachment;") && fits_a_header;
}

}  // namespace

void Answer::Begin(CallRequest request) {
  const auto call = context_.method.upstream->Start(std::move(request), shared_from_this());
  context_.exchange->OnInterruption([self = shared_from_this(), call](Interruption why) {
    if (why == Interruption::kShuttingDown) self->shutting_down_ = true;
    call->Cancel();
  });
}

HttpResponse Answer::ErrorReply(const CallStatus& status) const {
  auto response = context_.contract->errors().Reply(status, context_.accept_language);
  response.headers.emplace_back("X-Trace-Id", context_.trace_id);
  return response;
}

std::string Answer::ErrorJson(const CallStatus& status) const {
  return context_.contract->errors().Json(status, context_.accept_language);
}

// What an upstream hands through may be anything that somebody uploaded, a page with scripts too:
// browsers must neither guess its type nor run it beside the console.
HttpHeaders Answer::Headers(std::string content_type, const std::string& disposition) const {
  HttpHeaders headers = {{"Content-Type", std::move(content_type)},
                         {"X-Content-Type-Options", "nosniff"},
                         {"X-Trace-Id", context_.trace_id}};
  if (context_.method.AnswersRawBody()) {
    headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    headers.emplace_back("Content-Disposition",
                         IsAttachment(disposition) ? disposition : "attachment");
  }
  return headers;
}

CallStatus Answer::Presentable(CallStatus status) const {
  if (!status.ok() && shutting_down_) return ToCallStatus(ShuttingDown());
  if (status.code == kUnimplemented) context_.current.Doubt();
  if (status.overloaded) {
    const auto& service = context_.method.service;
    return ToCallStatus({.code = ErrorCode::kUnavailable,
                         .reason = "UPSTREAM_OVERLOADED",
                         .message = service + " has as many calls as it may have; try again later",
                         .message_zh = "系统繁忙，请稍后重试"},
                        kOverloadPause);
  }
  if (status.unreachable) {
    log::Warning("upstream unavailable",
                 {{"service", context_.method.service}, {"cause", status.message}});
    return ToCallStatus(Unavailable("UPSTREAM_UNAVAILABLE",
                                    context_.method.service + " cannot be reached; try again"));
  }
  return status;
}

}  // namespace gongkai::gateway
