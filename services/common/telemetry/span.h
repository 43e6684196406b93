// Spans: what took how long, and under which request. Free of any library of tracing.
//
//   Span span = StartSpan({.name = "gongkai.plans.v1.Plans/GetPlan", .kind = SpanKind::kServer,
//                          .parent = TraceContext::Parse(traceparent)});
//   const ActiveSpan active(span);          // spans of this thread stand below it
//   Span statement = StartChildSpan("read_plan", SpanKind::kClient);
//   statement.Set(kDbSystem, "postgresql");
//
// Without StartTracing nothing is recorded and nothing costs more than a comparison.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/telemetry/trace_context.h"

namespace gongkai::telemetry {

enum class SpanKind { kInternal, kServer, kClient, kConsumer };

struct SpanStart {
  std::string name;
  SpanKind kind = SpanKind::kInternal;
  // Of another process; without one the span begins a trace.
  std::optional<TraceContext> parent;
  std::vector<TraceContext> links;
};

// One operation. Ends with its destruction. Not thread-safe, but may go from thread to thread.
class Span {
 public:
  // Records nothing.
  Span();
  ~Span();
  Span(Span&& other) noexcept;
  Span& operator=(Span&& other) noexcept;

  // Whether Tracing lives: without it every span records nothing.
  static bool Enabled();

  // Whether attributes are kept; costly ones need not be made where they are not.
  bool recording() const { return state_ != nullptr; }
  void Set(const char* name, std::string_view value);
  void Set(const char* name, std::int64_t value);
  // The operation failed: `error_type` is a code or a reason, never a text with data. A span that
  // begins this process's part of a trace is then told whether or not the trace is sampled.
  void Fail(std::string_view error_type);

  // What operations below it, in this process or another one, name as their parent. Nothing where
  // tracing is off.
  const std::optional<TraceContext>& context() const { return context_; }

 private:
  friend Span StartSpan(SpanStart start);
  friend Span StartChildSpan(std::string_view name, SpanKind kind);
  struct State;

  std::optional<TraceContext> context_;
  std::unique_ptr<State> state_;
};

// Begins this process's part of a trace. Whether it is sampled, its parent decides, or else chance
// by the ratio of StartTracing.
Span StartSpan(SpanStart start);

// Below the active span of this thread; records nothing where there is none, or none that is
// sampled.
Span StartChildSpan(std::string_view name, SpanKind kind);

// Makes a span the active one of this thread, as long as both live.
class ActiveSpan {
 public:
  explicit ActiveSpan(const std::optional<TraceContext>& context);
  explicit ActiveSpan(const Span& span) : ActiveSpan(span.context()) {}
  ~ActiveSpan();
  ActiveSpan(const ActiveSpan&) = delete;
  ActiveSpan& operator=(const ActiveSpan&) = delete;

  // That of this thread, or nothing.
  static const std::optional<TraceContext>& Context();

 private:
  std::optional<TraceContext> before_;
};

}  // namespace gongkai::telemetry
