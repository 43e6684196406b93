#include "services/gateway/upstream/health_probe.h"

#include <mutex>
#include <utility>

namespace gongkai::gateway {
namespace {

constexpr char kCheckMethod[] = "/grpc.health.v1.Health/Check";
// HealthCheckResponse with status SERVING.
constexpr char kServing[] = "\x08\x01";
constexpr int kUnimplemented = 12;
constexpr auto kTimeout = std::chrono::seconds(2);

// Collects the answers; the last one tells.
class Collection {
 public:
  Collection(const std::vector<NamedUpstream>& upstreams,
             std::function<void(std::vector<UpstreamHealth>)> done)
      : missing_(upstreams.size()), done_(std::move(done)) {
    for (const auto& upstream : upstreams) healths_.push_back({.address = upstream.address});
  }

  void Answer(std::size_t index, const std::string& reason) {
    std::lock_guard lock(mutex_);
    healths_[index].serving = reason.empty();
    healths_[index].reason = reason;
    if (--missing_ == 0) done_(std::move(healths_));
  }

 private:
  std::mutex mutex_;
  std::size_t missing_;
  std::vector<UpstreamHealth> healths_;
  std::function<void(std::vector<UpstreamHealth>)> done_;
};

class CheckObserver : public CallObserver {
 public:
  CheckObserver(std::shared_ptr<Collection> collection, std::size_t index)
      : collection_(std::move(collection)), index_(index) {}

  void OnMessage(const std::shared_ptr<Call>&, std::string message) override {
    serving_ = message == kServing;
  }
  void OnFinish(CallStatus status) override { collection_->Answer(index_, ReasonOf(status)); }

 private:
  std::string ReasonOf(const CallStatus& status) const {
    // One that has as many calls as it may have is serving others.
    if (status.code == kUnimplemented || status.overloaded) return "";
    if (!status.ok()) return "does not answer";
    return serving_ ? "" : "is not serving";
  }

  const std::shared_ptr<Collection> collection_;
  const std::size_t index_;
  bool serving_ = false;
};

}  // namespace

void ProbeHealth(const std::vector<NamedUpstream>& upstreams,
                 std::function<void(std::vector<UpstreamHealth>)> done) {
  if (upstreams.empty()) return done({});
  const auto collection = std::make_shared<Collection>(upstreams, std::move(done));
  for (std::size_t i = 0; i < upstreams.size(); ++i) {
    upstreams[i].upstream->Start(
        {.method = kCheckMethod, .deadline = std::chrono::system_clock::now() + kTimeout},
        std::make_shared<CheckObserver>(collection, i));
  }
}

}  // namespace gongkai::gateway
