#include "services/gateway/process/gateway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <future>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/gateway/support/http_client.h"
#include "tests/gateway/support/test_upstream.h"
#include "tests/support/test_protos.h"

namespace gongkai::gateway {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr char kWatch[] = "GET /v1/books:watch HTTP/1.1\r\nHost: test\r\n\r\n";

class GatewayTest : public testing::Test {
 protected:
  GatewayTest() { Start("20"); }

  void Start(const std::string& drain_seconds) {
    auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                   .upstreams = {"gateway.test.Library=" + upstream_.address()},
                                   .descriptor_set = TestDescriptorPath(),
                                   .threads = "2",
                                   .max_body_bytes = "16777216",
                                   .heartbeat_seconds = "1",
                                   .drain_seconds = drain_seconds});
    if (!gateway) throw std::runtime_error(config::ReportFaults("gateway", gateway.error()));
    gateway_ = std::move(*gateway);
  }

  TestUpstream upstream_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(GatewayTest, AMessageOfAStreamLeavesAtOnce) {
  upstream_.Answer({.messages = {TestWire("Book", "pages: 1")}, .stays_open = true});
  HttpClient client(gateway_->address());
  client.Send(kWatch);
  EXPECT_THAT(client.ReceiveUntil("{\"pages\":\"1\"}\n"), HasSubstr("application/x-ndjson"));
}

TEST_F(GatewayTest, TheHeadOfASilentStreamLeavesAndThenSignsOfLife) {
  upstream_.Answer({.stays_open = true});
  HttpClient lines(gateway_->address());
  lines.Send(kWatch);
  EXPECT_THAT(lines.ReceiveUntil("\r\n\r\n1\r\n\n\r\n"), HasSubstr("HTTP/1.1 200"));
  HttpClient events(gateway_->address());
  events.Send("GET /v1/books:watch HTTP/1.1\r\nHost: test\r\nAccept: text/event-stream\r\n\r\n");
  EXPECT_THAT(events.ReceiveUntil("\r\n\r\n3\r\n:\n\n\r\n"), HasSubstr("text/event-stream"));
}

