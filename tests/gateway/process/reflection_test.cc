// The gateway before services that it knows by reflection only.
#include "services/gateway/upstream/reflection.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "services/common/rpc/server.h"
#include "services/gateway/descriptors/descriptor_set.h"
#include "services/gateway/process/gateway.h"
#include "services/gateway/upstream/grpc_upstream.h"
#include "tests/gateway/support/http_client.h"
#include "tests/gateway/support/test_upstream.h"
#include "tests/support/test_protos.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::FileDescriptorSet;
using testing::HasSubstr;
using namespace std::chrono_literals;

FileDescriptorSet TestFiles() {
  FileDescriptorSet files;
  std::ifstream input(TestDescriptorPath(), std::ios::binary);
  if (!files.ParseFromIstream(&input)) throw std::runtime_error("no test descriptors");
  return files;
}

google::protobuf::MethodDescriptorProto& Method(FileDescriptorSet& files, const std::string& name) {
  for (auto& file : *files.mutable_file()) {
    for (auto& service : *file.mutable_service()) {
      for (auto& method : *service.mutable_method()) {
        if (method.name() == name) return method;
      }
    }
  }
  throw std::runtime_error("no method " + name);
}

class ReflectionTest : public testing::Test {
 protected:
  void Start(const std::string& name = "gateway.test.Library") {
    auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                   .upstreams = {name + '=' + upstream_.address()},
                                   .reflect = true,
                                   .reflect_seconds = "1",
                                   .threads = "2"});
    if (!gateway) throw std::runtime_error(config::ReportFaults("gateway", gateway.error()));
    gateway_ = std::move(*gateway);
  }

  ClientResponse Call(const std::string& target) {
    return HttpClient(gateway_->address()).Call("GET", target);
  }

  // Calls until the answer has this status, as long as a slow machine may need.
  testing::AssertionResult Becomes(const std::string& target, int status) {
    const auto limit = std::chrono::steady_clock::now() + 30s;
    int last = 0;
    while (std::chrono::steady_clock::now() < limit) {
      last = Call(target).status;
      if (last == status) return testing::AssertionSuccess();
      std::this_thread::sleep_for(20ms);
    }
    return testing::AssertionFailure() << target << " stays " << last;
  }

  TestUpstream upstream_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(ReflectionTest, ServesWhatTheServerDescribes) {
  upstream_.Reflect(TestFiles());
  upstream_.Answer({.messages = {TestWire("Book", "pages: 7")}});
  Start();
  ASSERT_TRUE(Becomes("/readyz", 200));
  EXPECT_EQ(Call("/v1/shelves/a/books/b").body, R"({"pages":"7"})");
  EXPECT_THAT(Call("/openapi.json").body, HasSubstr("Library_GetBook"));
}

TEST_F(ReflectionTest, ServesAllThatTheServerHasOfAPackage) {
  upstream_.Reflect(TestFiles());
  upstream_.Answer({.messages = {TestWire("Book", "pages: 7")}});
  Start("gateway.test");
  ASSERT_TRUE(Becomes("/readyz", 200));
  EXPECT_EQ(Call("/v1/shelves/a/books/b").body, R"({"pages":"7"})");
}

TEST_F(ReflectionTest, SpeaksTheOlderVersionToo) {
  // The one that gRPC's own servers offer.
  GrpcUpstream upstream(rpc::MakeChannel(upstream_.address()));
  const std::string service = "grpc.reflection.v1alpha.ServerReflection";
  const auto descriptors = ReflectDescriptors(upstream, {service});
  ASSERT_TRUE(descriptors) << descriptors.error().message;
  const auto set = DescriptorSet::Parse(*descriptors);
  ASSERT_TRUE(set);
  EXPECT_NE((*set)->FindService(service), nullptr);
}

TEST_F(ReflectionTest, IsNotReadyBeforeItHasDescriptors) {
  Start();
  const auto ready = Call("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("NO_DESCRIPTORS"));
  EXPECT_EQ(Call("/v1/books").status, 404);
  upstream_.Answer({.messages = {""}});
  upstream_.Reflect(TestFiles());
  EXPECT_TRUE(Becomes("/v1/books", 200));
}

TEST_F(ReflectionTest, TakesANewContractAndKeepsTheOldOneBeforeABadOne) {
  upstream_.Reflect(TestFiles());
  upstream_.Answer({.messages = {""}});
  Start();
  ASSERT_TRUE(Becomes("/v1/books", 200));

  auto without_type = TestFiles();
  Method(without_type, "GetBook").set_input_type(".gateway.test.Nothing");
  upstream_.Reflect(without_type);
  // Asked for the second time, it has done with the first answer.
  ASSERT_TRUE(upstream_.WaitForReflections(2));
  EXPECT_EQ(Call("/v1/books").status, 200);

  auto renamed = TestFiles();
  Method(renamed, "UploadCover").clear_options();
  upstream_.Reflect(renamed);
  EXPECT_TRUE(Becomes("/openapi.json", 200));
  const auto limit = std::chrono::steady_clock::now() + 30s;
  while (Call("/openapi.json").body.find("UploadCover") != std::string::npos) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit);
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(Call("/v1/books").status, 200);
}

TEST_F(ReflectionTest, AServiceThatIsNotThereIsNamed) {
  upstream_.Reflect(TestFiles());
  GrpcUpstream upstream(rpc::MakeChannel(upstream_.address()));
  const auto descriptors = ReflectDescriptors(upstream, {"gateway.test.Museum"});
  ASSERT_FALSE(descriptors);
  EXPECT_THAT(descriptors.error().message, HasSubstr("gateway.test.Museum"));
}

}  // namespace
}  // namespace gongkai::gateway
