#include "services/gateway/calls/call_handler.h"

#include <atomic>
#include <string>
#include <utility>

#include "services/common/log/log.h"
#include "services/gateway/calls/answer_writer.h"
#include "services/gateway/calls/call_options.h"

namespace gongkai::gateway {
namespace {

constexpr auto kUnaryTimeout = std::chrono::seconds(30);

Error ShuttingDown() {
  return {.code = ErrorCode::kUnavailable,
          .reason = "SHUTTING_DOWN",
          .message = "the gateway is shutting down; try again",
          .message_zh = "网关正在重启，请稍后重试"};
}

// What all answers have in common: the request's method, its language, and how it may end early.
class Answer : public CallObserver, public std::enable_shared_from_this<Answer> {
 public:
  struct Context {
    const BoundMethod& method;
    const JsonWriter& writer;
    const ErrorReplies& errors;
    std::string accept_language;
    std::shared_ptr<HttpExchange> exchange;
  };

  explicit Answer(Context context) : context_(std::move(context)) {}

  void Begin(CallRequest request) {
    const auto call = context_.method.upstream->Start(std::move(request), shared_from_this());
    context_.exchange->OnInterruption([self = shared_from_this(), call](Interruption why) {
      if (why == Interruption::kShuttingDown) self->shutting_down_ = true;
      call->Cancel();
    });
  }

 protected:
  const BoundMethod& method() const { return context_.method; }
  HttpExchange& exchange() const { return *context_.exchange; }

  Result<AnswerBody> Body(std::string_view message) const {
    return WriteAnswer(context_.writer, context_.method, message);
  }
  HttpResponse ErrorReply(const CallStatus& status) const {
    return context_.errors.Reply(status, context_.accept_language);
  }
  std::string ErrorJson(const CallStatus& status) const {
    return context_.errors.Json(status, context_.accept_language);
  }

  // What an upstream hands through may be anything that somebody uploaded, a page with scripts too:
  // browsers must neither guess its type nor run it beside the console.
  HttpHeaders AnswerHeaders(std::string content_type) const {
    HttpHeaders headers = {{"Content-Type", std::move(content_type)},
                           {"X-Content-Type-Options", "nosniff"}};
    if (method().AnswersRawBody()) {
      headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    }
    return headers;
  }

  // The status as the client may see it.
  CallStatus Presentable(CallStatus status) const {
    if (!status.ok() && shutting_down_) return ToCallStatus(ShuttingDown());
    if (status.unreachable) {
      log::Warning("upstream unavailable",
                   {{"service", context_.method.service}, {"cause", status.message}});
      return ToCallStatus(Unavailable("UPSTREAM_UNAVAILABLE",
                                      context_.method.service + " cannot be reached; try again"));
    }
    return status;
  }

 private:
  const Context context_;
  std::atomic<bool> shutting_down_ = false;
};

class UnaryAnswer : public Answer {
 public:
  using Answer::Answer;

  void OnMessage(const std::shared_ptr<Call>&, std::string message) override {
    message_ = std::move(message);
  }

  void OnFinish(CallStatus status) override {
    if (!status.ok()) return exchange().Reply(ErrorReply(Presentable(std::move(status))));
    auto body = Body(message_);
    if (!body) return exchange().Reply(ErrorReply(ToCallStatus(body.error())));
    exchange().Reply(
        {.headers = AnswerHeaders(std::move(body->content_type)), .body = std::move(body->data)});
  }

 private:
  std::string message_;
};

class StreamAnswer : public Answer {
 public:
  using Answer::Answer;

  void OnMessage(const std::shared_ptr<Call>& call, std::string message) override {
    auto body = Body(message);
    if (!body) {
      own_error_ = std::move(body.error());
      return call->Cancel();
    }
    if (count_++ == 0) BeginStream(body->content_type);
    std::string data = std::move(body->data);
    if (!method().AnswersRawBody()) data += '\n';
    exchange().Write(std::move(data), [call] { call->Next(); });
  }

  void OnFinish(CallStatus status) override {
    status = own_error_ ? ToCallStatus(*own_error_) : Presentable(std::move(status));
    if (count_ == 0) {
      if (!status.ok()) return exchange().Reply(ErrorReply(status));
      BeginStream("application/octet-stream");
    }
    if (method().AnswersRawBody()) return status.ok() ? exchange().EndStream() : exchange().Break();
    exchange().Write(LastLine(status), [] {});
    exchange().EndStream();
  }

 private:
  void BeginStream(const std::string& content_type) {
    auto headers = AnswerHeaders(method().AnswersRawBody() ? content_type : "application/x-ndjson");
    headers.insert(headers.end(), {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}});
    exchange().BeginStream({.headers = std::move(headers)});
  }

  std::string LastLine(const CallStatus& status) const {
    const std::string count = "\"count\":" + std::to_string(count_);
    if (status.ok()) return "{\"end\":{" + count + "}}\n";
    return "{\"error\":" + ErrorJson(status) + ',' + count + "}\n";
  }

  std::int64_t count_ = 0;
  std::optional<Error> own_error_;
};

Error ClientStreaming(const BoundMethod& method) {
  return {.code = ErrorCode::kUnimplemented,
          .reason = "CLIENT_STREAMING",
          .message = method.path + " takes a stream of messages, which HTTP/JSON cannot send",
          .message_zh = "此方法只能通过 gRPC 调用"};
}

}  // namespace

Result<CallRequest> CallHandler::Prepare(const HttpRequest& request,
                                         const MethodTable::Match& match) const {
  const BoundMethod& method = *match.method;
  if (method.client_streaming) return Fail(ClientStreaming(method));
  const auto timeout = TimeoutOf(request);
  if (!timeout) return Fail(timeout.error());
  auto message = method.assembler.Assemble({.variables = match.variables,
                                            .query = request.query,
                                            .content_type = request.Header("content-type"),
                                            .body = request.body});
  if (!message) return Fail(std::move(message.error()));
  CallRequest call{.method = method.path,
                   .message = std::move(*message),
                   .server_streaming = method.server_streaming,
                   .metadata = MetadataOf(request)};
  const auto now = std::chrono::system_clock::now();
  if (*timeout) {
    call.deadline =
        now + std::chrono::duration_cast<std::chrono::system_clock::duration>(**timeout);
  } else if (!method.server_streaming) {
    call.deadline = now + kUnaryTimeout;
  }
  return call;
}

void CallHandler::Handle(const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) const {
  const auto match = methods_.Find(request.method, request.path);
  if (!match) return exchange->Reply(errors_.Reply(match.error()));
  auto call = Prepare(request, *match);
  if (!call) return exchange->Reply(errors_.Reply(call.error()));
  const Answer::Context context{.method = *match->method,
                                .writer = writer_,
                                .errors = errors_,
                                .accept_language = std::string(request.Header("accept-language")),
                                .exchange = std::move(exchange)};
  if (!match->method->server_streaming) {
    return std::make_shared<UnaryAnswer>(context)->Begin(std::move(*call));
  }
  // HEAD of a stream is its head: there is nothing to wait for.
  if (request.method == "HEAD") {
    return context.exchange->Reply({.headers = {{"Content-Type", "application/x-ndjson"}}});
  }
  std::make_shared<StreamAnswer>(context)->Begin(std::move(*call));
}

}  // namespace gongkai::gateway
