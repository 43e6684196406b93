#include "services/gateway/upstream/grpc_upstream.h"

#include <absl/synchronization/mutex.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <mutex>
#include <utility>
#include <vector>

namespace gongkai::gateway {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& message) {
  const grpc::Slice slice(message);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToText(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!buffer.Dump(&slices).ok()) return text;
  text.reserve(buffer.Length());
  for (const auto& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

// What gRPC's client and its policies say when they find no server.
bool IsConnectFailure(const grpc::Status& status) {
  if (status.error_code() != grpc::StatusCode::UNAVAILABLE) return false;
  for (const char* beginning : {"failed to connect to all addresses", "DNS resolution failed",
                                "connections to all backends failing", "empty address list"}) {
    if (status.error_message().starts_with(beginning)) return true;
  }
  return false;
}

CallStatus ToCallStatus(const grpc::Status& status) {
  return {status.error_code(), status.error_message(), status.error_details(),
          IsConnectFailure(status)};
}

void Prepare(grpc::ClientContext& context, const CallRequest& request) {
  if (request.deadline) context.set_deadline(*request.deadline);
  for (const auto& [name, value] : request.metadata) context.AddMetadata(name, value);
}

std::string MetadataIn(const grpc::ClientContext& context, const std::string& name) {
  const auto& metadata = context.GetServerInitialMetadata();
  const auto found = metadata.find(name);
  return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
}

class StartableCall : public Call {
 public:
  // To be called once.
  virtual void Start(grpc::GenericStub& stub, const std::string& method) = 0;
};

class UnaryCall : public StartableCall, public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(const CallRequest& request, std::shared_ptr<CallObserver> observer)
      : request_(ToBuffer(request.message)), observer_(std::move(observer)) {
    Prepare(context_, request);
  }

  void Start(grpc::GenericStub& stub, const std::string& method) override {
    stub.UnaryCall(&context_, method, {}, &request_, &response_,
                   [self = shared_from_this()](const grpc::Status& status) {
                     if (status.ok()) self->observer_->OnMessage(self, ToText(self->response_));
                     self->observer_->OnFinish(ToCallStatus(status));
                   });
  }

  void Next() override {}
  void Cancel() override { context_.TryCancel(); }
  std::string Metadata(const std::string& name) const override {
    return MetadataIn(context_, name);
  }

 private:
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  const std::shared_ptr<CallObserver> observer_;
};

class StreamCall : public StartableCall,
                   public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                   public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(CallRequest request, std::shared_ptr<CallObserver> observer)
      : observer_(std::move(observer)) {
    Prepare(context_, request);
    if (request.client_streaming) {
      messages_ = std::move(request.stream);
    } else {
      messages_.push_back(std::move(request.message));
    }
  }

  void Start(grpc::GenericStub& stub, const std::string& method) override {
    self_ = shared_from_this();
    stub.PrepareBidiStreamingCall(&context_, method, {}, this);
    // Next is called outside of gRPC's callbacks: the hold keeps the call from being done
    // meanwhile.
    AddHold();
    WriteNext();
    StartRead(&response_);
    grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>::StartCall();
  }

  // One message after the other, as the upstream takes them.
  void OnWriteDone(bool ok) override {
    if (ok && !messages_.empty()) WriteNext();
  }

  void Next() override {
    std::lock_guard lock(mutex_);
    if (cancelled_ || ended_ || reading_) return;
    reading_ = true;
    StartRead(&response_);
  }

  void Cancel() override {
    context_.TryCancel();
    std::lock_guard lock(mutex_);
    if (cancelled_ || ended_) return;
    cancelled_ = true;
    // Only the end of a read releases the hold.
    if (!reading_) StartRead(&response_);
    reading_ = true;
  }

  std::string Metadata(const std::string& name) const override {
    return MetadataIn(context_, name);
  }

