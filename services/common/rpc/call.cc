#include "services/common/rpc/call.h"

namespace gongkai::rpc {

Caller CallerOf(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto actor = metadata.find("x-gongkai-actor");
  if (actor == metadata.end() || actor->second.empty()) return {"anonymous"};
  return {std::string(actor->second.data(), actor->second.size())};
}

Error Overloaded() {
  return {.code = ErrorCode::kResourceExhausted,
          .reason = "OVERLOADED",
          .message = "too many calls are waiting; try again in a moment",
          .message_zh = "系统繁忙，请稍后重试"};
}

}  // namespace gongkai::rpc
