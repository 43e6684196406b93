// Where a span stands in its trace: W3C Trace Context.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gongkai::telemetry {

struct TraceContext {
  std::array<std::uint8_t, 16> trace_id{};
  std::array<std::uint8_t, 8> span_id{};
  bool sampled = false;

  // `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01` and later versions that begin so.
  static std::optional<TraceContext> Parse(std::string_view traceparent);
  // Ids by chance, for the beginning of a trace.
  static TraceContext Make(bool sampled);
  // Another span of the same trace.
  TraceContext Child() const;

  std::string Traceparent() const;
  std::string TraceId() const;  // 32 hexadecimal digits
};

}  // namespace gongkai::telemetry