TEST_F(GatewayTest, ARawUploadGoesInPieces) {
  upstream_.Answer({.messages = {""}});
  HttpClient client(gateway_->address());
  const std::string content(200'000, 'x');
  const auto response =
      client.Call("POST", "/v1/shelves/a/books/b:upload", {{"Content-Type", "image/png"}}, content);
  EXPECT_EQ(response.status, 200);
  const auto call = upstream_.TakeCall();
  ASSERT_TRUE(call);
  EXPECT_GT(call->messages.size(), 2u);
  const auto whole = NewTestMessage("PutCoverRequest");
  std::string merged;
  for (const auto& message : call->messages) {
    ASSERT_TRUE(whole->ParseFromString(message));
    const auto& field = *whole->GetDescriptor()->FindFieldByName("content");
    const auto& body = whole->GetReflection()->GetMessage(*whole, &field);
    const auto* data = body.GetDescriptor()->FindFieldByName("data");
    merged += body.GetReflection()->GetString(body, data);
  }
  EXPECT_EQ(merged, content);
}

TEST_F(GatewayTest, APackedBodyIsUnpackedWithinTheLimit) {
  upstream_.Answer({.messages = {""}});
  const auto packed = [](const std::string& text) {
    std::string bytes(compressBound(text.size()), '\0');
    uLongf size = bytes.size();
    compress(reinterpret_cast<Bytef*>(bytes.data()), &size,
             reinterpret_cast<const Bytef*>(text.data()), text.size());
    return bytes.substr(0, size);
  };
  const std::map<std::string, std::string> headers = {{"Content-Encoding", "deflate"},
                                                      {"Content-Type", "application/json"}};
  HttpClient client(gateway_->address());
  EXPECT_EQ(client.Call("POST", "/v1/shelves/a/books", headers, packed(R"({"pages": 7})")).status,
            200);
  const auto call = upstream_.TakeCall();
  ASSERT_TRUE(call);
  EXPECT_EQ(TestText("CreateBookRequest", call->message),
            "parent: \"shelves/a\" book { pages: 7 }");
  const auto bomb = packed("{\"displayName\": \"" + std::string(20'000'000, 'x') + "\"}");
  EXPECT_EQ(client.Call("POST", "/v1/shelves/a/books", headers, bomb).status, 413);
}

TEST_F(GatewayTest, AClientThatLeavesCancelsTheUpstream) {
  upstream_.Answer({.messages = {TestWire("Book", "pages: 1")}, .stays_open = true});
  HttpClient client(gateway_->address());
  client.Send(kWatch);
  client.ReceiveUntil("pages");
  client.Close();
  EXPECT_TRUE(upstream_.WaitForCancellation());
}

TEST_F(GatewayTest, AClientThatLeavesBeforeAUnaryAnswerCancelsTheUpstream) {
  upstream_.Answer({.stays_open = true});
  HttpClient client(gateway_->address());
  client.Send("GET /v1/books HTTP/1.1\r\nHost: test\r\n\r\n");
  while (!upstream_.TakeCall()) std::this_thread::yield();
  client.Close();
  EXPECT_TRUE(upstream_.WaitForCancellation());
}

TEST_F(GatewayTest, AClientThatDoesNotReadSlowsTheUpstreamDown) {
  const std::string message = TestWire("Book", "display_name: '" + std::string(100'000, 'x') + "'");
  constexpr int kMessages = 2000;
  upstream_.Answer({.messages = std::vector<std::string>(kMessages, message)});
  HttpClient client(gateway_->address());
  client.Send(kWatch);
  client.ReceiveUntil("xxx");
  // Sending comes to a rest long before the end: 200 MB fit into no buffer on the way.
  int before = -1;
  for (int rests = 0; rests < 5;) {
    std::promise<void>().get_future().wait_for(100ms);
    const int now = upstream_.sent();
    rests = now == before ? rests + 1 : 0;
    before = now;
    ASSERT_LT(now, kMessages);
  }
  EXPECT_LT(before, kMessages / 2);
  const auto response = client.Receive();
  EXPECT_TRUE(response.complete);
  EXPECT_TRUE(response.body.ends_with("{\"end\":{\"count\":2000}}\n"));
}

TEST_F(GatewayTest, ARawStreamThatFailsIsCutOff) {
  upstream_.Answer({.messages = {std::string("\x12\x03"
                                             "abc")},
                    .status = grpc::Status(grpc::StatusCode::INTERNAL, "x")});
  HttpClient client(gateway_->address());
  const auto response = client.Call("GET", "/v1/shelves/a/books/b:read");
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(response.complete);
}

TEST_F(GatewayTest, OneConnectionCarriesRequestsOneAfterTheOther) {
  upstream_.Answer({.messages = {TestWire("Book", "pages: 1")}});
  HttpClient client(gateway_->address());
  EXPECT_EQ(client.Call("GET", "/v1/shelves/a/books/b").status, 200);
  EXPECT_EQ(client.Call("GET", "/v1/nothing").status, 404);
  const std::string request = "GET /v1/shelves/a/books/b HTTP/1.1\r\nHost: test\r\n\r\n";
  client.Send(request + request);
  EXPECT_EQ(client.Receive().body, R"({"pages":"1"})");
  EXPECT_EQ(client.Receive().body, R"({"pages":"1"})");
}

TEST_F(GatewayTest, AHeaderThatIsTooLargeIs431) {
  HttpClient client(gateway_->address());
  const auto response = client.Call("GET", "/v1/books", {{"X-Large", std::string(17 * 1024, 'x')}});
  EXPECT_EQ(response.status, 431);
  EXPECT_THAT(response.body, HasSubstr("HEADER_TOO_LARGE"));
}

TEST_F(GatewayTest, ABodyThatIsTooLargeIs413) {
  HttpClient client(gateway_->address());
  client.Send(
      "POST /v1/shelves/a/books HTTP/1.1\r\nHost: test\r\nContent-Length: 16777217\r\n\r\n");
  const auto response = client.Receive();
  EXPECT_EQ(response.status, 413);
  EXPECT_THAT(response.body, HasSubstr("BODY_TOO_LARGE"));
}

TEST_F(GatewayTest, AClientThatExpectsAContinueGetsIt) {
  upstream_.Answer({.messages = {""}});
  HttpClient client(gateway_->address());
  client.Send(
      "POST /v1/shelves/a/books HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
      "Content-Length: 2\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 100);
  client.Send("{}");
  EXPECT_EQ(client.Receive().status, 200);
}

TEST_F(GatewayTest, ADeadlineEndsACall) {
  upstream_.Answer({.stays_open = true});
  HttpClient client(gateway_->address());
  const auto response = client.Call("GET", "/v1/books", {{"Grpc-Timeout", "50m"}});
  EXPECT_EQ(response.status, 504);
  EXPECT_EQ(nlohmann::json::parse(response.body)["code"], 4);
}

TEST_F(GatewayTest, UnaryCallsHaveADeadlineAndStreamsHaveNone) {
  upstream_.Answer({.messages = {""}});
  HttpClient client(gateway_->address());
  const auto before = std::chrono::system_clock::now();
  client.Call("GET", "/v1/books");
  const auto unary = upstream_.TakeCall();
  ASSERT_TRUE(unary);
  EXPECT_GT(unary->deadline, before + 20s);
  EXPECT_LT(unary->deadline, before + 60s);
  client.Call("GET", "/v1/books:watch");
  const auto stream = upstream_.TakeCall();
  ASSERT_TRUE(stream);
  EXPECT_GT(stream->deadline, before + 24h);
}

TEST_F(GatewayTest, IsHealthyAndReady) {
  HttpClient client(gateway_->address());
  EXPECT_EQ(client.Call("GET", "/healthz").body, R"({"status":"UP"})");
  const auto ready = client.Call("GET", "/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(nlohmann::json::parse(ready.body)["upstreams"][0]["address"], upstream_.address());
}

TEST_F(GatewayTest, CountsItsRequests) {
  upstream_.Answer({.messages = {""}});
  HttpClient client(gateway_->address());
  client.Call("GET", "/v1/books");
  client.Call("GET", "/v1/books");
  client.Call("POST", "/v1/nothing");
  const auto metrics = client.Call("GET", "/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_EQ(metrics.headers.at("content-type"), "text/plain; version=0.0.4");
  EXPECT_THAT(metrics.body,
              HasSubstr("gongkai_gateway_requests_total{method=\"GET\",status=\"200\"} 2\n"));
  EXPECT_THAT(metrics.body,
              HasSubstr("gongkai_gateway_requests_total{method=\"POST\",status=\"404\"} 1\n"));
  EXPECT_THAT(metrics.body, HasSubstr("gongkai_gateway_requests_in_flight 0\n"));
  EXPECT_THAT(metrics.body, HasSubstr("gongkai_gateway_request_duration_seconds_count 3\n"));
}

TEST_F(GatewayTest, ServesTheConsole) {
  HttpClient client(gateway_->address());
  const auto page = client.Call("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_EQ(page.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(client.Call("GET", "/../main.cc").status, 404);
}

// The console tells its pages apart itself; a file that is not there is no page.
TEST_F(GatewayTest, ServesTheConsoleAtTheAddressesOfItsPages) {
  HttpClient client(gateway_->address());
  const auto page = client.Call("GET", "/");
  EXPECT_EQ(client.Call("GET", "/console").body, page.body);
  EXPECT_EQ(client.Call("GET", "/console/divisions/370000?view=heat").body, page.body);
  EXPECT_EQ(client.Call("GET", "/consoles").status, 404);
  EXPECT_EQ(client.Call("GET", "/assets/gone.js").status, 404);
}

// The names of scripts change with their content, so that browsers keep them.
TEST_F(GatewayTest, LetsBrowsersKeepTheScriptsOfTheConsole) {
  HttpClient client(gateway_->address());
  const std::string page = client.Call("GET", "/").body;
  std::smatch script;
  ASSERT_TRUE(std::regex_search(page, script, std::regex("src=\"(/assets/[^\"]+\\.js)\"")));
  const auto answer = client.Call("GET", script[1].str(), {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "text/javascript; charset=utf-8");
  EXPECT_THAT(answer.headers.at("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(answer.headers.at("content-encoding"), "gzip");
}

TEST_F(GatewayTest, DescribesItself) {
  HttpClient client(gateway_->address());
  const auto whole = client.Call("GET", "/openapi.json");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.headers.at("content-type"), "application/json");
  EXPECT_EQ(nlohmann::json::parse(whole.body)["openapi"], "3.1.0");
  const std::string tag = whole.headers.at("etag");
  EXPECT_EQ(client.Call("GET", "/openapi.json", {{"If-None-Match", tag}}).status, 304);
  const auto packed = client.Call("GET", "/openapi.json", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.at("etag"), "W/" + tag);
  EXPECT_LT(packed.body.size(), whole.body.size() / 4);
}

TEST_F(GatewayTest, ServesAPageAboutItsApi) {
  HttpClient client(gateway_->address());
  const auto page = client.Call("GET", "/api");
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("default-src 'self'"));
  EXPECT_EQ(client.Call("GET", "/api.css").status, 200);
  EXPECT_EQ(client.Call("GET", "/api.js").headers.at("content-type"),
            "text/javascript; charset=utf-8");
}

TEST_F(GatewayTest, ADrainWaitsForAnswersUnderWay) {
  upstream_.Answer({.stays_open = true});
  HttpClient idle(gateway_->address());
  EXPECT_EQ(idle.Call("GET", "/healthz").status, 200);
  HttpClient busy(gateway_->address());
  busy.Send("GET /v1/books HTTP/1.1\r\nHost: test\r\nGrpc-Timeout: 500m\r\n\r\n");
  while (!upstream_.TakeCall()) std::this_thread::yield();
  auto drained = std::async(std::launch::async, [&] { gateway_->Drain(); });
  EXPECT_TRUE(idle.IsClosed());
  const auto response = busy.Receive();
  EXPECT_EQ(response.status, 504);
  EXPECT_EQ(response.headers.at("connection"), "close");
  busy.Close();
  EXPECT_EQ(drained.wait_for(15s), std::future_status::ready);
  EXPECT_THROW(HttpClient(gateway_->address()), std::runtime_error);
}

TEST_F(GatewayTest, AStreamThatOutlivesTheDrainEndsWithAnError) {
  Start("0");
  upstream_.Answer({.messages = {TestWire("Book", "pages: 1")}, .stays_open = true});
  HttpClient client(gateway_->address());
  client.Send(kWatch);
  client.ReceiveUntil("pages");
  auto drained = std::async(std::launch::async, [&] { gateway_->Drain(); });
  const auto response = client.Receive();
  EXPECT_TRUE(response.complete);
  EXPECT_THAT(response.body, HasSubstr("\n{\"error\":{\"code\":14,"));
  EXPECT_THAT(response.body, HasSubstr("SHUTTING_DOWN"));
  client.Close();
  EXPECT_EQ(drained.wait_for(15s), std::future_status::ready);
}

TEST(GatewayStart, AnUpstreamThatIsNotThereIsNotReadyAndCallsSaySo) {
  std::string nowhere;
  {
    TestUpstream gone;
    nowhere = gone.address();
  }
  const auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                       .upstreams = {"gateway.test.Library=" + nowhere},
                                       .descriptor_set = TestDescriptorPath(),
                                       .threads = "1"});
  ASSERT_TRUE(gateway);
  HttpClient client((*gateway)->address());
  const auto ready = client.Call("GET", "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr(nowhere));
  const auto response = client.Call("GET", "/v1/books");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, HasSubstr("UPSTREAM_UNAVAILABLE"));
  EXPECT_THAT(response.body, testing::Not(HasSubstr(nowhere)));
}

TEST(GatewayStart, ATrustedProxyTellsWhoseRequestItIs) {
  TestUpstream upstream;
  upstream.Answer({.messages = {""}});
  const auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                       .upstreams = {"gateway.test.Library=" + upstream.address()},
                                       .descriptor_set = TestDescriptorPath(),
                                       .threads = "1",
                                       .trusted_proxies = {"127.0.0.0/8"}});
  ASSERT_TRUE(gateway);
  HttpClient client((*gateway)->address());
  client.Call("GET", "/v1/books", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.7"}});
  const auto call = upstream.TakeCall();
  ASSERT_TRUE(call);
  EXPECT_EQ(call->metadata.at("x-forwarded-for"), "203.0.113.7, 127.0.0.1");
}

TEST(GatewayUpstreams, ACallBeyondTheMostIsRefusedAtOnce) {
  TestUpstream upstream;
  upstream.Answer({.messages = {TestWire("Book", "pages: 1")}, .stays_open = true});
  const auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                       .upstreams = {"gateway.test=" + upstream.address()},
                                       .descriptor_set = TestDescriptorPath(),
                                       .threads = "1",
                                       .max_calls = "1"});
  ASSERT_TRUE(gateway);
  HttpClient waiting((*gateway)->address());
  waiting.Send(kWatch);
  waiting.ReceiveUntil("pages");
  const auto response = HttpClient((*gateway)->address()).Call("GET", "/v1/books");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.headers.at("retry-after"), "1");
  EXPECT_THAT(response.body, HasSubstr("UPSTREAM_OVERLOADED"));
  // It still counts as ready, for it serves others.
  EXPECT_EQ(HttpClient((*gateway)->address()).Call("GET", "/readyz").status, 200);
}

TEST(GatewayUpstreams, OnlyWhatReadsIsTriedAgain) {
  TestUpstream upstream;
  upstream.Answer({.status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "not now")});
  const auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                       .upstreams = {"gateway.test=" + upstream.address()},
                                       .descriptor_set = TestDescriptorPath(),
                                       .threads = "1"});
  ASSERT_TRUE(gateway);
  HttpClient client((*gateway)->address());
  EXPECT_EQ(client.Call("GET", "/v1/books").status, 503);
  EXPECT_EQ(upstream.TakeCall()->metadata["grpc-previous-rpc-attempts"], "2");
  EXPECT_EQ(client.Call("DELETE", "/v1/shelves/a/books/b").status, 503);
  EXPECT_FALSE(upstream.TakeCall()->metadata.contains("grpc-previous-rpc-attempts"));
}

