// A plain HTTP/1.1 client for tests, with the bytes in plain sight.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gongkai::gateway {

struct ClientResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // without chunk framing
  bool complete = false;                       // it ended as HTTP says it should
};

// One connection. Waits at most 20 seconds for anything.
class HttpClient {
 public:
  // `address` is HOST:PORT with a numeric host.
  explicit HttpClient(const std::string& address);
  ~HttpClient();

  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  void Send(std::string_view bytes);
  // Reads one whole response. `head_only` for the answer to HEAD.
  ClientResponse Receive(bool head_only = false);
  // Reads on until `text` has come; all that has come since the last response.
  std::string ReceiveUntil(std::string_view text);
  // True if the server closes without sending more.
  bool IsClosed();
  void Close();

  // Sends a request with Host and Content-Length, and receives the answer.
  ClientResponse Call(const std::string& method, const std::string& target,
                      const std::map<std::string, std::string>& headers = {},
                      const std::string& body = "");

 private:
  bool ReadMore();
  bool ReadTo(std::size_t size);
  std::string ReadLine();
  void ReadChunks(ClientResponse& response);

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace gongkai::gateway
