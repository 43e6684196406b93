#include "services/gateway/http/server.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "services/gateway/http/connection.h"

namespace gongkai::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

// For the last words of interrupted answers.
constexpr auto kLastWords = std::chrono::seconds(2);
// Without descriptors for a new connection, trying again at once would only burn the processor.
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

std::string WithPort(const std::string& listen, int port) {
  return listen.substr(0, listen.rfind(':') + 1) + std::to_string(port);
}

}  // namespace

class HttpServer::Core {
 public:
  Core(const HttpServerOptions& options, HttpHandler& handler)
      : options_(options),
        handler_(handler),
        context_(options.threads),
        work_(asio::make_work_guard(context_)),
        acceptor_(asio::make_strand(context_)),
        pause_(acceptor_.get_executor()) {}

  ~Core() {
    context_.stop();
    for (auto& thread : threads_) thread.join();
  }

  error_code Open() {
    const auto colon = options_.listen.rfind(':');
    std::string host = options_.listen.substr(0, colon);
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    error_code error;
    Tcp::resolver resolver(context_);
    const auto found =
        resolver.resolve(host, options_.listen.substr(colon + 1), Tcp::resolver::passive, error);
    if (error) return error;
    const Tcp::endpoint endpoint = *found.begin();
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) address_ = WithPort(options_.listen, acceptor_.local_endpoint(error).port());
    return error;
  }

  void Run() {
    asio::post(acceptor_.get_executor(), [this] { Accept(); });
    for (int i = 0; i < options_.threads; ++i) {
      threads_.emplace_back([this] { context_.run(); });
    }
  }

  void Drain(std::chrono::milliseconds limit) {
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
    });
    ForEach([](Connection& connection) { connection.Drain(); });
    if (WaitUntilEmpty(limit)) return;
    ForEach([](Connection& connection) { connection.Interrupt(); });
    WaitUntilEmpty(kLastWords);
  }

  const std::string& address() const { return address_; }

 private:
  void Accept() {
    acceptor_.async_accept(asio::make_strand(context_),
                           [this](const error_code& error, Connection::Socket socket) {
                             if (!acceptor_.is_open()) return;
                             if (error) return PauseAccepting();
                             Adopt(std::move(socket));
                             Accept();
                           });
  }

  void PauseAccepting() {
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](const error_code& error) {
      if (!error && acceptor_.is_open()) Accept();
    });
  }

  void Adopt(Connection::Socket socket) {
    error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    const auto id = next_id_++;
    auto connection = std::make_shared<Connection>(std::move(socket), options_, handler_,
                                                   [this, id] { Forget(id); });
    {
      std::lock_guard lock(mutex_);
      connections_.emplace(id, connection);
    }
    connection->Start();
  }

  void Forget(std::uint64_t id) {
    std::lock_guard lock(mutex_);
    connections_.erase(id);
    if (connections_.empty()) empty_.notify_all();
  }

  template <typename Action>
  void ForEach(Action action) {
    std::vector<std::shared_ptr<Connection>> alive;
    {
      std::lock_guard lock(mutex_);
      for (const auto& [id, weak] : connections_) {
        if (auto connection = weak.lock()) alive.push_back(std::move(connection));
      }
    }
    for (const auto& connection : alive) action(*connection);
  }

  bool WaitUntilEmpty(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return empty_.wait_for(lock, limit, [this] { return connections_.empty(); });
  }

  const HttpServerOptions options_;
  HttpHandler& handler_;

  // Before the context: connections that it still holds when it is destroyed are forgotten here.
  std::mutex mutex_;
  std::condition_variable empty_;
  std::map<std::uint64_t, std::weak_ptr<Connection>> connections_;

  asio::io_context context_;
  // Keeps the threads while answers are awaited from elsewhere and no socket has anything to do.
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::basic_socket_acceptor<Tcp, Connection::Strand> acceptor_;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Connection::Strand>
      pause_;
  std::uint64_t next_id_ = 0;  // of the acceptor's strand
  std::string address_;
  std::vector<std::thread> threads_;
};

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpServerOptions& options,
                                                      HttpHandler& handler) {
  auto core = std::make_unique<Core>(options, handler);
  if (const auto error = core->Open()) {
    return Fail(Unavailable("ADDRESS_IN_USE",
                            "cannot listen on " + options.listen + ": " + error.message()));
  }
  core->Run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(core)));
}

HttpServer::HttpServer(std::unique_ptr<Core> core) : core_(std::move(core)) {}
HttpServer::~HttpServer() = default;

const std::string& HttpServer::address() const { return core_->address(); }

void HttpServer::Drain(std::chrono::milliseconds limit) { core_->Drain(limit); }

}  // namespace gongkai::gateway