TEST(GatewayUpstreams, CallsAreSpreadOverSeveralAddresses) {
  TestUpstream one;
  TestUpstream other;
  for (auto* upstream : {&one, &other}) upstream->Answer({.messages = {""}});
  const auto gateway = Gateway::Start(
      {.listen = "127.0.0.1:0",
       .upstreams = {"gateway.test=" + one.address(), "gateway.test=" + other.address()},
       .descriptor_set = TestDescriptorPath(),
       .threads = "1"});
  ASSERT_TRUE(gateway) << config::ReportFaults("gateway", gateway.error());
  HttpClient client((*gateway)->address());
  bool both[2] = {false, false};
  const auto limit = std::chrono::steady_clock::now() + 30s;
  while (!both[0] || !both[1]) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit);
    EXPECT_EQ(client.Call("GET", "/v1/books").status, 200);
    both[0] = one.TakeCall().has_value() || both[0];
    both[1] = other.TakeCall().has_value() || both[1];
  }
}

TEST(GatewayAccessLog, TellsEachRequestWithoutItsQuery) {
  TestUpstream upstream;
  upstream.Answer({.messages = {TestWire("Book", "pages: 7")}});
  testing::internal::CaptureStderr();
  {
    const auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                         .upstreams = {"gateway.test=" + upstream.address()},
                                         .descriptor_set = TestDescriptorPath(),
                                         .threads = "1",
                                         .access_log = true});
    ASSERT_TRUE(gateway);
    HttpClient client((*gateway)->address());
    client.Call("GET", "/v1/books?tags=secret",
                {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
    client.Send("nothing\r\n\r\n");
    client.Receive();
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log,
              HasSubstr(R"("event":"request","method":"GET","path":"/v1/books","status":200)"));
  EXPECT_THAT(log, HasSubstr(R"("trace_id":"4bf92f3577b34da6a3ce929d0e0e4736")"));
  EXPECT_THAT(log, HasSubstr(R"("status":400,"reason":"BAD_REQUEST")"));
  EXPECT_THAT(log, testing::Not(HasSubstr("secret")));
}

