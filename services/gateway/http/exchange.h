// One HTTP request and its answer, free of sockets.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::gateway {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;
  std::string path;   // before `?`, still percent-encoded
  std::string query;  // after it
  HttpHeaders headers;
  std::string body;
  std::string peer;  // the IP address at the other end of the connection

  // The first header of this name in any case; empty where there is none.
  std::string_view Header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  HttpHeaders headers;
  std::string body;

  // As of HttpRequest.
  std::string_view Header(std::string_view name) const;
};

// The elements of a list header, without the space around them: `gzip, br;q=0.5` → `gzip`,
// `br;q=0.5`.
std::vector<std::string_view> ListElements(std::string_view value);

// One element of Accept, Accept-Encoding or Accept-Language.
struct Preference {
  std::string name;     // in lower case, without parameters
  double weight = 1.0;  // `q`, from 0 (not wanted) to 1
};
// In the order of the header. A weight that is no number counts as 0.
std::vector<Preference> Preferences(std::string_view value);

// Whether two header names, or other ASCII words, differ in nothing but case.
bool SameWord(std::string_view a, std::string_view b);

// Why an answer is no longer wanted.
enum class Interruption { kClientLeft, kShuttingDown };

// Where the answer goes. Thread-safe. Either Reply, or BeginStream, any number of Write and then
// EndStream or Break.
class HttpExchange {
 public:
  virtual ~HttpExchange() = default;

  virtual void Reply(HttpResponse response) = 0;

  // The head of an answer of unknown length; `response.body` is not used.
  virtual void BeginStream(HttpResponse response) = 0;
  // Leaves at once. `written` is told when the client's side has taken it, unless the client left:
  // write on only then, so that a slow client slows the stream down.
  virtual void Write(std::string data, std::function<void()> written) = 0;
  virtual void EndStream() = 0;
  // Ends a stream such that the client sees it was cut off.
  virtual void Break() = 0;

  // `interrupted` is told at most once, and not after the answer's end. After kShuttingDown the
  // answer should end soon, with an error; after kClientLeft nobody reads it.
  virtual void OnInterruption(std::function<void(Interruption)> interrupted) = 0;

  // Runs `action` once after the delay, unless the answer has ended by then.
  virtual void RunAfter(std::chrono::milliseconds delay, std::function<void()> action) = 0;
};

// Answers requests. Thread-safe.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;

  virtual void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) = 0;
  // The answer to what could not be read as a request.
  virtual HttpResponse Refuse(const Error& error) = 0;
};

}  // namespace gongkai::gateway
