// A request as the parser read it, and what is wrong with it beyond the grammar.
#pragma once

#include <boost/beast/http/message.hpp>
#include <optional>

#include "services/common/status/error.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

using RequestHead = boost::beast::http::request_header<>;

// What makes a request ambiguous or impossible to serve, to be asked before its body is read: no
// Host or several (HTTP/1.1), several lengths, a transfer coding other than chunked (reason
// NOT_IMPLEMENTED), an expectation other than 100-continue (EXPECTATION_FAILED).
std::optional<Error> FaultOf(const RequestHead& head);

// Whether the client waits for `100 Continue` before it sends the body.
bool ExpectsContinue(const RequestHead& head);

// The request without its body. To be asked before the body is read: fields that follow the body as
// trailers must not pass for headers. An address in absolute form loses its scheme and host.
HttpRequest ToRequest(const RequestHead& head);

}  // namespace gongkai::gateway
