#include "services/gateway/http/access_log.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "services/common/log/log.h"
#include "services/gateway/http/exchange_wrapper.h"

namespace gongkai::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kClientLeft = 499;

// Logs when it goes: nothing more can be answered then.
class LoggedExchange : public ExchangeWrapper {
 public:
  LoggedExchange(std::shared_ptr<HttpExchange> inner, const HttpRequest& request)
      : ExchangeWrapper(std::move(inner)), method_(request.method), path_(request.path) {}
  ~LoggedExchange() override {
    const std::chrono::duration<double, std::milli> took = Clock::now() - began_;
    log::Info("request", {{"method", method_},
                          {"path", path_},
                          {"status", ended_ ? status_ : kClientLeft},
                          {"milliseconds", took.count()},
                          {"bytes", bytes_.load()},
                          {"trace_id", trace_id_}});
  }

  void Reply(HttpResponse response) override {
    Head(response);
    bytes_ = static_cast<std::int64_t>(response.body.size());
    ended_ = true;
    ExchangeWrapper::Reply(std::move(response));
  }
  void BeginStream(HttpResponse response) override {
    Head(response);
    ExchangeWrapper::BeginStream(std::move(response));
  }
  void Write(std::string data, std::function<void()> written) override {
    bytes_ += static_cast<std::int64_t>(data.size());
    ExchangeWrapper::Write(std::move(data), std::move(written));
  }
  void EndStream() override {
    ended_ = true;
    ExchangeWrapper::EndStream();
  }
  void Break() override {
    ended_ = true;
    ExchangeWrapper::Break();
  }

 private:
  void Head(const HttpResponse& response) {
    status_ = response.status;
    trace_id_ = response.Header("x-trace-id");
  }

  const std::string method_;
  const std::string path_;
  const Clock::time_point began_ = Clock::now();
  int status_ = 0;
  std::string trace_id_;
  std::atomic<std::int64_t> bytes_{0};
  bool ended_ = false;
};

}  // namespace

void AccessLog::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  auto logged = std::make_shared<LoggedExchange>(std::move(exchange), request);
  inner_.Handle(std::move(request), std::move(logged));
}

HttpResponse AccessLog::Refuse(const Error& error) {
  auto response = inner_.Refuse(error);
  log::Info("request", {{"status", response.status}, {"reason", error.reason}});
  return response;
}

}  // namespace gongkai::gateway
