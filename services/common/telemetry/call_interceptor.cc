#include "services/common/telemetry/call_interceptor.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/status.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "services/common/status/error.h"

namespace gongkai::telemetry {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;
using Clock = std::chrono::steady_clock;

class CallInterceptor final : public Interceptor {
 public:
  CallInterceptor(CallObserver& observer, Call call) : observer_(observer), call_(std::move(call)) {
    observer_.Began(call_);
  }

  // The call is over, whatever became of it.
  ~CallInterceptor() override { observer_.Ended(call_, code_, Clock::now() - began_); }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const auto status = methods->GetSendStatus();
      code_ = status.ok() ? "OK" : CodeName(static_cast<ErrorCode>(status.error_code()));
    }
    methods->Proceed();
  }

 private:
  CallObserver& observer_;
  const Call call_;
  const Clock::time_point began_ = Clock::now();
  std::string_view code_ = "CANCELLED";
};

// The methods that the program has descriptors of. Names that callers make up are not kept, or they
// would fill the memory of this program and of whoever counts by them.
class KnownMethods {
 public:
  // `path` is gRPC's: `/gongkai.plans.v1.Plans/GetPlan`.
  bool Contains(std::string_view path) {
    std::string name(path.substr(1));
    {
      std::shared_lock lock(mutex_);
      if (known_.contains(name)) return true;
    }
    std::string full_name = name;
    std::replace(full_name.begin(), full_name.end(), '/', '.');
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    if (!pool->FindMethodByName(full_name)) return false;
    std::unique_lock lock(mutex_);
    known_.insert(std::move(name));
    return true;
  }

 private:
  std::shared_mutex mutex_;
  std::unordered_set<std::string> known_;
};

class CallInterceptorFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit CallInterceptorFactory(CallObserver& observer) : observer_(observer) {}

  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    const std::string_view path = info->method();
    return new CallInterceptor(observer_,
                               {methods_.Contains(path) ? std::string(path.substr(1)) : "other",
                                info->type() == ServerRpcInfo::Type::UNARY});
  }

 private:
  KnownMethods methods_;
  CallObserver& observer_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> ObserveCalls(
    CallObserver& observer) {
  return std::make_unique<CallInterceptorFactory>(observer);
}

}  // namespace gongkai::telemetry
