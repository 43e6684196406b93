#include "services/gateway/calls/call_handler.h"

#include <string>
#include <utility>

#include "services/gateway/calls/answer.h"
#include "services/gateway/calls/call_options.h"
#include "services/gateway/calls/entity_tag.h"
#include "services/gateway/calls/output_options.h"

namespace gongkai::gateway {
namespace {

constexpr auto kUnaryTimeout = std::chrono::seconds(30);

bool Reads(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

StreamFormat FormatOf(const BoundMethod& method, const HttpRequest& request) {
  return method.AnswersRawBody() ? StreamFormat::kRaw : StreamFormatOf(request.Header("accept"));
}

// What an address can do is told to whoever asks for OPTIONS.
std::optional<HttpResponse> Capabilities(const HttpRequest& request, const Error& error) {
  if (request.method != "OPTIONS" || error.reason != "METHOD_NOT_ALLOWED") return std::nullopt;
  return HttpResponse{.status = 204, .headers = {{"Allow", error.metadata.at("allow")}}};
}

HttpResponse Refuse(const Contract& contract, const HttpRequest& request, const Error& error,
                    const TraceContext& trace) {
  auto response = contract.errors().Reply(error, request.Header("accept-language"));
  response.headers.emplace_back("X-Trace-Id", trace.trace_id());
  return response;
}

}  // namespace

Result<CallRequest> CallHandler::Prepare(const HttpRequest& request,
                                         const MethodTable::Match& match,
                                         const TraceContext& trace) const {
  const BoundMethod& method = *match.method;
  const auto timeout = TimeoutOf(request);
  if (!timeout) return Fail(timeout.error());
  auto metadata = MetadataOf(request, options_.forward_headers);
  if (!metadata) return Fail(std::move(metadata.error()));
  metadata->emplace_back("traceparent", trace.traceparent);
  metadata->emplace_back("x-forwarded-for", options_.trusted_proxies.ForwardedFor(request));
  const RequestParts parts{.variables = match.variables,
                           .query = request.query,
                           .content_type = request.Header("content-type"),
                           .body = request.body,
                           .etag = Reads(request) ? "" : EntityTagValue(request.Header("if-match")),
                           .request_id = EntityTagValue(request.Header("idempotency-key"))};
  CallRequest call{.method = method.path,
                   .client_streaming = method.client_streaming,
                   .server_streaming = method.server_streaming,
                   .metadata = std::move(*metadata)};
  if (method.client_streaming) {
    auto messages = method.assembler.AssembleStream(parts);
    if (!messages) return Fail(std::move(messages.error()));
    call.stream = std::move(*messages);
  } else {
    auto message = method.assembler.Assemble(parts);
    if (!message) return Fail(std::move(message.error()));
    call.message = std::move(*message);
  }
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
  const auto trace = TraceContextOf(request.Header("traceparent"));
  auto contract = contract_.Get();
  const auto match = contract->methods().Find(request.method, request.path);
  if (!match) {
    if (auto capabilities = Capabilities(request, match.error())) {
      return exchange->Reply(std::move(*capabilities));
    }
    return exchange->Reply(Refuse(*contract, request, match.error(), trace));
  }
  const auto json = JsonOptionsOf(request);
  if (!json) return exchange->Reply(Refuse(*contract, request, json.error(), trace));
  auto call = Prepare(request, *match, trace);
  if (!call) return exchange->Reply(Refuse(*contract, request, call.error(), trace));

  const BoundMethod& method = *match->method;
  AnswerContext context{.current = contract_,
                        .contract = std::move(contract),
                        .method = method,
                        .json = *json,
                        .accept_language = std::string(request.Header("accept-language")),
                        .trace_id = std::string(trace.trace_id()),
                        .heartbeat = options_.heartbeat,
                        .exchange = std::move(exchange)};
  if (!method.server_streaming) {
    if (Reads(request)) context.if_none_match = std::string(request.Header("if-none-match"));
    return std::make_shared<UnaryAnswer>(std::move(context))->Begin(std::move(*call));
  }
  context.format = FormatOf(method, request);
  // HEAD of a stream is its head: there is nothing to wait for.
  if (request.method == "HEAD") {
    const auto type = context.format == StreamFormat::kRaw ? "application/octet-stream"
                                                           : ContentTypeOf(context.format);
    return context.exchange->Reply({.headers = {{"Content-Type", std::string(type)}}});
  }
  std::make_shared<StreamAnswer>(std::move(context))->Begin(std::move(*call));
}

}  // namespace gongkai::gateway
