// A real HTTP server on 127.0.0.1 that receives webhooks and answers as a test wants.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gongkai::testing {

struct ReceivedPost {
  std::string target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct ReceiverAnswer {
  int status = 200;
  std::string header = "";  // one more, `Location: …`
  std::string body = "";
  bool never = false;  // keeps the caller waiting until the receiver goes
};

// A key and a certificate of its own for 127.0.0.1, made anew each time; PEM.
struct TlsIdentity {
  std::string key;
  std::string certificate;
  static TlsIdentity Make();
};

// One thread for each connection; each answer closes it.
class HttpReceiver {
 public:
  using Handler = std::function<ReceiverAnswer(const ReceivedPost&)>;

  // `port` 0 picks a free one. By TLS if there is an identity.
  explicit HttpReceiver(Handler handler, int port = 0, const TlsIdentity* identity = nullptr);
  ~HttpReceiver();

  HttpReceiver(const HttpReceiver&) = delete;
  HttpReceiver& operator=(const HttpReceiver&) = delete;

  int port() const { return port_; }
  // `http://127.0.0.1:PORT/hook`, or https.
  std::string url() const;
  std::vector<ReceivedPost> posts();
  // What came in once there are so many; fewer after 20 seconds.
  std::vector<ReceivedPost> WaitFor(std::size_t count);

 private:
  class Stream;
  void Accept();
  void Serve(int socket);

  const Handler handler_;
  void* tls_ = nullptr;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<ReceivedPost> posts_;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

}  // namespace gongkai::testing
