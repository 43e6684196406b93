// Webhooks from the contract to a real receiver, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <pqxx/pqxx>

#include "gongkai/plans/v1/webhooks.grpc.pb.h"
#include "services/common/rpc/server.h"
#include "services/plans/webhooks/webhook_secret.h"
#include "tests/plans/support/http_receiver.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;
using gongkai::testing::HttpReceiver;
using gongkai::testing::ReceivedPost;
using gongkai::testing::ReceiverAnswer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::PlansWorld;
using testing::Unit;
using Stub = v1::Webhooks::Stub;
using Lines = std::vector<std::string>;

const std::string kKey(40, 'k');

Lines SubjectsOf(const std::vector<ReceivedPost>& posts) {
  Lines lines;
  for (const auto& post : posts) {
    const auto event = nlohmann::json::parse(post.body);
    lines.push_back(event["subject"].get<std::string>() + " " +
                    event["data"].value("state", std::string()));
  }
  return lines;
}

// The world's own server has no key: one more serves the same database and delivers.
class WebhooksWorld : public ::testing::Test {
 protected:
  WebhooksWorld() { StartDelivering(); }

  void StartDelivering(std::chrono::seconds give_up = 3600s) {
    server_.reset();
    auto server = Server::Start({.listen = "127.0.0.1:0",
                                 .database = world_.conninfo(),
                                 .connections = 2,
                                 .webhooks = {.key = kKey,
                                              .allow = {"127.0.0.0/8"},
                                              .first_pause = 20ms,
                                              .longest_pause = 100ms,
                                              .answer_limit = 500ms,
                                              .give_up = give_up},
                                 .contact_keys = PlansWorld::contact_keys(),
                                 .auth = {.auth = "none"}});
    if (!server) throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    webhooks_ = v1::Webhooks::NewStub(rpc::MakeChannel(server_->address()));
  }

  v1::CreateWebhookRequest Request(const std::string& url, const Lines& kinds = {"occurrence"}) {
    v1::CreateWebhookRequest request;
    request.set_parent("divisions/370100");
    request.mutable_webhook()->set_display_name("市级平台");
    request.mutable_webhook()->set_url(url);
    for (const auto& kind : kinds) request.mutable_webhook()->add_kinds(kind);
    return request;
  }

  Result<v1::Webhook> Create(const v1::CreateWebhookRequest& request) {
    return world_.Call(*webhooks_, &Stub::CreateWebhook, request);
  }

  std::vector<v1::WebhookDelivery> Deliveries(const std::string& webhook,
                                              const std::string& filter = "") {
    v1::ListWebhookDeliveriesRequest request;
    request.set_parent(webhook);
    request.set_filter(filter);
    const auto list = world_.Call(*webhooks_, &Stub::ListWebhookDeliveries, request);
    if (!list) throw std::runtime_error(list.error().message);
    return {list->deliveries().begin(), list->deliveries().end()};
  }

  // Waits for so many deliveries that pass the filter.
  std::vector<v1::WebhookDelivery> WaitForDeliveries(const std::string& webhook, std::size_t count,
                                                     const std::string& filter) {
    const auto limit = std::chrono::steady_clock::now() + 20s;
    auto found = Deliveries(webhook, filter);
    while (found.size() != count && std::chrono::steady_clock::now() < limit) {
      std::this_thread::sleep_for(20ms);
      found = Deliveries(webhook, filter);
    }
    return found;
  }

  void Redeliver(const std::string& webhook, const Lines& deliveries, int expected) {
    v1::RedeliverWebhookRequest request;
    request.set_name(webhook);
    for (const auto& name : deliveries) request.add_deliveries(name);
    const auto done = world_.Call(*webhooks_, &Stub::RedeliverWebhook, request);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->redelivered_count(), expected);
  }

  void Report(const std::string& occurrence) {
    v1::CreateProgressReportRequest request;
    request.set_parent(occurrence);
    request.mutable_progress_report()->set_text("进展");
    ASSERT_TRUE(
        world_.Call(*world_.assignments, &v1::Assignments::Stub::CreateProgressReport, request));
  }

  PlansWorld world_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<Stub> webhooks_;
};

