#include "services/gateway/process/gateway.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "services/common/telemetry/tracing.h"
#include "services/gateway/api_page/api_page.h"
#include "services/gateway/calls/call_handler.h"
#include "services/gateway/calls/contract.h"
#include "services/gateway/console/assets.h"
#include "services/gateway/descriptors/descriptor_set.h"
#include "services/gateway/descriptors/embedded_set.h"
#include "services/gateway/http/access_log.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/http/cors.h"
#include "services/gateway/http/request_metrics.h"
#include "services/gateway/http/server.h"
#include "services/gateway/process/contract_refresher.h"
#include "services/gateway/site/site.h"
#include "services/gateway/tracing/request_tracing.h"
#include "services/gateway/tracing/traced_upstream.h"
#include "services/gateway/upstream/channel.h"
#include "services/gateway/upstream/grpc_upstream.h"

namespace gongkai::gateway {
namespace {

using config::Fault;

int ThreadsOf(const Options& options) {
  if (!options.threads.empty()) return std::stoi(options.threads);
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::string Joined(const std::vector<std::string>& addresses) {
  std::string text;
  for (const auto& address : addresses) text += (text.empty() ? "" : ",") + address;
  return text;
}

std::chrono::seconds Seconds(const std::string& number) {
  return std::chrono::seconds(std::stoi(number));
}

}  // namespace

// In the order of their use: what comes later refers to what comes before, and goes first.
class Gateway::Parts {
 public:
  ~Parts() {
    if (server_) server_->Drain(std::chrono::milliseconds(0));
    // Calls whose clients have left still refer to the tables and to the server.
    for (const auto& [address, upstream] : named_) upstream->Close();
  }

  std::vector<Fault> Prepare(const Options& options) {
    faults_ = CheckOptions(options);
    if (faults_.empty() && !options.otlp_endpoint.empty()) {
      tracing_.emplace(telemetry::TracingOptions{.endpoint = options.otlp_endpoint,
                                                 .ratio = std::stod(options.trace_ratio),
                                                 .service = "gongkai-gateway",
                                                 .version = GONGKAI_VERSION});
    }
    auto set = options.descriptor_set.empty() ? DescriptorSet::Parse(EmbeddedDescriptorSet())
                                              : DescriptorSet::Load(options.descriptor_set);
    auto assets = options.console_dir.empty() ? Result<Assets>(EmbeddedAssets())
                                              : LoadAssets(options.console_dir);
    if (!set) AddFaults("--descriptor-set", set.error());
    if (!assets) AddFaults("--console-dir", assets.error());
    if (set) ConnectUpstreams(**set, options);
    if (set) BuildContract(**set, options);
    if (!faults_.empty()) return std::move(faults_);
    assets->merge(ApiPage());
    site_.emplace(*calls_, *contract_, std::move(*assets), named_);
    return {};
  }

  std::vector<Fault> Listen(const Options& options) {
    drain_limit_ = Seconds(options.drain_seconds);
    const auto body_limit = static_cast<std::size_t>(std::stoul(options.max_body_bytes));
    compression_.emplace(body_limit, *site_);
    if (options.reflect) {
      refresher_.emplace(upstreams_, Seconds(options.reflect_seconds), *contract_);
      contract_->OnDoubt([this] { refresher_->Hasten(); });
    }
    cors_.emplace(options.cors_origins, *compression_);
    request_tracing_.emplace(*contract_, *cors_);
    metrics_.emplace(*request_tracing_);
    if (options.access_log) log_.emplace(*metrics_);
    auto server = HttpServer::Start({.listen = options.listen,
                                     .threads = ThreadsOf(options),
                                     .body_limit = body_limit,
                                     .header_timeout = Seconds(options.header_seconds),
                                     .body_timeout = Seconds(options.body_seconds),
                                     .idle_timeout = Seconds(options.idle_seconds)},
                                    log_ ? static_cast<HttpHandler&>(*log_) : *metrics_);
    if (!server) return {{"--listen", server.error().message}};
    server_ = std::move(*server);
    return {};
  }

  void Drain() {
    site_->BeginDrain();
    server_->Drain(drain_limit_);
  }

  const std::string& address() const { return server_->address(); }

 private:
  void AddFaults(const std::string& setting, const Error& error) {
    for (const auto& violation : error.violations) {
      faults_.push_back({setting, violation.field + ": " + violation.description});
    }
  }

  // Names at the same addresses share one channel. Options at fault are not looked at: the channels
  // then only serve to find further faults.
  void ConnectUpstreams(const DescriptorSet& set, const Options& options) {
    const bool sound = faults_.empty();
    const int attempts = sound ? std::stoi(options.retry_attempts) : 1;
    const std::size_t most_calls = sound ? std::stoul(options.max_calls) : 1;
    std::map<std::vector<std::string>, std::shared_ptr<Upstream>> by_addresses;
    for (const auto& [name, addresses] : ParseUpstreams(options.upstreams).by_name) {
      auto& upstream = by_addresses[addresses];
      if (!upstream) {
        const auto config = ServiceConfig(set, attempts, addresses.size() > 1);
        upstream = std::make_shared<GrpcUpstream>(ChannelTo(addresses, config), most_calls);
        if (tracing_) upstream = std::make_shared<TracedUpstream>(std::move(upstream));
        named_.push_back({Joined(addresses), upstream});
      }
      upstreams_[name] = upstream;
    }
  }

  void BuildContract(const DescriptorSet& set, const Options& options) {
    // Those that are asked by reflection may still be starting: until they answer, nothing is
    // there.
    auto contract = Contract::Make(set, options.reflect ? UpstreamsByName() : upstreams_);
    if (!contract) {
      for (const auto& violation : contract.error().violations) {
        faults_.push_back({violation.field, violation.description});
      }
      return;
    }
    contract_.emplace(std::move(*contract));
    if (!faults_.empty()) return;
    calls_.emplace(
        *contract_,
        CallHandlerOptions{.forward_headers = options.forward_headers,
                           .trusted_proxies = *TrustedProxies::Parse(options.trusted_proxies),
                           .heartbeat = Seconds(options.heartbeat_seconds)});
  }

  std::optional<telemetry::Tracing> tracing_;
  std::vector<Fault> faults_;
  std::chrono::milliseconds drain_limit_{0};
  UpstreamsByName upstreams_;
  std::vector<NamedUpstream> named_;
  std::optional<CurrentContract> contract_;
  std::optional<ContractRefresher> refresher_;
  std::optional<CallHandler> calls_;
  std::optional<Site> site_;
  std::optional<Compression> compression_;
  std::optional<Cors> cors_;
  std::optional<RequestTracing> request_tracing_;
  std::optional<RequestMetrics> metrics_;
  std::optional<AccessLog> log_;
  std::unique_ptr<HttpServer> server_;
};

tl::expected<std::unique_ptr<Gateway>, std::vector<Fault>> Gateway::Start(const Options& options) {
  PrepareGrpc();
  auto parts = std::make_unique<Parts>();
  if (auto faults = parts->Prepare(options); !faults.empty()) return tl::unexpected(faults);
  if (auto faults = parts->Listen(options); !faults.empty()) return tl::unexpected(faults);
  return std::unique_ptr<Gateway>(new Gateway(std::move(parts)));
}

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Gateway::~Gateway() = default;

const std::string& Gateway::address() const { return parts_->address(); }

void Gateway::Drain() { parts_->Drain(); }

}  // namespace gongkai::gateway
