// One client's connection: reads requests one after the other and writes their answers.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "services/gateway/http/exchange.h"
#include "services/gateway/http/server.h"

namespace gongkai::gateway {

// Lives as long as the client stays and something is under way. All work is done on its strand;
// only Start, Drain and Interrupt may be called from elsewhere.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
  using Timer = boost::asio::basic_waitable_timer<
      std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Strand>;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

  // `options` and `handler` must outlive the connection. `closed` is told once.
  Connection(Socket socket, const HttpServerOptions& options, HttpHandler& handler,
             std::function<void()> closed);
  ~Connection();

  void Start();
  // Closes after the answer under way, or at once if there is none.
  void Drain();
  // Tells the answer under way that the server shuts down.
  void Interrupt();

 private:
  class Exchange;
  friend class Exchange;

  void AwaitRequest();
  void ReadHeader();
  void ReadBody();
  void TakeHead();
  void SendContinue();
  void Dispatch();
  void Refuse(const boost::system::error_code& error);
  void RefuseWith(const Error& error);

  void WatchClient();
  void ClientLeft();
  void Interrupt(Interruption interruption);

  void Reply(HttpResponse response);
  void BeginStream(HttpResponse response);
  void Write(std::string data, std::function<void()> written);
  void EndStream();
  void RunAfter(std::chrono::milliseconds delay, std::function<void()> action);
  void Finish();
  void Send(std::string data, std::function<void()> written) {
    Send(std::move(data), "", std::move(written));
  }
  // Both parts in one go.
  void Send(std::string head, std::string body, std::function<void()> written);
  void SendNext();
  std::string Head(const HttpResponse& response, std::string_view framing) const;

  void Arm(std::chrono::milliseconds limit);
  void Linger();
  void Discard();
  void Close();

  const HttpServerOptions& options_;
  HttpHandler& handler_;
  const std::function<void()> closed_;
  Socket socket_;
  Timer timer_;
  bool timed_out_ = false;
  std::string peer_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;

  // Of the request under way.
  HttpRequest request_;  // until it is dispatched
  std::shared_ptr<Exchange> exchange_;
  std::function<void(Interruption)> interrupted_;
  std::optional<Timer> answer_timer_;
  bool head_only_ = false;
  bool keep_alive_ = true;
  bool chunked_ = false;
  bool told_to_keep_ = false;  // HTTP/1.0 closes unless both sides say that they do not

  struct Outgoing {
    std::string head;
    std::string body;
    std::function<void()> written;
  };
  std::deque<Outgoing> outgoing_;
  bool watching_ = false;
  bool draining_ = false;
};

}  // namespace gongkai::gateway
