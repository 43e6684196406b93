#include "services/gateway/http/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <ctime>
#include <utility>

#include "services/gateway/http/client_address.h"
#include "services/gateway/http/request_message.h"

namespace gongkai::gateway {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr auto kLingerTime = std::chrono::seconds(2);

Error RequestError(ErrorCode code, std::string reason, std::string message) {
  return {.code = code,
          .reason = std::move(reason),
          .message = std::move(message),
          .message_zh = "请求无法处理"};
}

std::string_view AsView(boost::beast::string_view text) { return {text.data(), text.size()}; }

std::string Chunk(std::string_view data) {
  char size[20];
  const auto end = std::to_chars(size, size + sizeof size, data.size(), 16).ptr;
  std::string chunk(size, end);
  chunk += "\r\n";
  chunk += data;
  chunk += "\r\n";
  return chunk;
}

// `Tue, 15 Nov 1994 08:12:31 GMT`, made once a second.
const std::string& DateText() {
  struct Made {
    std::time_t second = -1;
    std::string text;
  };
  thread_local Made made;
  const std::time_t now = std::time(nullptr);
  if (now == made.second) return made.text;
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[sizeof "Tue, 15 Nov 1994 08:12:31 GMT"];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  made = {now, text};
  return made.text;
}

bool MayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

// Hands each step over to the connection's strand, while the connection still answers this request.
class Connection::Exchange : public HttpExchange, public std::enable_shared_from_this<Exchange> {
 public:
  explicit Exchange(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  void Reply(HttpResponse response) override {
    Run([response = std::move(response)](Connection& c) mutable { c.Reply(std::move(response)); });
  }
  void BeginStream(HttpResponse response) override {
    Run([response = std::move(response)](Connection& c) mutable {
      c.BeginStream(std::move(response));
    });
  }
  void Write(std::string data, std::function<void()> written) override {
    Run([data = std::move(data), written = std::move(written)](Connection& c) mutable {
      c.Write(std::move(data), std::move(written));
    });
  }
  void EndStream() override {
    Run([](Connection& c) { c.EndStream(); });
  }
  void Break() override {
    Run([](Connection& c) { c.Close(); });
  }
  void OnInterruption(std::function<void(Interruption)> interrupted) override {
    Run([interrupted = std::move(interrupted)](Connection& c) mutable {
      c.interrupted_ = std::move(interrupted);
    });
  }
  void RunAfter(std::chrono::milliseconds delay, std::function<void()> action) override {
    Run([delay, action = std::move(action)](Connection& c) mutable {
      c.RunAfter(delay, std::move(action));
    });
  }

  // On the strand.
  void RunIfCurrent(const std::function<void()>& action) {
    if (connection_->exchange_.get() == this) action();
  }

 private:
  template <typename Step>
  void Run(Step step) {
    asio::post(connection_->socket_.get_executor(),
               [self = shared_from_this(), step = std::move(step)]() mutable {
                 auto& connection = *self->connection_;
                 if (connection.exchange_ == self) step(connection);
               });
  }

  const std::shared_ptr<Connection> connection_;
};

Connection::Connection(Socket socket, const HttpServerOptions& options, HttpHandler& handler,
                       std::function<void()> closed)
    : options_(options),
      handler_(handler),
      closed_(std::move(closed)),
      socket_(std::move(socket)),
      timer_(socket_.get_executor()) {
  error_code error;
  const auto peer = socket_.remote_endpoint(error);
  if (!error) peer_ = AddressText(peer.address());
}

Connection::~Connection() { closed_(); }

void Connection::Start() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->AwaitRequest(); });
}

void Connection::Drain() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->draining_ = true;
    self->keep_alive_ = false;
    const bool idle = !self->exchange_ && self->outgoing_.empty() && !self->parser_;
    if (idle) self->Close();
  });
}

void Connection::Interrupt() {
  asio::post(socket_.get_executor(),
             [self = shared_from_this()] { self->Interrupt(Interruption::kShuttingDown); });
}

