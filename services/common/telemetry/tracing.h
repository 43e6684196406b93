// Where spans go: to a collector, by OTLP over gRPC.
#pragma once

#include <memory>
#include <string>

#include "services/common/status/error.h"

namespace gongkai::telemetry {

struct TracingOptions {
  std::string endpoint;  // HOST:PORT of the collector
  // Of the traces that begin here, from 0 to 1: those with another parent follow their parent.
  double ratio = 0.1;
  std::string service;  // gongkai-plans
  std::string version;
};

// Spans are recorded from construction to destruction, which sends what is still to be sent, for
// two seconds at most. One at a time in a process. A collector that cannot be reached costs nothing
// but the spans: they are dropped once 2,048 wait.
class Tracing {
 public:
  explicit Tracing(const TracingOptions& options);
  ~Tracing();

  Tracing(const Tracing&) = delete;
  Tracing& operator=(const Tracing&) = delete;
};

}  // namespace gongkai::telemetry
