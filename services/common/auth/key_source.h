// Where the keys come from that tokens are verified with: a file or a URL, read again when they
// change.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "services/common/auth/json_web_key.h"

namespace gongkai::auth {

// Thread-safe. Keys are read again when a token names one that is not there, at most every
// `least_pause`, and once they are older than `most_age`, so that a withdrawn key ends. When
// reading fails, those of before stay in use and the failure is logged.
class KeySource {
 public:
  using Clock = std::chrono::steady_clock;

  struct Rules {
    std::chrono::seconds least_pause{10};
    std::chrono::seconds most_age{300};
    std::function<Clock::time_point()> now = &Clock::now;
  };

  // `read` answers the text of a key set.
  explicit KeySource(std::function<Result<std::string>()> read);
  KeySource(std::function<Result<std::string>()> read, Rules rules);

  // Null for a key that is not there. UNAVAILABLE while there are no keys at all.
  Result<std::shared_ptr<const VerifyingKey>> Find(const std::string& kid);

 private:
  // Under the lock.
  void Refresh(Clock::time_point now);
  std::shared_ptr<const VerifyingKey> Lookup(const std::string& kid) const;

  const std::function<Result<std::string>()> read_;
  const Rules rules_;
  std::mutex mutex_;
  std::shared_ptr<const KeySet> keys_;
  Clock::time_point read_time_{};
  Clock::time_point try_time_{};
  bool tried_ = false;
};

// Reads a path, or a URL: `https://…`, or `http://` on this machine's own address. A URL is read
// within five seconds, follows no redirect and takes no more than 256 KiB.
std::function<Result<std::string>()> KeyReader(const std::string& path_or_url);
// Whether a text is a URL that KeyReader reads.
bool IsKeyUrl(const std::string& text);

}  // namespace gongkai::auth
