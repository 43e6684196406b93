#include "services/gateway/upstream/grpc_upstream.h"

#include <absl/synchronization/mutex.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <mutex>
#include <utility>

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

CallStatus ToCallStatus(const grpc::Status& status) {
  return {status.error_code(), status.error_message(), status.error_details()};
}

void Prepare(grpc::ClientContext& context, const CallRequest& request) {
  if (request.deadline) context.set_deadline(*request.deadline);
  for (const auto& [name, value] : request.metadata) context.AddMetadata(name, value);
}

class UnaryCall : public Call, public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(const CallRequest& request, std::shared_ptr<CallObserver> observer)
      : request_(ToBuffer(request.message)), observer_(std::move(observer)) {
    Prepare(context_, request);
  }

  void Start(grpc::GenericStub& stub, const std::string& method) {
    stub.UnaryCall(&context_, method, {}, &request_, &response_,
                   [self = shared_from_this()](const grpc::Status& status) {
                     if (status.ok()) self->observer_->OnMessage(self, ToText(self->response_));
                     self->observer_->OnFinish(ToCallStatus(status));
                   });
  }

  void Next() override {}
  void Cancel() override { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  const std::shared_ptr<CallObserver> observer_;
};

class StreamCall : public Call,
                   public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                   public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(const CallRequest& request, std::shared_ptr<CallObserver> observer)
      : request_(ToBuffer(request.message)), observer_(std::move(observer)) {
    Prepare(context_, request);
  }

  void Start(grpc::GenericStub& stub, const std::string& method) {
    self_ = shared_from_this();
    stub.PrepareBidiStreamingCall(&context_, method, {}, this);
    // Next is called outside of gRPC's callbacks: the hold keeps the call from being done meanwhile.
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
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
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  const std::shared_ptr<CallObserver> observer_;
  std::shared_ptr<StreamCall> self_;  // until OnDone

  std::mutex mutex_;
  bool reading_ = true;
  bool cancelled_ = false;
  bool ended_ = false;
};

template <typename AnyCall>
std::shared_ptr<Call> StartCall(grpc::GenericStub& stub, const CallRequest& request,
                                std::shared_ptr<CallObserver> observer) {
  auto call = std::make_shared<AnyCall>(request, std::move(observer));
  call->Start(stub, request.method);
  return call;
}

}  // namespace

GrpcUpstream::GrpcUpstream(std::shared_ptr<grpc::Channel> channel) : stub_(std::move(channel)) {}

std::shared_ptr<Call> GrpcUpstream::Start(CallRequest request,
                                          std::shared_ptr<CallObserver> observer) {
  return request.server_streaming ? StartCall<StreamCall>(stub_, request, std::move(observer))
                                  : StartCall<UnaryCall>(stub_, request, std::move(observer));
}

void PrepareGrpc() { absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore); }

}  // namespace gongkai::gateway
