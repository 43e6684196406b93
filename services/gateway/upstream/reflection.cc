#include "services/gateway/upstream/reflection.h"

#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "services/common/transcoding/wire_format.h"
#include "services/gateway/upstream/upstream_names.h"

namespace gongkai::gateway {
namespace {

constexpr const char* kMethods[] = {
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"};
constexpr auto kTimeout = std::chrono::seconds(10);
constexpr int kUnimplemented = 12;

// Numbers of grpc/reflection/v1/reflection.proto; v1alpha has the same.
constexpr std::uint32_t kFileByName = 3;
constexpr std::uint32_t kFileContainingSymbol = 4;
constexpr std::uint32_t kListServices = 7;
constexpr std::uint32_t kFiles = 4;
constexpr std::uint32_t kServices = 6;
constexpr std::uint32_t kService = 1;
constexpr std::uint32_t kServiceName = 1;
constexpr std::uint32_t kFile = 1;
constexpr std::uint32_t kError = 7;
constexpr std::uint32_t kErrorMessage = 2;
// Of google/protobuf/descriptor.proto.
constexpr std::uint32_t kSetFile = 1;
constexpr std::uint32_t kFileName = 1;
constexpr std::uint32_t kFileDependency = 3;

struct Answers {
  std::vector<std::string> messages;
  CallStatus status;
};

// Collects a whole stream.
class Collector : public CallObserver {
 public:
  void OnMessage(const std::shared_ptr<Call>& call, std::string message) override {
    answers_.messages.push_back(std::move(message));
    call->Next();
  }
  void OnFinish(CallStatus status) override {
    answers_.status = std::move(status);
    done_.set_value(std::move(answers_));
  }

  std::future<Answers> Future() { return done_.get_future(); }

 private:
  Answers answers_;
  std::promise<Answers> done_;
};

Answers Ask(Upstream& upstream, const char* method, std::uint32_t kind,
            const std::vector<std::string>& names) {
  CallRequest request{.method = method,
                      .client_streaming = true,
                      .server_streaming = true,
                      .deadline = std::chrono::system_clock::now() + kTimeout};
  for (const auto& name : names) {
    WireBuffer message;
    message.PutBytes(kind, name);
    request.stream.push_back(message.Take());
  }
  const auto collector = std::make_shared<Collector>();
  auto answers = collector->Future();
  upstream.Start(std::move(request), collector);
  return answers.get();
}

Error FailureOf(const CallStatus& status) {
  if (status.code == kUnimplemented) {
    return {.code = ErrorCode::kUnimplemented,
            .reason = "NO_REFLECTION",
            .message = "the server offers no reflection"};
  }
  return Unavailable("UPSTREAM_UNAVAILABLE", "reflection failed: " + status.message);
}

Error Refusal(std::string_view error) {
  std::string message;
  WireCursor cursor(error);
  while (const auto record = cursor.Next()) {
    if (record->number == kErrorMessage) message = record->bytes;
  }
  return {.code = ErrorCode::kNotFound,
          .reason = "NOT_REFLECTED",
          .message = "the server does not describe what it was asked for: " + message};
}

class Collection {
 public:
  // Takes the files of one answer.
  Result<void> Add(std::string_view answer) {
    WireCursor cursor(answer);
    while (const auto record = cursor.Next()) {
      if (record->type != WireType::kLength) continue;
      if (record->number == kError) return Fail(Refusal(record->bytes));
      if (record->number == kFiles) AddFiles(record->bytes);
    }
    if (cursor.malformed()) return Fail(Internal("reflection answered with a malformed message"));
    return {};
  }

  // Imports that no answer held.
  std::vector<std::string> Missing() const {
    std::vector<std::string> missing;
    for (const auto& name : imports_) {
      if (!files_.contains(name)) missing.push_back(name);
    }
    return missing;
  }

  std::size_t size() const { return files_.size(); }

  // In the order of their names, so that the same files give the same text.
  std::string Set() const {
    WireBuffer set;
    for (const auto& [name, file] : files_) set.PutBytes(kSetFile, file);
    return set.Take();
  }

 private:
  void AddFiles(std::string_view response) {
    WireCursor cursor(response);
    while (const auto record = cursor.Next()) {
      if (record->number == kFile && record->type == WireType::kLength) AddFile(record->bytes);
    }
  }

  void AddFile(std::string_view file) {
    std::string name;
    WireCursor cursor(file);
    while (const auto record = cursor.Next()) {
      if (record->number == kFileName) name = record->bytes;
      if (record->number == kFileDependency) imports_.insert(std::string(record->bytes));
    }
    files_.emplace(std::move(name), file);
  }

  std::map<std::string, std::string> files_;
  std::set<std::string> imports_;
};

// The services that the server has, by full names.
Result<std::vector<std::string>> ListServices(Upstream& upstream, const char* method) {
  const auto answers = Ask(upstream, method, kListServices, {"*"});
  if (!answers.status.ok()) return Fail(FailureOf(answers.status));
  std::vector<std::string> services;
  for (const auto& answer : answers.messages) {
    WireCursor cursor(answer);
    while (const auto record = cursor.Next()) {
      if (record->type != WireType::kLength) continue;
      if (record->number == kError) return Fail(Refusal(record->bytes));
      if (record->number != kServices) continue;
      WireCursor list(record->bytes);
      while (const auto service = list.Next()) {
        if (service->number != kService) continue;
        WireCursor fields(service->bytes);
        while (const auto field = fields.Next()) {
          if (field->number == kServiceName) services.emplace_back(field->bytes);
        }
      }
    }
  }
  return services;
}

// Those of the server's services that the names stand for. A name for which there is none stays: as
// that of a service which the server describes without listing it, or so that the server says what
// it has not.
std::vector<std::string> Expand(const std::vector<std::string>& names,
                                const std::vector<std::string>& listed) {
  std::set<std::string> services;
  for (const auto& name : names) {
    bool known = false;
    for (const auto& service : listed) {
      if (!IsNameFor(name, service)) continue;
      services.insert(service);
      known = true;
    }
    if (!known) services.insert(name);
  }
  return {services.begin(), services.end()};
}

Result<std::string> Reflect(Upstream& upstream, const char* method,
                            const std::vector<std::string>& wanted) {
  const auto listed = ListServices(upstream, method);
  if (!listed) return Fail(listed.error());
  Collection collection;
  std::uint32_t kind = kFileContainingSymbol;
  // Some servers send a file with all that it imports, others the file alone.
  for (auto names = Expand(wanted, *listed); !names.empty(); names = collection.Missing()) {
    const auto before = collection.size();
    const auto answers = Ask(upstream, method, kind, names);
    if (!answers.status.ok()) return Fail(FailureOf(answers.status));
    for (const auto& answer : answers.messages) {
      if (auto added = collection.Add(answer); !added) return Fail(std::move(added.error()));
    }
    if (collection.size() == before) {
      return Fail(Internal("reflection does not tell the file of " + names.front()));
    }
    kind = kFileByName;
  }
  return collection.Set();
}

}  // namespace

Result<std::string> ReflectDescriptors(Upstream& upstream, const std::vector<std::string>& names) {
  auto set = Reflect(upstream, kMethods[0], names);
  if (!set && set.error().code == ErrorCode::kUnimplemented) {
    return Reflect(upstream, kMethods[1], names);
  }
  return set;
}

}  // namespace gongkai::gateway
