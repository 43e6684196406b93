#include "tests/gateway/support/test_upstream.h"

#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <chrono>

#include "services/common/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

constexpr auto kLimit = std::chrono::seconds(20);

grpc::ByteBuffer ToBuffer(const std::string& message) {
  const grpc::Slice slice(message);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToText(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!buffer.Dump(&slices).ok()) return text;
  for (const auto& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

}  // namespace

class TestUpstream::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(TestUpstream& upstream, grpc::GenericCallbackServerContext* context)
      : upstream_(upstream), context_(context) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (ok) {
      messages_.push_back(ToText(request_));
      return StartRead(&request_);
    }
    if (context_->IsCancelled()) return End();
    if (context_->method() == "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo") {
      answer_ = upstream_.ReflectionAnswer(messages_);
      return SendNext();
    }
    ReceivedCall call{.method = context_->method(),
                      .message = messages_.empty() ? "" : messages_.front(),
                      .messages = std::move(messages_),
                      .deadline = context_->deadline()};
    for (const auto& [name, value] : context_->client_metadata()) {
      call.metadata[std::string(name.data(), name.size())] =
          std::string(value.data(), value.size());
    }
    {
      std::lock_guard lock(upstream_.mutex_);
      upstream_.call_ = std::move(call);
      upstream_.sent_ = 0;
      upstream_.cancelled_ = false;
      answer_ = upstream_.answer_;
    }
    for (const auto& [name, value] : answer_.metadata) context_->AddInitialMetadata(name, value);
    SendNext();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End();
    {
      std::lock_guard lock(upstream_.mutex_);
      ++upstream_.sent_;
    }
    upstream_.changed_.notify_all();
    SendNext();
  }

  void OnCancel() override {
    {
      std::lock_guard lock(upstream_.mutex_);
      upstream_.cancelled_ = true;
    }
    upstream_.changed_.notify_all();
    End();
  }

  void OnDone() override { delete this; }

 private:
  void SendNext() {
    if (next_ < answer_.messages.size()) {
      response_ = ToBuffer(answer_.messages[next_++]);
      StartWrite(&response_);
    } else if (!answer_.stays_open) {
      End();
    }
  }

  void End() {
    {
      std::lock_guard lock(upstream_.mutex_);
      if (finished_) return;
      finished_ = true;
    }
    Finish(answer_.status);
  }

  TestUpstream& upstream_;
  grpc::GenericCallbackServerContext* const context_;
  std::vector<std::string> messages_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  PlannedAnswer answer_;
  std::size_t next_ = 0;
  bool finished_ = false;
};

TestUpstream::TestUpstream() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

TestUpstream::~TestUpstream() {
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

void TestUpstream::Answer(PlannedAnswer answer) {
  std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
}

void TestUpstream::Reflect(google::protobuf::FileDescriptorSet files) {
  std::lock_guard lock(mutex_);
  reflected_ = std::move(files);
}

std::string TestUpstream::ServiceList() const {
  WireBuffer list;
  for (const auto& file : reflected_->file()) {
    for (const auto& service : file.service()) {
      WireBuffer name;
      name.PutBytes(1, file.package() + '.' + service.name());
      list.PutBytes(1, name.Take());
    }
  }
  WireBuffer response;
  response.PutBytes(6, list.Take());
  return response.Take();
}

PlannedAnswer TestUpstream::ReflectionAnswer(const std::vector<std::string>& requests) {
  std::lock_guard lock(mutex_);
  if (!reflected_) return {.status = grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "not here")};
  PlannedAnswer answer;
  for (const auto& request : requests) {
    WireCursor cursor(request);
    const auto asked = cursor.Next();
    const std::string name(asked ? asked->bytes : "");
    if (asked && asked->number == 7) {
      answer.messages.push_back(ServiceList());
      continue;
    }
    // A file by its name is part of the question for the service that imports it.
    if (asked && asked->number == 4) ++reflections_;
    const auto found =
        std::find_if(reflected_->file().begin(), reflected_->file().end(), [&](const auto& file) {
          const auto has_name = [&](const auto& service) {
            return file.package() + '.' + service.name() == name;
          };
          return file.name() == name ||
                 std::any_of(file.service().begin(), file.service().end(), has_name);
        });
    WireBuffer content;
    WireBuffer response;
    if (found == reflected_->file().end()) {
      content.PutBytes(2, name + " is not here");
      response.PutBytes(7, content.Take());
    } else {
      content.PutBytes(1, found->SerializeAsString());
      response.PutBytes(4, content.Take());
    }
    answer.messages.push_back(response.Take());
  }
  changed_.notify_all();
  return answer;
}

bool TestUpstream::WaitForReflections(int count) {
  std::unique_lock lock(mutex_);
  const int wanted = reflections_ + count;
  return changed_.wait_for(lock, kLimit, [&] { return reflections_ >= wanted; });
}

std::optional<ReceivedCall> TestUpstream::TakeCall() {
  std::lock_guard lock(mutex_);
  return std::exchange(call_, std::nullopt);
}

int TestUpstream::sent() const {
  std::lock_guard lock(mutex_);
  return sent_;
}

bool TestUpstream::WaitForCancellation() {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kLimit, [this] { return cancelled_; });
}

grpc::ServerGenericBidiReactor* TestUpstream::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  return new Reactor(*this, context);
}

}  // namespace gongkai::gateway
