// The numbers of one program, and the port that Prometheus reads them from.
//
//   Metrics metrics("0.1.0");
//   metrics.AddGauge(kPoolBusy, {{"pool", "calls"}}, [&] { return pool.usage().busy; });
//   auto endpoint = MetricsEndpoint::Start("127.0.0.1:9101", metrics);
//   → GET /metrics  gongkai_database_connections_busy{pool="calls"} 0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/common/telemetry/call_observer.h"
#include "services/common/telemetry/metric_names.h"

namespace gongkai::telemetry {

using Labels = std::map<std::string, std::string>;

// Thread-safe.
class Metrics final : public CallObserver {
 public:
  explicit Metrics(const std::string& version);
  ~Metrics() override;

  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // `read` is called at each scrape, from any thread, until Forget or the end of this.
  void AddGauge(const MetricName& metric, Labels labels, std::function<double()> read);
  // The same for a number that never falls while the program runs.
  void AddCounter(const MetricName& metric, Labels labels, std::function<double()> read);
  // Calls no `read` any more: what they refer to may go.
  void Forget();

  void Began(const Call& call) override;
  void Ended(const Call& call, std::string_view code, std::chrono::nanoseconds took) override;

  // In Prometheus' text format.
  std::string Text() const;

 private:
  friend class MetricsEndpoint;
  class Readings;
  class Calls;

  const std::shared_ptr<Readings> readings_;
  const std::shared_ptr<Calls> calls_;
};

// Answers GET /metrics on a port of its own.
class MetricsEndpoint {
 public:
  // `address` is HOST:PORT; port 0 picks a free one. UNAVAILABLE with reason ADDRESS_IN_USE if it
  // cannot be bound. `metrics` must outlive the endpoint.
  static Result<std::unique_ptr<MetricsEndpoint>> Start(const std::string& address,
                                                        const Metrics& metrics);
  ~MetricsEndpoint();

  // HOST:PORT as bound.
  const std::string& address() const { return address_; }

 private:
  struct Server;
  MetricsEndpoint(std::unique_ptr<Server> server, std::string address);

  const std::unique_ptr<Server> server_;
  const std::string address_;
};

}  // namespace gongkai::telemetry
