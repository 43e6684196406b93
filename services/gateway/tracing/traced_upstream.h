// A CLIENT span for each call to an upstream.
#pragma once

#include <memory>
#include <utility>

#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// Hands calls on with a `traceparent` of their own, below that of their metadata. Calls without
// one, such as probes, are not recorded.
class TracedUpstream : public Upstream {
 public:
  explicit TracedUpstream(std::shared_ptr<Upstream> inner) : inner_(std::move(inner)) {}

  std::shared_ptr<Call> Start(CallRequest request, std::shared_ptr<CallObserver> observer) override;
  void Close() override { inner_->Close(); }

 private:
  const std::shared_ptr<Upstream> inner_;
};

}  // namespace gongkai::gateway
