// Calls as fast as so many clients can, and what they saw.
#pragma once

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gongkai::bench {

using Clock = std::chrono::steady_clock;

struct Outcome {
  std::vector<double> milliseconds;  // of each call that succeeded
  double seconds = 0;
  long failed = 0;
  std::string first_failure;

  double PerSecond() const { return seconds > 0 ? milliseconds.size() / seconds : 0; }
  // `share` of 0 to 1; 0 without calls.
  double Percentile(double share) {
    if (milliseconds.empty()) return 0;
    const auto at =
        milliseconds.begin() + static_cast<std::ptrdiff_t>(share * (milliseconds.size() - 1));
    std::nth_element(milliseconds.begin(), at, milliseconds.end());
    return *at;
  }
};

// One client: its next call begins when the one before has ended. gRPC's callback API, so that the
// clients' threads are not what is measured.
template <typename Request, typename Response>
class Client {
 public:
  using Start = std::function<void(grpc::ClientContext*, const Request*, Response*,
                                   std::function<void(grpc::Status)>)>;

  Client(Start start, std::function<bool(Request&)> fill)
      : start_(std::move(start)), fill_(std::move(fill)) {}

  // Until `fill` gives no further request; then `done`.
  void Run(std::function<void()> done) {
    done_ = std::move(done);
    Next();
  }

  Outcome outcome;

 private:
  void Next() {
    request_.Clear();
    if (!fill_(request_)) return done_();
    context_.emplace();
    begin_ = Clock::now();
    start_(&*context_, &request_, &response_, [this](const grpc::Status& status) {
      if (status.ok()) {
        outcome.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - begin_).count());
      } else if (outcome.failed++ == 0) {
        outcome.first_failure = status.error_message();
      }
      Next();
    });
  }

  const Start start_;
  const std::function<bool(Request&)> fill_;
  std::function<void()> done_;
  std::optional<grpc::ClientContext> context_;
  Request request_;
  Response response_;
  Clock::time_point begin_;
};

// Runs `clients` clients for `seconds`. `start(channel number)` begins a call, `fill(request)`
// writes the next request; it is called from several threads.
template <typename Request, typename Response>
Outcome RunLoad(int clients, double seconds,
                const std::function<typename Client<Request, Response>::Start(int)>& start,
                const std::function<void(Request&)>& fill) {
  const auto begin = Clock::now();
  const auto end =
      begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::mutex mutex;
  std::condition_variable idle;
  int running = clients;
  std::vector<std::unique_ptr<Client<Request, Response>>> all;
  for (int i = 0; i < clients; ++i) {
    all.push_back(std::make_unique<Client<Request, Response>>(start(i), [&](Request& request) {
      if (Clock::now() >= end) return false;
      fill(request);
      return true;
    }));
  }
  for (auto& client : all) {
    client->Run([&] {
      std::lock_guard lock(mutex);
      if (--running == 0) idle.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  idle.wait(lock, [&] { return running == 0; });
  Outcome total{.seconds = std::chrono::duration<double>(Clock::now() - begin).count()};
  for (const auto& client : all) {
    const auto& one = client->outcome;
    total.milliseconds.insert(total.milliseconds.end(), one.milliseconds.begin(),
                              one.milliseconds.end());
    total.failed += one.failed;
    if (total.first_failure.empty()) total.first_failure = one.first_failure;
  }
  return total;
}

}  // namespace gongkai::bench