TEST_F(WebhooksWorld, SendEachChangeAsOneSignedCloudEvent) {
  HttpReceiver receiver([](const auto&) { return ReceiverAnswer{}; });
  auto request = Request(receiver.url());
  request.mutable_webhook()->set_digest(v1::Webhook::SM3);
  const auto webhook = Create(request);
  ASSERT_TRUE(webhook) << webhook.error().message;
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  const auto posts = receiver.WaitFor(1);
  ASSERT_EQ(posts.size(), 1u);
  const auto& headers = posts[0].headers;
  EXPECT_EQ(headers.at("content-type"), "application/cloudevents+json; charset=utf-8");
  EXPECT_EQ(headers.at("gongkai-signature"),
            WebhookSignature(WebhookDigest::kSm3, webhook->secret(),
                             headers.at("gongkai-timestamp"), posts[0].body));
  const auto event = nlohmann::json::parse(posts[0].body);
  const auto occurrence = plan + "/tasks/1/assignments/2-responsible/occurrences/1";
  EXPECT_EQ(event["specversion"], "1.0");
  EXPECT_EQ(event["type"], "gongkai.plans.v1.occurrence.changed");
  EXPECT_EQ(event["source"], "//gongkai.plans.v1/divisions/370124");
  EXPECT_EQ(event["subject"], occurrence);
  EXPECT_EQ(event["actor"], "tester");
  EXPECT_EQ(event["data"]["name"], occurrence);
  EXPECT_EQ(event["data"]["dueDate"], "2026-06-30");
  EXPECT_TRUE(event["id"].get<std::string>().starts_with("v1."));
  EXPECT_THAT(WaitForDeliveries(webhook->name(), 0, ""), IsEmpty());
}

TEST_F(WebhooksWorld, SendOnlyWhatCameAfterThemOfTheirSubtreeAndKinds) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  HttpReceiver receiver([](const auto&) { return ReceiverAnswer{}; });
  HttpReceiver elsewhere([](const auto&) { return ReceiverAnswer{}; });
  ASSERT_TRUE(Create(Request(receiver.url(), {"assignment"})));
  auto other = Request(elsewhere.url(), {});
  other.set_parent("divisions/370000");
  ASSERT_TRUE(Create(other));
  const auto assignment = plan + "/tasks/1/assignments/2-responsible";
  world_.Claim(assignment);
  ASSERT_TRUE(world_.Submit(assignment + "/occurrences/1"));
  EXPECT_THAT(SubjectsOf(elsewhere.WaitFor(2)),
              ElementsAre(assignment + " CLAIMED", assignment + "/occurrences/1 SUBMITTED"));
  EXPECT_THAT(SubjectsOf(receiver.WaitFor(1)), ElementsAre(assignment + " CLAIMED"));
}

TEST_F(WebhooksWorld, SendTheEventsOfOneResourceInTheirOrderThroughFailures) {
  std::atomic<int> calls = 0;
  HttpReceiver receiver(
      [&](const auto&) { return ReceiverAnswer{.status = ++calls % 3 == 0 ? 200 : 500}; });
  ASSERT_TRUE(Create(Request(receiver.url())));
  const auto occurrence =
      world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1/assignments/2-responsible/occurrences/1";
  for (int i = 0; i < 4; ++i) Report(occurrence);
  std::vector<int> revisions;
  for (const auto& post : receiver.WaitFor(15)) {
    const int revision = nlohmann::json::parse(post.body)["data"]["revision"];
    if (revisions.empty() || revisions.back() != revision) revisions.push_back(revision);
  }
  EXPECT_THAT(revisions, ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(WebhooksWorld, AreDeliveredOnceTheReceiverIsUpAgain) {
  int port = 0;
  {
    port = HttpReceiver([](const auto&) { return ReceiverAnswer{}; }).port();
  }
  const auto webhook = Create(Request("http://127.0.0.1:" + std::to_string(port) + "/hook"));
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  const auto waiting = WaitForDeliveries(webhook->name(), 1, "attempt_count > 1");
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].state(), v1::WebhookDelivery::WAITING);
  EXPECT_NE(waiting[0].last_outcome(), "");
  HttpReceiver receiver([](const auto&) { return ReceiverAnswer{}; }, port);
  EXPECT_EQ(receiver.WaitFor(1).size(), 1u);
  EXPECT_THAT(WaitForDeliveries(webhook->name(), 0, ""), IsEmpty());
}

TEST_F(WebhooksWorld, HoldUpNothingButTheResourceThatTheReceiverRefuses) {
  HttpReceiver receiver([](const ReceivedPost& post) {
    const bool refused = post.body.find("/assignments/1-responsible/") != std::string::npos;
    return ReceiverAnswer{.status = refused ? 422 : 200};
  });
  const auto webhook = Create(Request(receiver.url()));
  const auto plan = world_.IssuedPlan({Unit("县府办"), Unit("县财政局")});
  Report(plan + "/tasks/1/assignments/2-responsible/occurrences/1");
  const auto held_up = plan + "/tasks/1/assignments/1-responsible/occurrences/1";
  Report(held_up);
  ASSERT_EQ(WaitForDeliveries(webhook->name(), 2, "subject = " + held_up).size(), 2u);
  EXPECT_EQ(WaitForDeliveries(webhook->name(), 1, "last_outcome = \"HTTP 422\"").size(), 1u);
  ASSERT_EQ(WaitForDeliveries(webhook->name(), 2, "").size(), 2u);
  // The later event of the same resource was not tried before the first.
  EXPECT_EQ(Deliveries(webhook->name())[1].attempt_count(), 0);
}

