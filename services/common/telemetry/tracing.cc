#include "services/common/telemetry/tracing.h"

#include <opentelemetry/exporters/otlp/otlp_grpc_exporter_factory.h>
#include <opentelemetry/exporters/otlp/otlp_grpc_exporter_options.h>
#include <opentelemetry/sdk/common/global_log_handler.h>
#include <opentelemetry/sdk/resource/resource.h>
#include <opentelemetry/sdk/trace/batch_span_processor_factory.h>
#include <opentelemetry/sdk/trace/batch_span_processor_options.h>
#include <opentelemetry/sdk/trace/id_generator.h>
#include <opentelemetry/sdk/trace/samplers/always_on_factory.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>
#include <opentelemetry/trace/span_startoptions.h>
#include <opentelemetry/trace/tracer.h>
#include <unistd.h>

#include <atomic>
#include <random>
#include <utility>
#include <variant>

#include "services/common/log/log.h"
#include "services/common/telemetry/span.h"
#include "services/common/telemetry/span_names.h"

namespace gongkai::telemetry {
namespace {

namespace api = opentelemetry::trace;
namespace sdk = opentelemetry::sdk::trace;
namespace sdk_log = opentelemetry::sdk::common::internal_log;

using opentelemetry::common::AttributeValue;
using Attributes = std::vector<std::pair<const char*, std::variant<std::string, std::int64_t>>>;

// The ids of the next span of this thread: they are given away before it is known whether the span
// is recorded at all.
thread_local TraceContext next_ids;

api::TraceId TraceIdOf(const TraceContext& context) {
  return api::TraceId({context.trace_id.data(), context.trace_id.size()});
}

api::SpanId SpanIdOf(const TraceContext& context) {
  return api::SpanId({context.span_id.data(), context.span_id.size()});
}

class GivenIds final : public sdk::IdGenerator {
 public:
  GivenIds() : IdGenerator(false) {}
  api::SpanId GenerateSpanId() noexcept override { return SpanIdOf(next_ids); }
  api::TraceId GenerateTraceId() noexcept override { return TraceIdOf(next_ids); }
};

// What the SDK says of itself, as a line of our log: the first, and then one a minute.
class QuietLog final : public sdk_log::LogHandler {
 public:
  void Handle(sdk_log::LogLevel level, const char*, int, const char* message,
              const opentelemetry::sdk::common::AttributeMap&) noexcept override {
    if (level > sdk_log::LogLevel::Warning || !message) return;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    auto next = next_.load();
    if (now < next || !next_.compare_exchange_strong(next, now + std::chrono::minutes(1))) return;
    log::Warning("traces are not taken", {{"what", message}});
  }

 private:
  std::atomic<std::chrono::steady_clock::duration> next_{std::chrono::steady_clock::duration(0)};
};

struct Tracer {
  std::shared_ptr<sdk::TracerProvider> provider;
  opentelemetry::nostd::shared_ptr<api::Tracer> tracer;
  double ratio = 0;
};

// Read by every call: set before the first and taken away after the last.
std::atomic<Tracer*> current = nullptr;

api::SpanContext ContextOf(const TraceContext& context) {
  // Sampled, whatever the caller decided: only what is to be told is made a span.
  return api::SpanContext(TraceIdOf(context), SpanIdOf(context),
                          api::TraceFlags(api::TraceFlags::kIsSampled), true);
}

api::SpanKind KindOf(SpanKind kind) {
  switch (kind) {
    case SpanKind::kServer:
      return api::SpanKind::kServer;
    case SpanKind::kClient:
      return api::SpanKind::kClient;
    case SpanKind::kConsumer:
      return api::SpanKind::kConsumer;
    case SpanKind::kInternal:
      break;
  }
  return api::SpanKind::kInternal;
}

bool IsChosen(double ratio) {
  thread_local std::minstd_rand random{std::random_device()()};
  return std::uniform_real_distribution<double>(0, 1)(random) < ratio;
}

thread_local std::optional<TraceContext> active;

}  // namespace

// A span that is told when it ends, or one that would be told only if it failed.
struct Span::State {
  SpanStart start;
  TraceContext context;
  std::chrono::system_clock::time_point system_time = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point steady_time = std::chrono::steady_clock::now();
  Attributes attributes;
  bool failed = false;