void Connection::RunAfter(std::chrono::milliseconds delay, std::function<void()> action) {
  if (!answer_timer_) answer_timer_.emplace(socket_.get_executor());
  answer_timer_->expires_after(delay);
  answer_timer_->async_wait([weak = std::weak_ptr<Exchange>(exchange_),
                             action = std::move(action)](const error_code& error) {
    const auto exchange = weak.lock();
    if (!error && exchange) exchange->RunIfCurrent(action);
  });
}

// Reading: idle until the first byte, then header and body, each with a limit of its own.

void Connection::Arm(std::chrono::milliseconds limit) {
  timed_out_ = false;
  timer_.expires_after(limit);
  timer_.async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    // Armed anew between the expiry and this call?
    if (error || !self || self->timer_.expiry() > std::chrono::steady_clock::now()) return;
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Connection::AwaitRequest() {
  parser_.reset();
  keep_alive_ = true;
  if (draining_) return Close();
  if (buffer_.size() > 0) return ReadHeader();
  Arm(options_.idle_timeout);
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
    if (error) return self->Close();
    self->ReadHeader();
  });
}

void Connection::ReadHeader() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(options_.header_limit));
  parser_->body_limit(options_.body_limit);
  Arm(options_.header_timeout);
  http::async_read_header(socket_, buffer_, *parser_,
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                            if (error) return self->Refuse(error);
                            const RequestHead& head = self->parser_->get();
                            if (const auto fault = FaultOf(head)) return self->RefuseWith(*fault);
                            self->TakeHead();
                            if (ExpectsContinue(head)) return self->SendContinue();
                            self->ReadBody();
                          });
}

void Connection::TakeHead() {
  const auto& message = parser_->get();
  request_ = ToRequest(message);
  request_.peer = peer_;
  keep_alive_ = message.keep_alive() && !draining_;
  chunked_ = message.version() >= 11;
  told_to_keep_ = !chunked_ && keep_alive_;
  head_only_ = message.method() == http::verb::head;
}

void Connection::SendContinue() {
  Send("HTTP/1.1 100 Continue\r\n\r\n", [self = shared_from_this()] { self->ReadBody(); });
}

void Connection::ReadBody() {
  if (parser_->is_done()) return Dispatch();
  Arm(options_.body_timeout);
  http::async_read(socket_, buffer_, *parser_,
                   [self = shared_from_this()](const error_code& error, std::size_t) {
                     if (error) return self->Refuse(error);
                     self->Dispatch();
                   });
}

void Connection::Dispatch() {
  timer_.cancel();
  keep_alive_ = keep_alive_ && !draining_;
  request_.body = std::move(parser_->get().body());
  interrupted_ = nullptr;
  exchange_ = std::make_shared<Exchange>(shared_from_this());
  WatchClient();
  handler_.Handle(std::move(request_), exchange_);
}

void Connection::Refuse(const error_code& error) {
  if (timed_out_) {
    return RefuseWith(RequestError(ErrorCode::kDeadlineExceeded, "REQUEST_TIMEOUT",
                                   "the request took too long to arrive"));
  }
  if (error == http::error::header_limit) {
    return RefuseWith(RequestError(
        ErrorCode::kInvalidArgument, "HEADER_TOO_LARGE",
        "the header is larger than " + std::to_string(options_.header_limit) + " bytes"));
  }
  if (error == http::error::body_limit) {
    return RefuseWith(
        RequestError(ErrorCode::kInvalidArgument, "BODY_TOO_LARGE",
                     "the body is larger than " + std::to_string(options_.body_limit) + " bytes"));
  }
  const bool is_http_fault =
      error.category() == make_error_code(http::error::bad_method).category();
  if (!is_http_fault || error == http::error::end_of_stream ||
      error == http::error::partial_message) {
    return Close();
  }
  RefuseWith(RequestError(ErrorCode::kInvalidArgument, "BAD_REQUEST",
                          "the request is no HTTP/1.1: " + error.message()));
}

void Connection::RefuseWith(const Error& error) {
  keep_alive_ = false;
  head_only_ = false;
  const HttpResponse response = handler_.Refuse(error);
  const std::string length = "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  Send(Head(response, length) + response.body, [self = shared_from_this()] { self->Linger(); });
}

// Noticing that the client has left, while its answer is under way.

