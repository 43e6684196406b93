#include <utility>

#include "services/gateway/calls/answer.h"

namespace gongkai::gateway {
namespace {

// An error that comes within this time has the HTTP status of its own. After it, the head leaves
// even without a message, so that the client knows that the stream stands.
constexpr auto kPatience = std::chrono::milliseconds(1000);

}  // namespace

void StreamAnswer::Begin(CallRequest request) {
  Answer::Begin(std::move(request));
  // Raw bytes have no frame that says nothing.
  if (context().format != StreamFormat::kRaw) AwaitSilence(kPatience);
}

void StreamAnswer::AwaitSilence(std::chrono::milliseconds limit) {
  const auto self = std::static_pointer_cast<StreamAnswer>(shared_from_this());
  exchange().RunAfter(limit, [self] { self->BreakSilence(); });
}

void StreamAnswer::BreakSilence() {
  std::lock_guard lock(mutex_);
  if (finished_) return;
  if (!begun_) {
    BeginStream("");
  } else if (!std::exchange(spoke_, false)) {
    exchange().Write(std::string(HeartbeatFrame(context().format)), [] {});
  }
  AwaitSilence(context().heartbeat);
}

void StreamAnswer::OnMessage(const std::shared_ptr<Call>& call, std::string message) {
  auto body = Body(message);
  std::lock_guard lock(mutex_);
  if (!body) {
    own_error_ = std::move(body.error());
    return call->Cancel();
  }
  if (!begun_) BeginStream(body->content_type, call->Metadata(kDisposition));
  ++count_;
  spoke_ = true;
  exchange().Write(MessageFrame(context().format, std::move(body->data)), [call] { call->Next(); });
}

void StreamAnswer::OnFinish(CallStatus status) {
  std::lock_guard lock(mutex_);
  finished_ = true;
  status = own_error_ ? ToCallStatus(*own_error_) : Presentable(std::move(status));
  if (!begun_) {
    if (!status.ok()) return exchange().Reply(ErrorReply(status));
    BeginStream("application/octet-stream");
  }
  const StreamFormat format = context().format;
  if (format == StreamFormat::kRaw) {
    return status.ok() ? exchange().EndStream() : exchange().Break();
  }
  exchange().Write(
      status.ok() ? EndFrame(format, count_) : ErrorFrame(format, ErrorJson(status), count_),
      [] {});
  exchange().EndStream();
}

// `content_type` is that of raw bytes.
void StreamAnswer::BeginStream(const std::string& content_type, const std::string& disposition) {
  begun_ = true;
  const StreamFormat format = context().format;
  auto headers =
      Headers(format == StreamFormat::kRaw ? content_type : std::string(ContentTypeOf(format)),
              disposition);
  headers.insert(headers.end(), {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}});
  exchange().BeginStream({.headers = std::move(headers)});
}

}  // namespace gongkai::gateway
