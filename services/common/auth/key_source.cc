#include "services/common/auth/key_source.h"

#include <curl/curl.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "services/common/log/log.h"

namespace gongkai::auth {
namespace {

constexpr std::size_t kMostBytes = 256 * 1024;
constexpr long kReadSeconds = 5;

Error Unreadable(const std::string& problem) { return Unavailable("KEYS_UNAVAILABLE", problem); }

std::size_t Append(char* data, std::size_t, std::size_t size, void* text) {
  auto& body = *static_cast<std::string*>(text);
  // Anything but `size` ends the transfer.
  if (body.size() + size > kMostBytes) return 0;
  body.append(data, size);
  return size;
}

Result<std::string> ReadUrl(const std::string& url) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  std::string body;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kReadSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &Append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  const auto code = curl_easy_perform(curl.get());
  if (code == CURLE_OK) return body;
  return Fail(
      Unreadable(std::string("the key set cannot be fetched: ") + curl_easy_strerror(code)));
}

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fail(Unreadable("the key set's file cannot be read"));
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

KeySource::KeySource(std::function<Result<std::string>()> read)
    : KeySource(std::move(read), Rules{}) {}

KeySource::KeySource(std::function<Result<std::string>()> read, Rules rules)
    : read_(std::move(read)), rules_(std::move(rules)) {}

Result<std::shared_ptr<const VerifyingKey>> KeySource::Find(const std::string& kid) {
  std::lock_guard lock(mutex_);
  const auto now = rules_.now();
  auto key = Lookup(kid);
  const bool stale = !key || now - read_time_ >= rules_.most_age;
  if (stale && (!tried_ || now - try_time_ >= rules_.least_pause)) {
    Refresh(now);
    key = Lookup(kid);
  }
  if (!keys_) return Fail(Unreadable("the keys that tokens are verified with cannot be had"));
  return key;
}

void KeySource::Refresh(Clock::time_point now) {
  tried_ = true;
  try_time_ = now;
  const auto text = read_();
  auto keys = text ? ParseKeySet(*text) : Result<KeySet>(Fail(text.error()));
  if (!keys) {
    log::Warning("keys for tokens could not be read",
                 {{"reason", keys.error().reason}, {"what", keys.error().message}});
    return;
  }
  keys_ = std::make_shared<const KeySet>(std::move(*keys));
  read_time_ = now;
}

std::shared_ptr<const VerifyingKey> KeySource::Lookup(const std::string& kid) const {
  if (!keys_) return nullptr;
  const auto found = keys_->find(kid);
  if (found == keys_->end()) return nullptr;
  return {keys_, &found->second};
}

bool IsKeyUrl(const std::string& text) {
  return text.starts_with("https://") || text.starts_with("http://127.0.0.1:") ||
         text.starts_with("http://[::1]:") || text.starts_with("http://localhost:");
}

std::function<Result<std::string>()> KeyReader(const std::string& path_or_url) {
  if (IsKeyUrl(path_or_url)) return [path_or_url] { return ReadUrl(path_or_url); };
  return [path_or_url] { return ReadFile(path_or_url); };
}

}  // namespace gongkai::auth
