#include "services/plans/webhooks/http_sender.h"

#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace gongkai::plans {
namespace {

constexpr std::size_t kMostAnswer = 64 * 1024;
constexpr long kConnectLimit = 5000;  // milliseconds

CURLM* MakeMulti() {
  static const auto initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
  auto* multi = initialized == CURLE_OK ? curl_multi_init() : nullptr;
  if (!multi) throw std::runtime_error("libcurl cannot start");
  return multi;
}

}  // namespace

struct HttpSender::Transfer {
  int id = 0;
  HttpPost post;
  const AddressGuard* guard = nullptr;
  bool encrypted = false;
  bool refused = false;  // every address so far
  std::size_t answer_size = 0;
  curl_slist* headers = nullptr;

  ~Transfer() { curl_slist_free_all(headers); }

  static curl_socket_t OpenSocket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.guard->Allows(address->addr, transfer.encrypted)) {
      transfer.refused = true;
      return CURL_SOCKET_BAD;
    }
    transfer.refused = false;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  // The rest of an answer that is too long is not read.
  static std::size_t Drop(char*, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.answer_size += size * count;
    return transfer.answer_size > kMostAnswer ? 0 : size * count;
  }

  HttpOutcome OutcomeOf(CURL* easy, CURLcode code) const {
    HttpOutcome outcome{.id = id};
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK || answer_size > kMostAnswer) {
      outcome.status = static_cast<int>(status);
      outcome.text = "HTTP " + std::to_string(status);
    } else if (refused) {
      outcome.text = "the address is not allowed";
    } else {
      outcome.text = curl_easy_strerror(code);
    }
    return outcome;
  }
};

HttpSender::HttpSender(const Options& options)
    : options_(options), guard_(options.allow), multi_(MakeMulti()) {}

HttpSender::~HttpSender() {
  Clear();
  curl_multi_cleanup(multi_);
}

void HttpSender::Send(int id, HttpPost post) {
  auto* easy = curl_easy_init();
  if (!easy) throw std::runtime_error("libcurl cannot start");
  auto transfer = std::make_unique<Transfer>();
  transfer->id = id;
  transfer->post = std::move(post);
  transfer->guard = &guard_;
  transfer->encrypted = transfer->post.url.starts_with("https:");
  for (const auto& header : transfer->post.headers) {
    transfer->headers = curl_slist_append(transfer->headers, header.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_URL, transfer->post.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(transfer->post.body.size()));
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->post.body.data());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectLimit);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.answer_limit.count()));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::OpenSocket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::Drop);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer.get());
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "gongkai");
  if (!options_.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  }
  transfers_[easy] = std::move(transfer);
  curl_multi_add_handle(multi_, easy);
}

std::vector<HttpOutcome> HttpSender::Poll(std::chrono::milliseconds longest) {
  std::vector<HttpOutcome> outcomes;
  const auto collect = [&] {
    int running = 0;
    curl_multi_perform(multi_, &running);
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      auto* easy = message->easy_handle;
      outcomes.push_back(transfers_.at(easy)->OutcomeOf(easy, message->data.result));
      curl_multi_remove_handle(multi_, easy);
      curl_easy_cleanup(easy);
      transfers_.erase(easy);
    }
  };
  collect();
  if (!outcomes.empty()) return outcomes;
  curl_multi_poll(multi_, nullptr, 0, static_cast<int>(longest.count()), nullptr);
  collect();
  return outcomes;
}

void HttpSender::Wake() { curl_multi_wakeup(multi_); }

void HttpSender::Clear() {
  for (auto& [easy, transfer] : transfers_) {
    curl_multi_remove_handle(multi_, easy);
    curl_easy_cleanup(easy);
  }
  transfers_.clear();
}

}  // namespace gongkai::plans