void Connection::WatchClient() {
  if (watching_) return;
  watching_ = true;
  socket_.async_wait(Socket::wait_read, [weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (!self) return;
    self->watching_ = false;
    if (!self->exchange_ || error == asio::error::operation_aborted) return;
    char byte = 0;
    const auto got = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    // More bytes are the next request; they wait for their turn.
    if (got > 0) return;
    // Woken for bytes of this request that were read meanwhile: the client is still there.
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return self->WatchClient();
    self->ClientLeft();
  });
}

void Connection::ClientLeft() {
  Interrupt(Interruption::kClientLeft);
  Close();
}

void Connection::Interrupt(Interruption interruption) {
  const auto interrupted = std::exchange(interrupted_, nullptr);
  if (exchange_ && interrupted) interrupted(interruption);
}

// Writing.

std::string Connection::Head(const HttpResponse& response, std::string_view framing) const {
  const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
  constexpr std::size_t kUsual = 768;
  std::string head;
  head.reserve(kUsual);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += AsView(reason);
  head += "\r\n";
  for (const auto& [name, value] : response.headers) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  head += framing;
  head += "Date: ";
  head += DateText();
  head += !keep_alive_    ? "\r\nConnection: close\r\n\r\n"
          : told_to_keep_ ? "\r\nConnection: keep-alive\r\n\r\n"
                          : "\r\n\r\n";
  return head;
}

void Connection::Reply(HttpResponse response) {
  const bool body = MayHaveBody(response.status);
  const std::string framing =
      body ? "Content-Length: " + std::to_string(response.body.size()) + "\r\n" : "";
  const bool send_body = body && !head_only_;
  Send(Head(response, framing), send_body ? std::move(response.body) : "", nullptr);
  Finish();
}

void Connection::BeginStream(HttpResponse response) {
  if (!chunked_) keep_alive_ = false;
  Send(Head(response, chunked_ ? "Transfer-Encoding: chunked\r\n" : ""), nullptr);
}

void Connection::Write(std::string data, std::function<void()> written) {
  if (data.empty()) return written();
  Send(chunked_ ? Chunk(data) : std::move(data), std::move(written));
}

void Connection::EndStream() {
  if (chunked_) Send("0\r\n\r\n", nullptr);
  Finish();
}

// The request is answered; what was given to Send still has to leave.
void Connection::Finish() {
  if (answer_timer_) answer_timer_->cancel();
  exchange_.reset();
  interrupted_ = nullptr;
  auto next = [self = shared_from_this()] {
    if (self->keep_alive_) return self->AwaitRequest();
    self->Linger();
  };
  if (outgoing_.empty()) return next();
  auto& last = outgoing_.back();
  last.written = [before = std::move(last.written), next = std::move(next)] {
    if (before) before();
    next();
  };
}

void Connection::Send(std::string head, std::string body, std::function<void()> written) {
  outgoing_.push_back({std::move(head), std::move(body), std::move(written)});
  if (outgoing_.size() == 1) SendNext();
}

void Connection::SendNext() {
  Arm(options_.write_timeout);
  const auto& next = outgoing_.front();
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(next.head),
                                                     asio::buffer(next.body)};
  asio::async_write(socket_, buffers,
                    [self = shared_from_this()](const error_code& error, std::size_t) {
                      if (error) {
                        // What waits to be written refers to the connection, which shall end.
                        self->outgoing_.clear();
                        return self->ClientLeft();
                      }
                      self->timer_.cancel();
                      const auto written = std::move(self->outgoing_.front().written);
                      self->outgoing_.pop_front();
                      if (!self->outgoing_.empty()) self->SendNext();
                      if (written) written();
                    });
}

// A close with unread bytes resets the connection, and the client would lose the answer: so wait
// until it has closed its side.
void Connection::Linger() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  Arm(kLingerTime);
  Discard();
}

void Connection::Discard() {
  buffer_.clear();
  socket_.async_read_some(buffer_.prepare(options_.header_limit),
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                            if (error || self->timed_out_) return self->Close();
                            self->Discard();
                          });
}

void Connection::Close() {
  timer_.cancel();
  if (answer_timer_) answer_timer_->cancel();
  exchange_.reset();
  interrupted_ = nullptr;
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace gongkai::gateway
