#include "tests/reporting/scripted_feed.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <thread>

#include "services/common/rpc/status_mapping.h"

namespace gongkai::reporting {
namespace {

constexpr std::string_view kPrefix = "after-";

std::string TokenAfter(std::size_t position) {
  return std::string(kPrefix) + std::to_string(position);
}

std::string ResourceNameOf(const plans::v1::Change& change) {
  const auto* field = change.GetReflection()->GetOneofFieldDescriptor(
      change, plans::v1::Change::descriptor()->FindOneofByName("resource"));
  const auto& resource = change.GetReflection()->GetMessage(change, field);
  return resource.GetReflection()->GetString(resource,
                                             resource.GetDescriptor()->FindFieldByName("name"));
}

std::size_t PositionOf(const std::string& token) {
  return token.empty() ? 0 : std::stoul(token.substr(kPrefix.size()));
}

}  // namespace

ScriptedFeed::ScriptedFeed(Script script) : script_(std::move(script)), random_(script_.seed) {
  auto server = rpc::Server::Start({.listen = "127.0.0.1:0",
                                    .drain_wait = std::chrono::milliseconds(0),
                                    .drain_limit = std::chrono::seconds(0)},
                                   {this});
  if (!server) throw std::runtime_error(server.error().message);
  server_ = *std::move(server);
}

ScriptedFeed::~ScriptedFeed() { server_->Drain(); }

std::shared_ptr<grpc::Channel> ScriptedFeed::Channel() const {
  return rpc::MakeChannel(server_->address());
}

std::string ScriptedFeed::EndToken() const {
  std::lock_guard lock(mutex_);
  return TokenAfter(script_.changes.size());
}

void ScriptedFeed::Replace(std::size_t index, const plans::v1::Change& change) {
  std::lock_guard lock(mutex_);
  script_.changes[index] = change;
}

void ScriptedFeed::Forget(std::size_t first) {
  std::lock_guard lock(mutex_);
  first_kept_ = first;
}

bool ScriptedFeed::WaitForWatches(const std::string& token, int times) {
  std::unique_lock lock(mutex_);
  return asked_.wait_for(lock, std::chrono::seconds(20), [&] {
    return std::count(tokens_asked_.begin(), tokens_asked_.end(), token) >= times;
  });
}

int ScriptedFeed::Pick(int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random_);
}

int ScriptedFeed::Start(const std::string& token) {
  std::lock_guard lock(mutex_);
  tokens_asked_.push_back(token);
  asked_.notify_all();
  return Pick(1, script_.most_batches_per_stream);
}

bool ScriptedFeed::IsExpired(const plans::v1::WatchRequest& request) {
  std::lock_guard lock(mutex_);
  if (request.snapshot() && request.resume_token().empty()) return false;
  return PositionOf(request.resume_token()) < first_kept_;
}

std::optional<plans::v1::WatchResponse> ScriptedFeed::SnapshotFor(
    const plans::v1::WatchRequest& request) {
  std::lock_guard lock(mutex_);
  if (first_kept_ == 0 || !request.snapshot() || !request.resume_token().empty()) {
    return std::nullopt;
  }
  std::map<std::string, const plans::v1::Change*> last;
  for (const auto& change : script_.changes) last[ResourceNameOf(change)] = &change;
  plans::v1::WatchResponse message;
  for (const auto& [name, change] : last) *message.add_changes() = *change;
  message.set_snapshot(true);
  message.set_resume_token(TokenAfter(first_kept_));
  return message;
}

plans::v1::WatchResponse ScriptedFeed::Next(std::size_t& position) {
  std::lock_guard lock(mutex_);
  const auto& changes = script_.changes;
  const auto end = std::min<std::size_t>(changes.size(), position + Pick(1, 25));
  plans::v1::WatchResponse message;
  for (auto i = position; i < end; ++i) {
    *message.add_changes() = changes[i];
    message.mutable_changes()->rbegin()->set_resume_token(TokenAfter(i + 1));
  }
  message.set_resume_token(TokenAfter(end));
  if (end == changes.size()) message.mutable_current_as_of()->set_seconds(1700000000);
  position = end;
  return message;
}

grpc::Status ScriptedFeed::Watch(grpc::ServerContext* context,
                                 const plans::v1::WatchRequest* request,
                                 grpc::ServerWriter<plans::v1::WatchResponse>* writer) {
  if (IsExpired(*request)) {
    return rpc::ToGrpcStatus({.code = ErrorCode::kOutOfRange,
                              .reason = "TOKEN_EXPIRED",
                              .message = "the token is too old"});
  }
  auto position = PositionOf(request->resume_token());
  if (const auto snapshot = SnapshotFor(*request)) {
    if (!writer->Write(*snapshot)) return grpc::Status::OK;
    position = PositionOf(snapshot->resume_token());
  }
  for (int batches = Start(request->resume_token()); batches > 0; --batches) {
    const auto message = Next(position);
    if (!writer->Write(message)) return grpc::Status::OK;
    // At the end a feed waits for more; this one watches for its reader to leave meanwhile.
    while (message.has_current_as_of() && !context->IsCancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  return {grpc::StatusCode::UNAVAILABLE, "the stream was cut"};
}

}  // namespace gongkai::reporting
