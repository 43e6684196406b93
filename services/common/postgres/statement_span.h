// A span for one statement, below the active one of this thread.
#pragma once

#include <exception>

#include "services/common/telemetry/span.h"
#include "services/common/telemetry/span_names.h"

namespace gongkai::postgres {

// Lives as long as the statement runs; one that is left by an exception has failed. `name` is the
// program's own, e.g. `read_plan`: neither SQL nor values are told.
class StatementSpan {
 public:
  explicit StatementSpan(const char* name)
      : span_(telemetry::StartChildSpan(name, telemetry::SpanKind::kClient)) {
    if (!span_.recording()) return;
    span_.Set(telemetry::kDbSystem, "postgresql");
    span_.Set(telemetry::kDbSummary, name);
  }
  ~StatementSpan() {
    if (std::uncaught_exceptions() > exceptions_) span_.Fail("database");
  }
  StatementSpan(const StatementSpan&) = delete;
  StatementSpan& operator=(const StatementSpan&) = delete;

 private:
  const int exceptions_ = std::uncaught_exceptions();
  telemetry::Span span_;
};

}  // namespace gongkai::postgres
