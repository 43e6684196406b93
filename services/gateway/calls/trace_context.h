// Under which id a request can be found in traces and logs.
#pragma once

#include <string>
#include <string_view>

namespace gongkai::gateway {

// W3C trace context.
struct TraceContext {
  std::string traceparent;  // `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`

  std::string_view trace_id() const { return std::string_view(traceparent).substr(3, 32); }
};

// The context that the client sent; a new one if it sent none, or what is none.
TraceContext TraceContextOf(std::string_view traceparent);

}  // namespace gongkai::gateway
