// One request's answer under way: told by the upstream, written to the client.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "services/gateway/calls/answer_writer.h"
#include "services/gateway/calls/contract.h"
#include "services/gateway/calls/method_table.h"
#include "services/gateway/calls/stream_format.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// What an answer needs to know of its request.
struct AnswerContext {
  const CurrentContract& current;
  std::shared_ptr<const Contract> contract;
  const BoundMethod& method;  // of the contract
  JsonOptions json;
  std::string accept_language;
  std::string trace_id;
  std::optional<std::string> if_none_match;  // of a request that only reads; empty if not sent
  StreamFormat format = StreamFormat::kLines;
  std::chrono::milliseconds heartbeat{15'000};
  std::shared_ptr<HttpExchange> exchange;
};

// The upstream's metadata that says under which name a raw body is saved (RFC 6266).
inline constexpr const char* kDisposition = "content-disposition";

class Answer : public CallObserver, public std::enable_shared_from_this<Answer> {
 public:
  explicit Answer(AnswerContext context) : context_(std::move(context)) {}

  virtual void Begin(CallRequest request);

 protected:
  const AnswerContext& context() const { return context_; }
  HttpExchange& exchange() const { return *context_.exchange; }

  Result<AnswerBody> Body(std::string_view message) const {
    return WriteAnswer(context_.contract->writer(), context_.method, message, context_.json);
  }
  HttpResponse ErrorReply(const CallStatus& status) const;
  std::string ErrorJson(const CallStatus& status) const;
  // `disposition` is what the upstream said of a raw body in its metadata `content-disposition`.
  HttpHeaders Headers(std::string content_type, const std::string& disposition) const;
  // The status as the client may see it.
  CallStatus Presentable(CallStatus status) const;

 private:
  const AnswerContext context_;
  std::atomic<bool> shutting_down_ = false;
};

// One JSON document, or the bytes of a google.api.HttpBody; 304 where the client has it already.
class UnaryAnswer : public Answer {
 public:
  using Answer::Answer;

  void OnMessage(const std::shared_ptr<Call>& call, std::string message) override;
  void OnFinish(CallStatus status) override;

 private:
  std::string message_;
  std::string disposition_;
};

// A frame for each message, the last one says how the stream ended.
class StreamAnswer : public Answer {
 public:
  using Answer::Answer;

  void Begin(CallRequest request) override;
  void OnMessage(const std::shared_ptr<Call>& call, std::string message) override;
  void OnFinish(CallStatus status) override;

 private:
  void BeginStream(const std::string& content_type, const std::string& disposition = "");
  void AwaitSilence(std::chrono::milliseconds limit);
  void BreakSilence();

  // The upstream's events and the timer's come from different threads.
  std::mutex mutex_;
  bool begun_ = false;
  bool finished_ = false;
  bool spoke_ = false;  // since the last look
  std::int64_t count_ = 0;
  std::optional<Error> own_error_;
};

}  // namespace gongkai::gateway