class SlowClientTest : public testing::Test {
 protected:
  SlowClientTest() {
    auto gateway = Gateway::Start({.listen = "127.0.0.1:0",
                                   .upstreams = {"gateway.test=127.0.0.1:1"},
                                   .descriptor_set = TestDescriptorPath(),
                                   .threads = "1",
                                   .header_seconds = "1",
                                   .body_seconds = "1",
                                   .idle_seconds = "1"});
    if (!gateway) throw std::runtime_error(config::ReportFaults("gateway", gateway.error()));
    gateway_ = std::move(*gateway);
  }

  std::unique_ptr<Gateway> gateway_;
};

TEST_F(SlowClientTest, AHeaderThatDoesNotEndTimesOut) {
  HttpClient client(gateway_->address());
  client.Send("GET /v1/books HTTP/1.1\r\nHost: te");
  const auto response = client.Receive();
  EXPECT_EQ(response.status, 408);
  EXPECT_THAT(response.body, HasSubstr("REQUEST_TIMEOUT"));
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(SlowClientTest, ABodyThatDoesNotEndTimesOut) {
  HttpClient client(gateway_->address());
  client.Send(
      "POST /v1/shelves/a/books HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
      "Content-Length: 100\r\n\r\n{");
  const auto response = client.Receive();
  EXPECT_EQ(response.status, 408);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(SlowClientTest, AnIdleConnectionIsClosedWithoutAWord) {
  HttpClient client(gateway_->address());
  EXPECT_TRUE(client.IsClosed());
}

TEST(GatewayStart, NamesAllFaultsAtOnce) {
  const auto gateway = Gateway::Start({.listen = "nowhere",
                                       .upstreams = {"a.B", "c.D=x:1", "c.D=y:2"},
                                       .descriptor_set = "missing.descriptors",
                                       .console_dir = "missing",
                                       .threads = "0",
                                       .auth = "all",
                                       .cors_origins = {"console.example"},
                                       .forward_headers = {"Host"},
                                       .trusted_proxies = {"proxy"},
                                       .heartbeat_seconds = "0"});
  ASSERT_FALSE(gateway);
  std::vector<std::string> settings;
  for (const auto& fault : gateway.error()) settings.push_back(fault.setting);
  EXPECT_THAT(settings,
              testing::ElementsAre("--listen", "--threads", "--heartbeat-seconds", "--cors-origin",
                                   "--forward-header", "--trusted-proxy", "--auth", "--upstream",
                                   "--upstream", "--descriptor-set", "--console-dir"));
}

TEST(GatewayStart, TheContractOfThePlatformHasNoFault) {
  const auto gateway = Gateway::Start(
      {.listen = "127.0.0.1:0",
       .upstreams = {"gongkai.plans.v1=127.0.0.1:1", "gongkai.reporting.v1=127.0.0.1:2"},
       .threads = "1"});
  EXPECT_TRUE(gateway) << config::ReportFaults("gateway", gateway.error());
}

}  // namespace
}  // namespace gongkai::gateway
