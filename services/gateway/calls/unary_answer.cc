#include <utility>

#include "services/gateway/calls/answer.h"
#include "services/gateway/calls/entity_tag.h"

namespace gongkai::gateway {

void UnaryAnswer::OnMessage(const std::shared_ptr<Call>& call, std::string message) {
  message_ = std::move(message);
  disposition_ = call->Metadata(kDisposition);
  call->Next();
}

void UnaryAnswer::OnFinish(CallStatus status) {
  if (!status.ok()) return exchange().Reply(ErrorReply(Presentable(std::move(status))));
  std::string tag;
  if (context().if_none_match) {
    tag = EntityTagOf(context().method, message_);
    if (NamesEntityTag(*context().if_none_match, tag)) {
      return exchange().Reply({.status = 304, .headers = {{"ETag", std::move(tag)}}});
    }
  }
  auto body = Body(message_);
  if (!body) return exchange().Reply(ErrorReply(ToCallStatus(body.error())));
  auto headers = Headers(std::move(body->content_type), disposition_);
  if (!tag.empty()) headers.emplace_back("ETag", std::move(tag));
  exchange().Reply({.headers = std::move(headers), .body = std::move(body->data)});
}

}  // namespace gongkai::gateway