TEST_F(WebhooksWorld, GiveUpAfterTheirTimeAndSendAgainWhenAsked) {
  StartDelivering(0s);
  std::atomic<bool> up = false;
  HttpReceiver receiver([&](const auto&) { return ReceiverAnswer{.status = up ? 200 : 500}; });
  const auto webhook = Create(Request(receiver.url()));
  const auto occurrence =
      world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1/assignments/2-responsible/occurrences/1";
  Report(occurrence);
  const auto dead = WaitForDeliveries(webhook->name(), 2, "state = GIVEN_UP");
  ASSERT_EQ(dead.size(), 2u);
  EXPECT_EQ(dead[0].last_outcome(), "HTTP 500");
  EXPECT_EQ(dead[0].subject(), occurrence);
  up = true;
  Redeliver(webhook->name(), {dead[1].name()}, 1);
  EXPECT_EQ(WaitForDeliveries(webhook->name(), 1, "").size(), 1u);
  Redeliver(webhook->name(), {}, 1);
  EXPECT_THAT(WaitForDeliveries(webhook->name(), 0, ""), IsEmpty());
}

TEST_F(WebhooksWorld, AreDeliveredByOneOfSeveralReplicas) {
  HttpReceiver receiver([](const auto&) { return ReceiverAnswer{}; });
  auto second = Server::Start({.listen = "127.0.0.1:0",
                               .database = world_.conninfo(),
                               .connections = 2,
                               .webhooks = {.key = kKey, .allow = {"127.0.0.0/8"}},
                               .contact_keys = PlansWorld::contact_keys(),
                               .auth = {.auth = "none"}});
  ASSERT_TRUE(second);
  ASSERT_TRUE(Create(Request(receiver.url())));
  const auto occurrence =
      world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1/assignments/2-responsible/occurrences/1";
  EXPECT_EQ(receiver.WaitFor(1).size(), 1u);
  // The other one takes over.
  server_.reset();
  Report(occurrence);
  EXPECT_EQ(receiver.WaitFor(2).size(), 2u);
}

TEST_F(WebhooksWorld, AreNotSentToTheMachineItselfUnlessThatIsAllowed) {
  server_.reset();
  auto strict = Server::Start({.listen = "127.0.0.1:0",
                               .database = world_.conninfo(),
                               .connections = 2,
                               .webhooks = {.key = kKey, .first_pause = 20ms},
                               .contact_keys = PlansWorld::contact_keys(),
                               .auth = {.auth = "none"}});
  ASSERT_TRUE(strict);
  webhooks_ = v1::Webhooks::NewStub(rpc::MakeChannel((*strict)->address()));
  HttpReceiver receiver([](const auto&) { return ReceiverAnswer{}; });
  const auto webhook = Create(Request(receiver.url()));
  world_.IssuedPlan({Unit("县财政局")});
  EXPECT_EQ(
      WaitForDeliveries(webhook->name(), 1, "last_outcome = \"the address is not allowed\"").size(),
      1u);
  EXPECT_EQ(receiver.posts().size(), 0u);
}

TEST_F(WebhooksWorld, ShowTheirSecretOnceAndMakeItAnew) {
  auto request = Request("https://receiver.example.gov.cn/hook");
  request.set_request_id("hook-1");
  const auto webhook = Create(request);
  EXPECT_TRUE(webhook->secret().starts_with("whsec_"));
  EXPECT_EQ(Create(request)->secret(), webhook->secret());
  v1::GetWebhookRequest get;
  get.set_name(webhook->name());
  EXPECT_EQ(world_.Call(*webhooks_, &Stub::GetWebhook, get)->secret(), "");
  v1::RotateWebhookSecretRequest rotate;
  rotate.set_name(webhook->name());
  rotate.set_etag("1");
  const auto rotated = world_.Call(*webhooks_, &Stub::RotateWebhookSecret, rotate);
  ASSERT_TRUE(rotated) << rotated.error().message;
  EXPECT_NE(rotated->secret(), webhook->secret());
  EXPECT_EQ(world_.Call(*webhooks_, &Stub::RotateWebhookSecret, rotate).error().reason,
            "ETAG_MISMATCH");
  pqxx::connection connection(world_.conninfo());
  EXPECT_THAT(
      pqxx::nontransaction(connection)
          .exec("select count(*) from answered_request where answer::text like '%whsec%'")[0][0]
          .as<int>(),
      0);
}

