// Posting to real receivers on this machine.
#include "services/plans/webhooks/http_sender.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

#include "tests/plans/support/http_receiver.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;
using gongkai::testing::HttpReceiver;
using gongkai::testing::ReceivedPost;
using gongkai::testing::ReceiverAnswer;
using gongkai::testing::TlsIdentity;

const std::vector<std::string> kThisMachine = {"127.0.0.0/8"};

HttpReceiver::Handler Answering(ReceiverAnswer answer) {
  return [answer](const ReceivedPost&) { return answer; };
}

HttpOutcome Post(const std::string& url, const HttpSender::Options& options) {
  HttpSender sender(options);
  sender.Send(7, {.url = url, .headers = {"X-Test: 1", "Expect:"}, .body = "{}"});
  for (int i = 0; i < 200; ++i) {
    for (const auto& outcome : sender.Poll(100ms)) return outcome;
  }
  ADD_FAILURE() << "nothing came of " << url;
  return {};
}

// A file that goes with the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) {
    const int file = mkstemp(path_);
    EXPECT_EQ(write(file, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    close(file);
  }
  ~TemporaryFile() { std::remove(path_); }
  std::string path() const { return path_; }

 private:
  char path_[32] = "/tmp/gongkai-test-XXXXXX";
};

TEST(HttpSender, PostsBodyAndHeadersAndTakes2xxForReceived) {
  HttpReceiver receiver(Answering({.status = 204}));
  const auto outcome = Post(receiver.url(), {.allow = kThisMachine});
  EXPECT_TRUE(outcome.received());
  EXPECT_EQ(outcome.id, 7);
  const auto posts = receiver.posts();
  ASSERT_EQ(posts.size(), 1u);
  EXPECT_EQ(posts[0].target, "/hook");
  EXPECT_EQ(posts[0].body, "{}");
  EXPECT_EQ(posts[0].headers.at("x-test"), "1");
}

TEST(HttpSender, TakesAnyOtherAnswerForNotReceived) {
  for (int status : {400, 410, 500, 503}) {
    HttpReceiver receiver(Answering({.status = status}));
    const auto outcome = Post(receiver.url(), {.allow = kThisMachine});
    EXPECT_FALSE(outcome.received());
    EXPECT_EQ(outcome.text, "HTTP " + std::to_string(status));
  }
}

TEST(HttpSender, FollowsNoRedirect) {
  HttpReceiver elsewhere(Answering({}));
  HttpReceiver receiver(Answering({.status = 307, .header = "Location: " + elsewhere.url()}));
  EXPECT_EQ(Post(receiver.url(), {.allow = kThisMachine}).text, "HTTP 307");
  EXPECT_EQ(elsewhere.posts().size(), 0u);
}

TEST(HttpSender, WaitsNoLongerThanItsLimit) {
  HttpReceiver receiver(Answering({.never = true}));
  const auto outcome = Post(receiver.url(), {.allow = kThisMachine, .answer_limit = 300ms});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.text, "");
}

TEST(HttpSender, TellsOfAReceiverThatIsDown) {
  int port = 0;
  { port = HttpReceiver(Answering({})).port(); }
  const auto outcome =
      Post("http://127.0.0.1:" + std::to_string(port) + "/", {.allow = kThisMachine});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.text, "the address is not allowed");
}

TEST(HttpSender, ReadsNoEndlessAnswer) {
  HttpReceiver receiver(Answering({.body = std::string(4 << 20, 'x')}));
  EXPECT_TRUE(Post(receiver.url(), {.allow = kThisMachine}).received());
}

TEST(HttpSender, NeverConnectsToAnAddressThatIsNotAllowed) {
  HttpReceiver receiver(Answering({}));
  const auto port = std::to_string(receiver.port());
  EXPECT_EQ(Post("http://127.0.0.1:" + port, {}).text, "the address is not allowed");
  for (const auto& url : {"http://localhost:" + port, "https://127.0.0.1:" + port,
                          "http://[::1]:" + port, "http://0.0.0.0:" + port,
                          "http://2130706433:" + port, "http://[::ffff:127.0.0.1]:" + port}) {
    EXPECT_EQ(Post(url, {}).status, 0) << url;
  }
  EXPECT_EQ(receiver.posts().size(), 0u);
}

TEST(HttpSender, TrustsNoCertificateButThoseItIsGiven) {
  const auto identity = TlsIdentity::Make();
  HttpReceiver receiver(Answering({}), 0, &identity);
  const TemporaryFile right(identity.certificate);
  const TemporaryFile wrong(TlsIdentity::Make().certificate);
  EXPECT_EQ(Post(receiver.url(), {.allow = kThisMachine}).status, 0);
  EXPECT_EQ(Post(receiver.url(), {.allow = kThisMachine, .ca_file = wrong.path()}).status, 0);
  EXPECT_EQ(receiver.posts().size(), 0u);
  EXPECT_TRUE(Post(receiver.url(), {.allow = kThisMachine, .ca_file = right.path()}).received());
}

}  // namespace
}  // namespace gongkai::plans
