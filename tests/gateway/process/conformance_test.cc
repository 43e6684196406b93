// Runs the cases of tests/testdata/gateway/*.json over a socket. A case is a request, what the
// upstream must receive and answers (in text format), and the response.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "services/gateway/process/gateway.h"
#include "tests/gateway/support/http_client.h"
#include "tests/gateway/support/test_upstream.h"
#include "tests/support/test_protos.h"

namespace gongkai::gateway {
namespace {

using nlohmann::json;

struct Case {
  std::string name;
  json data;
};

void PrintTo(const Case& test_case, std::ostream* out) { *out << test_case.name; }

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (const auto& entry : std::filesystem::directory_iterator(GONGKAI_TESTDATA_DIR "/gateway")) {
    std::ifstream input(entry.path());
    for (const auto& data : json::parse(input)) {
      cases.push_back(
          {entry.path().stem().string() + ": " + data["name"].get<std::string>(), data});
    }
  }
  return cases;
}

const google::protobuf::MethodDescriptor& MethodOf(const std::string& name) {
  return *TestPool().FindMethodByName("gateway.test.Library." + name);
}

// `google.protobuf.Empty` has no place in gateway.test; its only message is the empty one.
std::string WireOfAnswer(const google::protobuf::Descriptor& type, const std::string& text) {
  if (type.full_name() == "google.api.HttpBody") return text;
  return type.file()->package() == "gateway.test" ? TestWire(type.name(), text) : "";
}

grpc::Status StatusOf(const json& answer) {
  if (!answer.contains("status")) return grpc::Status::OK;
  const std::string details = answer.value("details", "");
  return {static_cast<grpc::StatusCode>(answer["status"].get<int>()), answer["message"],
          details.empty() ? "" : TestWire("StatusOfUpstream", details)};
}

class Conformance : public testing::TestWithParam<Case> {
 protected:
  static void SetUpTestSuite() {
    upstream_ = new TestUpstream();
    Options options{.listen = "127.0.0.1:0",
                    .upstreams = {"gateway.test.Library=" + upstream_->address()},
                    .descriptor_set = TestDescriptorPath(),
                    .threads = "2",
                    .cors_origins = {"https://console.example"}};
    auto gateway = Gateway::Start(options);
    ASSERT_TRUE(gateway) << config::ReportFaults("gateway", gateway.error());
    gateway_ = gateway->release();
  }
  static void TearDownTestSuite() {
    delete gateway_;
    delete upstream_;
  }

  static void PlanAnswer(const json& data) {
    PlannedAnswer planned;
    if (data.contains("upstream")) {
      const json& upstream = data["upstream"];
      const auto& type = *MethodOf(upstream["method"]).output_type();
      for (const auto& text : upstream.value("answers", json::array({""}))) {
        planned.messages.push_back(WireOfAnswer(type, text));
      }
      planned.metadata = upstream.value("answer_metadata", std::map<std::string, std::string>());
      planned.status = StatusOf(upstream);
      if (!planned.status.ok() && !upstream.contains("answers")) planned.messages.clear();
    }
    upstream_->Answer(std::move(planned));
  }

  static void CheckReceived(const json& data) {
    auto call = upstream_->TakeCall();
    if (!data.contains("upstream")) {
      EXPECT_FALSE(call) << "the upstream was called: " << call->method;
      return;
    }
    const json& upstream = data["upstream"];
    ASSERT_TRUE(call) << "the upstream was not called";
    const std::string method = upstream["method"];
    EXPECT_EQ(call->method, "/gateway.test.Library/" + method);
    const auto& type = *MethodOf(method).input_type();
    if (upstream.contains("requests")) {
      std::vector<std::string> received;
      for (const auto& message : call->messages) {
        received.push_back(TestText(type.name(), message));
      }
      EXPECT_EQ(received, upstream["requests"].get<std::vector<std::string>>());
    } else if (type.file()->package() == "gateway.test") {
      EXPECT_EQ(TestText(type.name(), call->message), upstream.value("request", ""));
    }
    const json metadata = upstream.value("metadata", json::object());
    for (const auto& [name, value] : metadata.items()) {
      EXPECT_EQ(call->metadata[name], value.get<std::string>()) << name;
    }
    const json absent = upstream.value("no_metadata", json::array());
    for (const auto& name : absent) EXPECT_FALSE(call->metadata.contains(name)) << name;
  }

  static void CheckResponse(const json& expected, const ClientResponse& response) {
    EXPECT_EQ(response.status, expected["status"].get<int>()) << response.body;
    EXPECT_TRUE(response.complete);
    const json headers = expected.value("headers", json::object());
    const bool has_content = response.status != 204 && response.status != 304;
    const std::string type = headers.value("content-type", has_content ? "application/json" : "");
    EXPECT_EQ(response.headers.contains("content-type") ? response.headers.at("content-type") : "",
              type);
    for (const auto& [name, value] : headers.items()) {
      EXPECT_EQ(response.headers.contains(name) ? response.headers.at(name) : "",
                value.get<std::string>());
    }
    if (expected.contains("body")) {
      EXPECT_EQ(response.body, expected["body"].is_string() ? expected["body"].get<std::string>()
                                                            : expected["body"].dump())
          << response.body;
    }
    if (!expected.contains("error")) return;
    const auto error = json::parse(response.body);
    ASSERT_TRUE(error.contains("message")) << response.body;
    EXPECT_EQ(error["message"], expected["error"]);
    EXPECT_TRUE(error["details"].is_array());
    EXPECT_EQ(error["code"], expected.value("code", error["code"]));
  }

  static TestUpstream* upstream_;
  static Gateway* gateway_;
};

TestUpstream* Conformance::upstream_ = nullptr;
Gateway* Conformance::gateway_ = nullptr;

TEST_P(Conformance, Holds) {
  const json& data = GetParam().data;
  PlanAnswer(data);
  const json& request = data["request"];
  HttpClient client(gateway_->address());
  ClientResponse response;
  if (request.contains("raw")) {
    client.Send(request["raw"].get<std::string>());
    response = client.Receive();
  } else {
    const json body = request.value("body", json(""));
    std::map<std::string, std::string> headers = request.value("headers", json::object());
    if (body.is_object() || body.is_array()) headers.emplace("Content-Type", "application/json");
    response = client.Call(request.value("method", "GET"), request["target"], headers,
                           body.is_string() ? body.get<std::string>() : body.dump());
  }
  CheckResponse(data["response"], response);
  CheckReceived(data);
}

INSTANTIATE_TEST_SUITE_P(Cases, Conformance, testing::ValuesIn(AllCases()));

}  // namespace
}  // namespace gongkai::gateway
