#include "services/common/rpc/call.h"

#include <algorithm>
#include <string_view>

namespace gongkai::rpc {
namespace {

std::string Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return std::string(found->second.data(), found->second.size());
}

// `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01` → its second part.
std::string TraceIdOf(std::string_view traceparent) {
  constexpr size_t kStart = 3, kLength = 32;
  if (traceparent.size() < kStart + kLength || traceparent[2] != '-') return "";
  const auto id = traceparent.substr(kStart, kLength);
  const bool digits = id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return digits ? std::string(id) : "";
}

}  // namespace

Caller CallerOf(const grpc::CallbackServerContext& context,
                std::shared_ptr<const auth::Principal> principal) {
  Caller caller{.actor = principal ? principal->subject : Metadata(context, "x-gongkai-actor"),
                .address = Metadata(context, "x-forwarded-for"),
                .trace_id = TraceIdOf(Metadata(context, "traceparent")),
                .principal = std::move(principal)};
  if (caller.actor.empty()) caller.actor = "anonymous";
  caller.address.resize(std::min(caller.address.find(','), caller.address.size()));
  if (caller.address.empty()) caller.address = context.peer();
  return caller;
}

std::string AuthorizationOf(const grpc::CallbackServerContext& context) {
  // Of two, nobody can say which one the gateway or a proxy has looked at.
  if (context.client_metadata().count("authorization") != 1) return "";
  return Metadata(context, "authorization");
}

Error Overloaded() {
  return {.code = ErrorCode::kResourceExhausted,
          .reason = "OVERLOADED",
          .message = "too many calls are waiting; try again in a moment",
          .message_zh = "系统繁忙，请稍后重试"};
}

}  // namespace gongkai::rpc