  void OnReadDone(bool ok) override {
    bool ended = false;
    {
      std::lock_guard lock(mutex_);
      reading_ = false;
      ended = ended_ = !ok || cancelled_;
    }
    if (ended) {
      RemoveHold();
      return;
    }
    observer_->OnMessage(shared_from_this(), ToText(response_));
  }

  void OnDone(const grpc::Status& status) override {
    const auto self = std::exchange(self_, nullptr);
    observer_->OnFinish(ToCallStatus(status));
  }

 private:
  void WriteNext() {
    if (messages_.empty()) return StartWritesDone();
    request_ = ToBuffer(messages_[written_]);
    messages_[written_++].clear();
    if (written_ < messages_.size()) return StartWrite(&request_);
    messages_.clear();
    StartWriteLast(&request_, grpc::WriteOptions());
  }

  grpc::ClientContext context_;
  std::vector<std::string> messages_;  // empty once the last one was handed over
  std::size_t written_ = 0;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  const std::shared_ptr<CallObserver> observer_;
  std::shared_ptr<StreamCall> self_;  // until OnDone

  std::mutex mutex_;
  bool reading_ = true;
  bool cancelled_ = false;
  bool ended_ = false;
};

// One that was never sent.
class RefusedCall : public Call {
 public:
  void Next() override {}
  void Cancel() override {}
  std::string Metadata(const std::string&) const override { return ""; }
};

constexpr int kUnavailable = 14;

}  // namespace

// Passes events on, and tells the upstream when there are no more.
class GrpcUpstream::Tracked : public CallObserver {
 public:
  Tracked(GrpcUpstream& upstream, std::shared_ptr<CallObserver> observer)
      : upstream_(upstream), observer_(std::move(observer)) {}

  void OnMessage(const std::shared_ptr<Call>& call, std::string message) override {
    observer_->OnMessage(call, std::move(message));
  }
  void OnFinish(CallStatus status) override {
    observer_->OnFinish(std::move(status));
    observer_.reset();
    std::lock_guard lock(upstream_.mutex_);
    upstream_.under_way_.erase(this);
    upstream_.ended_.notify_all();
  }

 private:
  GrpcUpstream& upstream_;
  std::shared_ptr<CallObserver> observer_;
};

GrpcUpstream::GrpcUpstream(std::shared_ptr<grpc::Channel> channel, std::size_t most_calls)
    : stub_(std::move(channel)), most_calls_(most_calls) {}

GrpcUpstream::~GrpcUpstream() { Close(); }

std::shared_ptr<Call> GrpcUpstream::Start(CallRequest request,
                                          std::shared_ptr<CallObserver> observer) {
  const auto tracked = std::make_shared<Tracked>(*this, std::move(observer));
  std::shared_ptr<StartableCall> call;
  const std::string method = request.method;
  if (request.server_streaming || request.client_streaming) {
    call = std::make_shared<StreamCall>(std::move(request), tracked);
  } else {
    call = std::make_shared<UnaryCall>(request, tracked);
  }
  {
    std::unique_lock lock(mutex_);
    if (under_way_.size() >= most_calls_) {
      lock.unlock();
      tracked->OnFinish({.code = kUnavailable, .overloaded = true});
      return std::make_shared<RefusedCall>();
    }
    under_way_.emplace(tracked.get(), call);
    // Such a call is never sent: it ends as soon as it starts.
    if (closed_) call->Cancel();
  }
  call->Start(stub_, method);
  return call;
}

void GrpcUpstream::Close() {
  std::vector<std::shared_ptr<Call>> calls;
  std::unique_lock lock(mutex_);
  closed_ = true;
  for (const auto& [observer, weak] : under_way_) {
    if (auto call = weak.lock()) calls.push_back(std::move(call));
  }
  lock.unlock();
  for (const auto& call : calls) call->Cancel();
  calls.clear();
  lock.lock();
  ended_.wait(lock, [this] { return under_way_.empty(); });
}

void PrepareGrpc() { absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore); }

}  // namespace gongkai::gateway
