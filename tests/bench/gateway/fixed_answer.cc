// A floor to measure the gateway by: Boost.Beast as in its own examples, which reads each request
// and answers with a fixed text.
#include <google/protobuf/util/json_util.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "tests/bench/gateway/tasks_data.h"

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(message, &json);
  return json;
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(Tcp::socket socket) : socket_(std::move(socket)) {}

  void Read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (!error) self->Write();
                     });
  }

 private:
  void Write() {
    static const std::string task = JsonOf(gongkai::bench::SmallTask());
    static const std::string tasks = JsonOf(gongkai::bench::ManyTasks());
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::content_type, "application/json");
    response_.body() = request_.target().ends_with("/tasks") ? tasks : task;
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (!error) self->Read();
                      });
  }

  Tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

void Accept(Tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](const error_code& error, Tcp::socket socket) {
    if (error) return;
    error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    std::make_shared<Session>(std::move(socket))->Read();
    Accept(acceptor);
  });
}

}  // namespace

// Prints its address, and serves until it is ended.
int main() {
  asio::io_context context(1);
  Tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  std::cout << "127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
  Accept(acceptor);
  context.run();
  return 0;
}
