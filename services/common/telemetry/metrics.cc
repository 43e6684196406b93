#include "services/common/telemetry/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gongkai::telemetry {
namespace {

// Seconds: a statement takes less than the first, a deadline ends behind the last.
const prometheus::Histogram::BucketBoundaries kBuckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                          0.1,   0.25,   0.5,   1,    2.5,   10};

// An IPv6 host keeps its brackets.
std::string HostOf(const std::string& address) { return address.substr(0, address.rfind(':')); }

}  // namespace

// Numbers that are read when they are asked for.
class Metrics::Readings final : public prometheus::Collectable {
 public:
  void Add(const MetricName& metric, prometheus::MetricType type, Labels labels,
           std::function<double()> read) {
    std::lock_guard lock(mutex_);
    auto& family = families_[metric.name];
    family.help = metric.help;
    family.type = type;
    family.readings.push_back({std::move(labels), std::move(read)});
  }

  void Forget() {
    std::lock_guard lock(mutex_);
    families_.clear();
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::lock_guard lock(mutex_);
    std::vector<prometheus::MetricFamily> collected;
    for (const auto& [name, family] : families_) {
      prometheus::MetricFamily numbers{name, family.help, family.type, {}};
      for (const auto& reading : family.readings) {
        prometheus::ClientMetric number;
        for (const auto& [key, value] : reading.labels) number.label.push_back({key, value});
        const double value = reading.read();
        number.gauge.value = value;
        number.counter.value = value;
        numbers.metric.push_back(std::move(number));
      }
      collected.push_back(std::move(numbers));
    }
    return collected;
  }

 private:
  struct Reading {
    Labels labels;
    std::function<double()> read;
  };
  struct Family {
    std::string help;
    prometheus::MetricType type = prometheus::MetricType::Gauge;
    std::vector<Reading> readings;
  };

  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

// Rate, errors and duration of each method. A method appears with its first call.
class Metrics::Calls final : public prometheus::Collectable {
 public:
  Calls()
      : calls_(prometheus::BuildCounter().Name(kCalls.name).Help(kCalls.help).Register(registry_)),
        durations_(prometheus::BuildHistogram()
                       .Name(kCallDuration.name)
                       .Help(kCallDuration.help)
                       .Register(registry_)),
        streams_(prometheus::BuildGauge()
                     .Name(kStreamsOpen.name)
                     .Help(kStreamsOpen.help)
                     .Register(registry_)),
        in_flight_(prometheus::BuildGauge()
                       .Name(kCallsInFlight.name)
                       .Help(kCallsInFlight.help)
                       .Register(registry_)
                       .Add({})) {}

  void Began(const Call& call) {
    if (call.unary) return in_flight_.Increment();
    streams_.Add({{"method", call.method}}).Increment();
  }

  void Ended(const Call& call, std::string_view code, std::chrono::nanoseconds took) {
    CounterOf(call.method, code).Increment();
    if (!call.unary) return streams_.Add({{"method", call.method}}).Decrement();
    in_flight_.Decrement();
    DurationOf(call.method).Observe(std::chrono::duration<double>(took).count());
  }

  std::vector<prometheus::MetricFamily> Collect() const override { return registry_.Collect(); }

 private:
  // The family finds a metric by comparing maps of labels: these find it by one text.
  template <typename Metric, typename Make>
  Metric& Find(std::unordered_map<std::string, Metric*>& known, const std::string& key, Make make) {
    {
      std::shared_lock lock(mutex_);
      if (const auto found = known.find(key); found != known.end()) return *found->second;
    }
    std::unique_lock lock(mutex_);
    auto& metric = known[key];
    if (!metric) metric = &make();
    return *metric;
  }

  prometheus::Counter& CounterOf(const std::string& method, std::string_view code) {
    const std::string name(code);
    return Find(known_calls_, method + ' ' + name, [&]() -> prometheus::Counter& {
      return calls_.Add({{"method", method}, {"code", name}});
    });
  }

  prometheus::Histogram& DurationOf(const std::string& method) {
    return Find(known_durations_, method, [&]() -> prometheus::Histogram& {
      return durations_.Add({{"method", method}}, kBuckets);
    });
  }

  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Histogram>& durations_;
  prometheus::Family<prometheus::Gauge>& streams_;
  prometheus::Gauge& in_flight_;
  std::shared_mutex mutex_;
  std::unordered_map<std::string, prometheus::Counter*> known_calls_;
  std::unordered_map<std::string, prometheus::Histogram*> known_durations_;
};

Metrics::Metrics(const std::string& version)
    : readings_(std::make_shared<Readings>()), calls_(std::make_shared<Calls>()) {
  AddGauge(kBuild, {{"version", version}}, [] { return 1; });
}

Metrics::~Metrics() = default;

void Metrics::AddGauge(const MetricName& metric, Labels labels, std::function<double()> read) {
  readings_->Add(metric, prometheus::MetricType::Gauge, std::move(labels), std::move(read));
}

void Metrics::AddCounter(const MetricName& metric, Labels labels, std::function<double()> read) {
  readings_->Add(metric, prometheus::MetricType::Counter, std::move(labels), std::move(read));
}

void Metrics::Forget() { readings_->Forget(); }

void Metrics::Began(const Call& call) { calls_->Began(call); }

void Metrics::Ended(const Call& call, std::string_view code, std::chrono::nanoseconds took) {
  calls_->Ended(call, code, took);
}

std::string Metrics::Text() const {
  auto families = readings_->Collect();
  for (auto& family : calls_->Collect()) families.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(families);
}

struct MetricsEndpoint::Server {
  // One thread answers one scrape at a time; a second one lets a person look meanwhile.
  explicit Server(const std::string& address) : exposer(address, 2) {}

  prometheus::Exposer exposer;
};

MetricsEndpoint::MetricsEndpoint(std::unique_ptr<Server> server, std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

MetricsEndpoint::~MetricsEndpoint() = default;

Result<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Start(const std::string& address,
                                                                const Metrics& metrics) {
  std::unique_ptr<Server> server;
  try {
    server = std::make_unique<Server>(address);
  } catch (const std::exception&) {  // CivetServer's own, which tells no more
    return Fail(Unavailable("ADDRESS_IN_USE",
                            "cannot listen on " + address + ": another process may use it"));
  }
  server->exposer.RegisterCollectable(metrics.readings_);
  server->exposer.RegisterCollectable(metrics.calls_);
  const auto ports = server->exposer.GetListeningPorts();
  const auto port =
      ports.empty() ? address.substr(address.rfind(':') + 1) : std::to_string(ports.front());
  return std::unique_ptr<MetricsEndpoint>(
      new MetricsEndpoint(std::move(server), HostOf(address) + ":" + port));
}

}  // namespace gongkai::telemetry