TEST_F(WebhooksWorld, EndWhenTheyAreDeleted) {
  HttpReceiver receiver([](const auto&) { return ReceiverAnswer{.status = 500}; });
  const auto webhook = Create(Request(receiver.url()));
  world_.IssuedPlan({Unit("县财政局")});
  ASSERT_EQ(WaitForDeliveries(webhook->name(), 1, "").size(), 1u);
  v1::DeleteWebhookRequest request;
  request.set_name(webhook->name());
  EXPECT_EQ(world_.Call(*webhooks_, &Stub::DeleteWebhook, request)->state(), v1::Webhook::DELETED);
  EXPECT_THAT(WaitForDeliveries(webhook->name(), 0, ""), IsEmpty());
  EXPECT_EQ(world_.Call(*webhooks_, &Stub::DeleteWebhook, request).error().reason,
            "WEBHOOK_DELETED");
}

TEST_F(WebhooksWorld, RefuseAnAddressThatIsNone) {
  for (const char* url : {"", "ftp://a.example", "https://", "https://user:pw@a.example/",
                          "https://a.example/ x", "https://a.example/#x", "file:///etc/passwd"}) {
    EXPECT_EQ(Create(Request(url)).error().violations.at(0).field, "webhook.url") << url;
  }
  EXPECT_EQ(Create(Request("https://a.example/", {"fruit"})).error().violations[0].field,
            "webhook.kinds[0]");
  webhooks_ = v1::Webhooks::NewStub(world_.channel());
  EXPECT_EQ(Create(Request("https://a.example/")).error().reason, "WEBHOOKS_NOT_CONFIGURED");
}

// gongkai-plans as an operator runs it, killed at the latest on destruction.
class Program {
 public:
  Program(const std::string& conninfo, const std::string& key_file) {
    const std::string contact_key_file = key_file + ".contacts";
    std::ofstream(contact_key_file) << "test aes-256-gcm " << std::string(64, '0') << "\n";
    // A file that every user may read is refused.
    std::filesystem::permissions(
        contact_key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::vector<std::string> words = {GONGKAI_BIN_DIR "/gongkai-plans",
                                      "serve",
                                      "--auth",
                                      "none",
                                      "--database",
                                      conninfo,
                                      "--listen",
                                      "127.0.0.1:0",
                                      "--webhook-key-file",
                                      key_file,
                                      "--contact-key-file",
                                      contact_key_file,
                                      "--webhook-allow",
                                      "127.0.0.0/8"};
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    if (posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) != 0) {
      throw std::runtime_error("cannot run gongkai-plans");
    }
  }
  ~Program() { Kill(); }
  void Kill() {
    if (pid_ == 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
};

TEST_F(WebhooksWorld, LoseNothingWhenTheServiceIsKilledWhileItDelivers) {
  server_.reset();
  const std::string key_file = ::testing::TempDir() + "/webhook.key." + std::to_string(getpid());
  std::ofstream(key_file) << kKey << "\n";
  std::atomic<bool> silent = true;
  HttpReceiver receiver([&](const auto&) { return ReceiverAnswer{.never = silent}; });
  {
    // The world's server has no key, so the webhook is made by one that delivers nothing for long.
    StartDelivering();
    ASSERT_TRUE(Create(Request(receiver.url())));
    server_.reset();
  }
  world_.IssuedPlan({Unit("县财政局"), Unit("县府办"), Unit("东山镇")});
  {
    Program first(world_.conninfo(), key_file);
    EXPECT_GE(receiver.WaitFor(3).size(), 3u);
    first.Kill();
  }
  const auto before = receiver.posts();
  silent = false;
  Program second(world_.conninfo(), key_file);
  const auto after = receiver.WaitFor(before.size() + 3);
  ASSERT_EQ(after.size(), before.size() + 3);
  std::set<std::string> first_ids, second_ids;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::string id = nlohmann::json::parse(after[i].body)["id"];
    (i < before.size() ? first_ids : second_ids).insert(id);
  }
  EXPECT_EQ(second_ids.size(), 3u);
  EXPECT_EQ(first_ids, second_ids);
  std::remove(key_file.c_str());
}

}  // namespace
}  // namespace gongkai::plans
