#include "services/gateway/http/request_message.h"

#include <boost/beast/http/field.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace gongkai::gateway {
namespace {

namespace http = boost::beast::http;

std::string_view AsView(boost::beast::string_view text) { return {text.data(), text.size()}; }

Error RequestError(ErrorCode code, std::string reason, std::string message) {
  return {.code = code,
          .reason = std::move(reason),
          .message = std::move(message),
          .message_zh = "请求无法处理"};
}

std::string_view WithoutOrigin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!SameWord(target.substr(0, scheme.size()), scheme)) continue;
    const auto end = target.find_first_of("/?", scheme.size());
    return end == std::string_view::npos ? "/" : target.substr(end);
  }
  return target;
}

}  // namespace

std::optional<Error> FaultOf(const RequestHead& head) {
  const auto hosts = head.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() >= 11)) {
    return RequestError(
        ErrorCode::kInvalidArgument, "BAD_REQUEST",
        hosts == 0 ? "the header Host is missing" : "the header Host is there twice");
  }
  if (head.count(http::field::content_length) > 1) {
    return RequestError(ErrorCode::kInvalidArgument, "BAD_REQUEST",
                        "the header Content-Length is there twice");
  }
  if (head.count(http::field::transfer_encoding) > 0) {
    if (head.version() < 11 || head.count(http::field::transfer_encoding) > 1) {
      return RequestError(ErrorCode::kInvalidArgument, "BAD_REQUEST",
                          "Transfer-Encoding must stand once, in HTTP/1.1");
    }
    const auto coding = AsView(head[http::field::transfer_encoding]);
    if (!SameWord(coding, "chunked")) {
      return RequestError(ErrorCode::kUnimplemented, "NOT_IMPLEMENTED",
                          "Transfer-Encoding must be chunked, not " + std::string(coding));
    }
  }
  if (head.count(http::field::expect) > 0 && !ExpectsContinue(head)) {
    return RequestError(ErrorCode::kInvalidArgument, "EXPECTATION_FAILED",
                        "Expect must be 100-continue");
  }
  return std::nullopt;
}

bool ExpectsContinue(const RequestHead& head) {
  return head.version() >= 11 && SameWord(AsView(head[http::field::expect]), "100-continue");
}

HttpRequest ToRequest(const RequestHead& head) {
  HttpRequest request{.method = std::string(AsView(head.method_string()))};
  const auto target = WithoutOrigin(AsView(head.target()));
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  if (request.path.empty()) request.path = "/";
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  for (const auto& header : head) {
    request.headers.emplace_back(AsView(header.name_string()), AsView(header.value()));
  }
  return request;
}

}  // namespace gongkai::gateway
