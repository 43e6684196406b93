#include "services/reporting/projector/projector.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/common/log/log.h"
#include "services/common/rpc/status_mapping.h"
#include "services/common/telemetry/span.h"
#include "services/common/telemetry/span_names.h"
#include "services/reporting/projector/batch_reader.h"
#include "services/reporting/projector/day_split.h"

namespace gongkai::reporting {
namespace {

// The reason of the contract for a resume token that is too old.
constexpr const char* kTokenExpired = "TOKEN_EXPIRED";

// Empty if the file cannot be read: the plans service then says what is missing.
std::string FirstWordOf(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  file >> word;
  return word;
}

// The calls whose writes a message carries, as far as they were traced: each once.
std::vector<std::string> TracesOf(const plans::v1::WatchResponse& message) {
  std::set<std::string> traces;
  if (!telemetry::Span::Enabled()) return {};
  for (const auto& change : message.changes()) {
    if (traces.size() == Batch::kMostTraces) break;
    if (!change.traceparent().empty()) traces.insert(change.traceparent());
  }
  return {traces.begin(), traces.end()};
}

std::vector<telemetry::TraceContext> LinksOf(const Batch& batch) {
  std::vector<telemetry::TraceContext> links;
  for (const auto& trace : batch.traces) {
    const auto link = telemetry::TraceContext::Parse(trace);
    if (link && link->sampled) links.push_back(*link);
  }
  return links;
}

// Facts that are read ahead, and written together at most.
constexpr std::size_t kMostFacts = 10000;

using Stream = grpc::ClientReaderInterface<plans::v1::WatchResponse>;

// Puts what the stream sends after `token` into the queue, until it ends, a message cannot be read,
// or nobody takes any more.
Result<void> ReadStream(std::string token, Stream& stream, BatchQueue& batches) {
  plans::v1::WatchResponse message;
  while (stream.Read(&message)) {
    for (const auto& part : SplitByDay(std::move(message))) {
      auto batch = ReadBatch(token, part);
      if (!batch) return Fail(batch.error());
      batch->traces = TracesOf(part);
      token = batch->resume_token;
      if (!batches.Put(*std::move(batch))) return {};
    }
  }
  return {};
}

}  // namespace

Projector::Projector(FigureStore& store, std::shared_ptr<grpc::Channel> plans,
                     const Options& options)
    : store_(store),
      feed_(plans::v1::ChangeFeed::NewStub(std::move(plans))),
      options_(options),
      back_off_(options.least_back_off),
      random_(std::random_device{}()),
      thread_([this] { Run(); }) {}

Projector::~Projector() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    if (call_) call_->TryCancel();
  }
  stop_.notify_all();
  thread_.join();
}

void Projector::Run() {
  while (!stopping()) {
    auto lease = store_.TryLead();
    if (lease && !*lease) {
      Wait(options_.standby);
      continue;
    }
    const auto led = lease ? Lead(**lease) : Result<void>(Fail(lease.error()));
    StepDown(led.has_value());
    if (stopping()) return;
    if (!led) {
      log::Warning("projection is held up",
                   {{"reason", led.error().reason}, {"what", led.error().message}});
    }
    // After a stream that ended well, too: a server that ends them all must not be stormed.
    BackOff();
  }
}

Result<void> Projector::Lead(ApplyLease& lease) {
  auto position = store_.ReadPosition();
  if (!position) return Fail(position.error());
  log::Info("following the change feed", {{"resume_token", position->resume_token}});
  Advance(*position, 0);
  auto followed = Follow(lease, position->resume_token);
  if (followed || followed.error().reason != kTokenExpired) return followed;
  log::Warning("the feed no longer keeps what comes next: reading everything anew",
               {{"resume_token", position->resume_token}});
  return store_.StartOver(position->resume_token);
}

Result<void> Projector::Follow(ApplyLease& lease, const std::string& token) {
  grpc::ClientContext context;
  if (!options_.token_file.empty()) {
    context.AddMetadata("authorization", "Bearer " + FirstWordOf(options_.token_file));
  }
  if (!Enter(context)) return {};
  plans::v1::WatchRequest request;
  request.set_resume_token(token);
  request.set_snapshot(true);
  auto stream = feed_->Watch(&context, request);
  BatchQueue batches(kMostFacts);
  std::thread reader([&] { batches.End(ReadStream(token, *stream, batches)); });
  const auto applied = ApplyBatches(lease, batches);
  // A call that is to be left early would otherwise be waited for; one that ended is not touched.
  if (!applied) context.TryCancel();
  batches.Stop();
  reader.join();
  const grpc::Status status = stream->Finish();
  Leave();
  if (!applied) return Fail(applied.error());
  if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
  return {};
}

Result<void> Projector::ApplyBatches(ApplyLease& lease, BatchQueue& batches) {
  while (const auto batch = batches.Take()) {
    if (!lease.Held()) {
      return Fail(Unavailable("LEASE_LOST", "the connection that held the right to apply is gone"));
    }
    const auto position = Apply(*batch);
    if (!position) return Fail(position.error());
    Advance(*position, batch->size());
    back_off_ = options_.least_back_off;
  }
  return batches.end();
}

Result<Position> Projector::Apply(const Batch& batch) {
  // An empty one only moves the time that the figures stand for.
  auto span = batch.size() == 0 ? telemetry::Span()
                                : telemetry::StartSpan({.name = "process changes",
                                                        .kind = telemetry::SpanKind::kConsumer,
                                                        .links = LinksOf(batch)});
  span.Set(telemetry::kMessagingSystem, "gongkai.change_feed");
  span.Set(telemetry::kMessagingOperation, "process");
  span.Set(telemetry::kBatchCount, static_cast<std::int64_t>(batch.size()));
  const telemetry::ActiveSpan active(span);
  auto position = store_.Apply(batch);
  if (!position) span.Fail(position.error().reason);
  return position;
}

Projector::Progress Projector::progress() const {
  std::lock_guard lock(mutex_);
  return progress_;
}

void Projector::Advance(const Position& position, std::size_t changes) {
  std::lock_guard lock(mutex_);
  progress_.leads = true;
  progress_.current_as_of = position.current_as_of;
  progress_.changes += changes;
}

void Projector::StepDown(bool in_order) {
  std::lock_guard lock(mutex_);
  progress_.leads = false;
  progress_.current_as_of.reset();
  if (!in_order && !stopping_) ++progress_.failures;
}

bool Projector::Enter(grpc::ClientContext& context) {
  std::lock_guard lock(mutex_);
  if (stopping_) return false;
  call_ = &context;
  return true;
}

void Projector::Leave() {
  std::lock_guard lock(mutex_);
  call_ = nullptr;
}

bool Projector::stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void Projector::Wait(std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  stop_.wait_for(lock, duration, [this] { return stopping_; });
}

void Projector::BackOff() {
  // Jitter keeps replicas from knocking together when the feed comes back.
  std::uniform_int_distribution<std::int64_t> between(back_off_.count() / 2, back_off_.count());
  Wait(std::chrono::milliseconds(between(random_)));
  back_off_ = std::min(back_off_ * 2, options_.most_back_off);
}

}  // namespace gongkai::reporting
