// Posts to many receivers at once from one thread.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/plans/webhooks/address_guard.h"

namespace gongkai::plans {

struct HttpPost {
  std::string url;
  std::vector<std::string> headers;  // `Name: value`
  std::string body;
};

struct HttpOutcome {
  int id = 0;      // as Send was given
  int status = 0;  // of the answer; 0 if there was none
  // `HTTP 500`, or what went wrong in a few words that name no address.
  std::string text;

  bool received() const { return status >= 200 && status < 300; }
};

// By libcurl. Certificates and host names are checked; redirects are not followed, proxies not
// used; of an answer's body at most 64 KiB are read and all dropped. The address is judged when the
// socket to it is made, so no name can resolve to another one in between. One thread at a time, but
// for Wake.
class HttpSender {
 public:
  struct Options {
    std::vector<std::string> allow;  // see AddressGuard
    std::string ca_file;             // empty: the machine's
    std::chrono::milliseconds answer_limit{10'000};
  };

  explicit HttpSender(const Options& options);
  ~HttpSender();

  HttpSender(const HttpSender&) = delete;
  HttpSender& operator=(const HttpSender&) = delete;

  void Send(int id, HttpPost post);
  // What has ended; waits for something to end, for Wake or so long.
  std::vector<HttpOutcome> Poll(std::chrono::milliseconds longest);
  // Ends a Poll under way, or the next one. Thread-safe.
  void Wake();
  // Gives up all that is under way.
  void Clear();

 private:
  struct Transfer;

  const Options options_;
  const AddressGuard guard_;
  CURLM* const multi_;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
};

}  // namespace gongkai::plans