  void Tell() const {
    const auto* tracer = current.load(std::memory_order_acquire);
    if (!tracer || !(context.sampled || failed)) return;
    api::StartSpanOptions options;
    options.kind = KindOf(start.kind);
    options.start_system_time = opentelemetry::common::SystemTimestamp(system_time);
    options.start_steady_time = opentelemetry::common::SteadyTimestamp(steady_time);
    if (start.parent) {
      options.parent = ContextOf(*start.parent);
    } else {
      options.parent = opentelemetry::context::Context().SetValue(api::kIsRootSpanKey, true);
    }
    next_ids = context;
    using None = std::vector<std::pair<std::string, std::string>>;
    std::vector<std::pair<api::SpanContext, None>> links;
    for (const auto& link : start.links) links.emplace_back(ContextOf(link), None());
    const auto span = tracer->tracer->StartSpan(start.name, None(), links, options);
    for (const auto& [name, value] : attributes) {
      if (const auto* text = std::get_if<std::string>(&value)) {
        span->SetAttribute(name, *text);
      } else {
        span->SetAttribute(name, std::get<std::int64_t>(value));
      }
    }
    if (failed) span->SetStatus(api::StatusCode::kError);
    span->End();
  }
};

bool Span::Enabled() { return current.load(std::memory_order_relaxed) != nullptr; }

Span::Span() = default;
Span::~Span() {
  if (state_) state_->Tell();
}
Span::Span(Span&& other) noexcept = default;
Span& Span::operator=(Span&& other) noexcept {
  if (state_) state_->Tell();
  context_ = other.context_;
  state_ = std::move(other.state_);
  return *this;
}

void Span::Set(const char* name, std::string_view value) {
  if (state_) state_->attributes.emplace_back(name, std::string(value));
}

void Span::Set(const char* name, std::int64_t value) {
  if (state_) state_->attributes.emplace_back(name, value);
}

void Span::Fail(std::string_view error_type) {
  if (!state_) return;
  Set(kErrorType, error_type);
  state_->failed = true;
}

Span StartSpan(SpanStart start) {
  const auto* tracer = current.load(std::memory_order_acquire);
  if (!tracer) return {};
  Span span;
  span.context_ =
      start.parent ? start.parent->Child() : TraceContext::Make(IsChosen(tracer->ratio));
  span.state_ = std::make_unique<Span::State>(
      Span::State{.start = std::move(start), .context = *span.context_});
  return span;
}

Span StartChildSpan(std::string_view name, SpanKind kind) {
  if (!active || !active->sampled) return {};
  return StartSpan({.name = std::string(name), .kind = kind, .parent = active});
}

ActiveSpan::ActiveSpan(const std::optional<TraceContext>& context)
    : before_(std::exchange(active, context)) {}

ActiveSpan::~ActiveSpan() { active = before_; }

const std::optional<TraceContext>& ActiveSpan::Context() { return active; }

Tracing::Tracing(const TracingOptions& options) {
  sdk_log::GlobalLogHandler::SetLogHandler(
      opentelemetry::nostd::shared_ptr<sdk_log::LogHandler>(new QuietLog));
  opentelemetry::exporter::otlp::OtlpGrpcExporterOptions exporter;
  exporter.endpoint = options.endpoint;
  exporter.use_ssl_credentials = false;
  exporter.timeout = std::chrono::seconds(2);
  exporter.user_agent = options.service + "/" + options.version;
  sdk::BatchSpanProcessorOptions batches;
  batches.schedule_delay_millis = std::chrono::milliseconds(1000);
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  auto resource = opentelemetry::sdk::resource::Resource::Create(
      {{"service.name", options.service},
       {"service.version", options.version},
       {"service.namespace", "gongkai"},
       {"service.instance.id", std::string(host) + "-" + std::to_string(getpid())}});
  auto* tracer = new Tracer;
  tracer->provider = sdk::TracerProviderFactory::Create(
      sdk::BatchSpanProcessorFactory::Create(
          opentelemetry::exporter::otlp::OtlpGrpcExporterFactory::Create(exporter), batches),
      resource, sdk::AlwaysOnSamplerFactory::Create(), std::make_unique<GivenIds>());
  tracer->tracer = tracer->provider->GetTracer("gongkai", options.version);
  tracer->ratio = options.ratio;
  current.store(tracer, std::memory_order_release);
}

Tracing::~Tracing() {
  const std::unique_ptr<Tracer> tracer(current.exchange(nullptr, std::memory_order_acq_rel));
  tracer->provider->ForceFlush(std::chrono::seconds(2));
  tracer->provider->Shutdown(std::chrono::seconds(2));
}

}  // namespace gongkai::telemetry
