// Who is told of every call that a server answers.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace gongkai::telemetry {

// A call under way; lives from Began to Ended.
struct Call {
  // `gongkai.plans.v1.Plans/GetPlan`; `other` for what the program has no descriptor of: health,
  // reflection, and names that callers make up.
  std::string method;
  bool unary = true;  // else a stream
};

// Thread-safe. Both functions must return at once.
class CallObserver {
 public:
  virtual ~CallObserver() = default;

  virtual void Began(const Call& call) = 0;
  // `code` is a name of google.rpc.Code: OK, NOT_FOUND, …
  virtual void Ended(const Call& call, std::string_view code, std::chrono::nanoseconds took) = 0;
};

}  // namespace gongkai::telemetry
