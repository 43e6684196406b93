#include "services/gateway/http/request_metrics.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>

#include "services/gateway/http/exchange_wrapper.h"

namespace gongkai::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<std::string_view, 9> kMethods = {
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "other", "refused"};
constexpr std::size_t kOther = 7;
constexpr std::size_t kRefused = 8;
constexpr std::size_t kLeastStatus = 100;
constexpr std::size_t kStatuses = 500;
constexpr int kClientLeft = 499;

struct Bucket {
  std::chrono::microseconds limit;
  const char* text;
};
using std::chrono::microseconds;
constexpr std::array<Bucket, 12> kBuckets = {{{microseconds(500), "0.0005"},
                                              {microseconds(1'000), "0.001"},
                                              {microseconds(2'500), "0.0025"},
                                              {microseconds(5'000), "0.005"},
                                              {microseconds(10'000), "0.01"},
                                              {microseconds(25'000), "0.025"},
                                              {microseconds(50'000), "0.05"},
                                              {microseconds(100'000), "0.1"},
                                              {microseconds(250'000), "0.25"},
                                              {microseconds(1'000'000), "1"},
                                              {microseconds(5'000'000), "5"},
                                              {microseconds(30'000'000), "30"}}};

std::size_t MethodIndex(std::string_view method) {
  const auto end = kMethods.begin() + kOther;
  return static_cast<std::size_t>(std::find(kMethods.begin(), end, method) - kMethods.begin());
}

}  // namespace

class RequestMetrics::Counters {
 public:
  void Began() { in_flight_.fetch_add(1, std::memory_order_relaxed); }

  void Ended(std::size_t method, int status, Clock::duration took) {
    in_flight_.fetch_sub(1, std::memory_order_relaxed);
    Count(method, status);
    const auto bucket = std::find_if(kBuckets.begin(), kBuckets.end(),
                                     [&](const Bucket& b) { return took <= b.limit; });
    buckets_[bucket - kBuckets.begin()].fetch_add(1, std::memory_order_relaxed);
    microseconds_.fetch_add(std::chrono::duration_cast<microseconds>(took).count(),
                            std::memory_order_relaxed);
  }

  void Count(std::size_t method, int status) {
    const auto index =
        std::clamp<std::size_t>(static_cast<std::size_t>(status), kLeastStatus, 599) - kLeastStatus;
    requests_[method][index].fetch_add(1, std::memory_order_relaxed);
  }

  std::string Text() const {
    std::string text =
        "# HELP gongkai_gateway_requests_total Requests answered.\n"
        "# TYPE gongkai_gateway_requests_total counter\n";
    for (std::size_t method = 0; method < kMethods.size(); ++method) {
      for (std::size_t status = 0; status < kStatuses; ++status) {
        const auto count = requests_[method][status].load(std::memory_order_relaxed);
        if (count == 0) continue;
        text += "gongkai_gateway_requests_total{method=\"" + std::string(kMethods[method]) +
                "\",status=\"" + std::to_string(status + kLeastStatus) + "\"} " +
                std::to_string(count) + '\n';
      }
    }
    text +=
        "# HELP gongkai_gateway_requests_in_flight Requests under way.\n"
        "# TYPE gongkai_gateway_requests_in_flight gauge\n"
        "gongkai_gateway_requests_in_flight " +
        std::to_string(in_flight_.load(std::memory_order_relaxed)) + '\n';
    AppendDurations(text);
    return text;
  }

 private:
  void AppendDurations(std::string& text) const {
    const std::string name = "gongkai_gateway_request_duration_seconds";
    text += "# HELP " + name + " From the whole request to the end of its answer.\n# TYPE " + name +
            " histogram\n";
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      sum += buckets_[i].load(std::memory_order_relaxed);
      const std::string limit = i < kBuckets.size() ? kBuckets[i].text : "+Inf";
      text += name + "_bucket{le=\"" + limit + "\"} " + std::to_string(sum) + '\n';
    }
    text +=
        name + "_sum " +
        std::to_string(static_cast<double>(microseconds_.load(std::memory_order_relaxed)) / 1e6) +
        '\n' + name + "_count " + std::to_string(sum) + '\n';
  }

  std::array<std::array<std::atomic<std::uint64_t>, kStatuses>, kMethods.size()> requests_{};
  std::array<std::atomic<std::uint64_t>, kBuckets.size() + 1> buckets_{};
  std::atomic<std::int64_t> microseconds_{0};
  std::atomic<std::int64_t> in_flight_{0};
};

// Counts when it goes: nothing more can be answered then.
class RequestMetrics::CountedExchange : public ExchangeWrapper {
 public:
  CountedExchange(std::shared_ptr<HttpExchange> inner, std::shared_ptr<Counters> counters,
                  std::size_t method)
      : ExchangeWrapper(std::move(inner)), counters_(std::move(counters)), method_(method) {
    counters_->Began();
  }
  ~CountedExchange() override {
    if (!ended_) End(kClientLeft);
  }

  void Reply(HttpResponse response) override {
    End(response.status);
    ExchangeWrapper::Reply(std::move(response));
  }
  void BeginStream(HttpResponse response) override {
    status_ = response.status;
    ExchangeWrapper::BeginStream(std::move(response));
  }
  void EndStream() override {
    End(status_);
    ExchangeWrapper::EndStream();
  }
  void Break() override {
    End(status_);
    ExchangeWrapper::Break();
  }

 private:
  void End(int status) {
    if (std::exchange(ended_, true)) return;
    counters_->Ended(method_, status, Clock::now() - began_);
  }

  const std::shared_ptr<Counters> counters_;
  const std::size_t method_;
  const Clock::time_point began_ = Clock::now();
  int status_ = kClientLeft;
  bool ended_ = false;
};

RequestMetrics::RequestMetrics(HttpHandler& inner)
    : counters_(std::make_shared<Counters>()), inner_(inner) {}

void RequestMetrics::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  if (request.path == "/metrics" && (request.method == "GET" || request.method == "HEAD")) {
    return exchange->Reply(
        {.headers = {{"Content-Type", "text/plain; version=0.0.4"}, {"Cache-Control", "no-store"}},
         .body = Text()});
  }
  auto counted = std::make_shared<CountedExchange>(std::move(exchange), counters_,
                                                   MethodIndex(request.method));
  inner_.Handle(std::move(request), std::move(counted));
}

HttpResponse RequestMetrics::Refuse(const Error& error) {
  auto response = inner_.Refuse(error);
  counters_->Count(kRefused, response.status);
  return response;
}

std::string RequestMetrics::Text() const { return counters_->Text(); }

}  // namespace gongkai::gateway
