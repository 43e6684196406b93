#include "tests/plans/support/http_receiver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>

namespace gongkai::testing {
namespace {

using namespace std::chrono_literals;

template <typename Write>
std::string PemOf(Write write) {
  std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), &BIO_free);
  write(bio.get());
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::unique_ptr<BIO, int (*)(BIO*)> Reader(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

SSL_CTX* ContextOf(const TlsIdentity& identity) {
  auto* context = SSL_CTX_new(TLS_server_method());
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
      PEM_read_bio_PrivateKey(Reader(identity.key).get(), nullptr, nullptr, nullptr),
      &EVP_PKEY_free);
  std::unique_ptr<X509, void (*)(X509*)> certificate(
      PEM_read_bio_X509(Reader(identity.certificate).get(), nullptr, nullptr, nullptr), &X509_free);
  if (SSL_CTX_use_certificate(context, certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
    throw std::runtime_error("no TLS identity");
  }
  return context;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), ::tolower);
  return text;
}

// The head of a request, up to the empty line.
ReceivedPost ParseHead(const std::string& head) {
  ReceivedPost post;
  const auto first = head.find(' ');
  post.target = head.substr(first + 1, head.find(' ', first + 1) - first - 1);
  for (auto start = head.find("\r\n") + 2; start < head.size();) {
    const auto end = head.find("\r\n", start);
    const auto line = head.substr(start, end - start);
    const auto colon = line.find(':');
    if (colon != std::string::npos) {
      post.headers[Lower(line.substr(0, colon))] = line.substr(std::min(line.size(), colon + 2));
    }
    start = end == std::string::npos ? head.size() : end + 2;
  }
  return post;
}

}  // namespace

TlsIdentity TlsIdentity::Make() {
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
      EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  std::unique_ptr<X509, void (*)(X509*)> certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  auto* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("receiver"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  for (const auto& [kind, value] : {std::pair(NID_subject_alt_name, "IP:127.0.0.1"),
                                    std::pair(NID_basic_constraints, "critical,CA:TRUE")}) {
    auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  return {.key = PemOf([&](BIO* bio) {
            PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          }),
          .certificate = PemOf([&](BIO* bio) { PEM_write_bio_X509(bio, certificate.get()); })};
}

// A connection, by TLS or without.
class HttpReceiver::Stream {
 public:
  Stream(int socket, void* context) : socket_(socket) {
    if (!context) return;
    ssl_ = SSL_new(static_cast<SSL_CTX*>(context));
    SSL_set_fd(ssl_, socket);
    open_ = SSL_accept(ssl_) == 1;
  }
  ~Stream() {
    if (ssl_) SSL_free(ssl_);
    close(socket_);
  }

  // False at the end.
  bool ReadMore(std::string& text) {
    if (!open_) return false;
    char part[4096];
    const auto size = ssl_ ? SSL_read(ssl_, part, sizeof part)
                           : static_cast<int>(recv(socket_, part, sizeof part, 0));
    if (size <= 0) return false;
    text.append(part, size);
    return true;
  }

  void Write(const std::string& text) {
    if (ssl_) {
      SSL_write(ssl_, text.data(), static_cast<int>(text.size()));
    } else {
      send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    }
  }

  // Whether the caller has gone.
  bool Gone() const {
    pollfd poll_for{socket_, POLLRDHUP, 0};
    return poll(&poll_for, 1, 0) > 0;
  }

 private:
  const int socket_;
  SSL* ssl_ = nullptr;
  bool open_ = true;
};

HttpReceiver::HttpReceiver(Handler handler, int port, const TlsIdentity* identity)
    : handler_(std::move(handler)), tls_(identity ? ContextOf(*identity) : nullptr) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<unsigned short>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("the receiver cannot listen");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

HttpReceiver::~HttpReceiver() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (auto& connection : connections_) connection.join();
  close(listener_);
  if (tls_) SSL_CTX_free(static_cast<SSL_CTX*>(tls_));
}

std::string HttpReceiver::url() const {
  return (tls_ ? "https" : "http") + ("://127.0.0.1:" + std::to_string(port_)) + "/hook";
}

std::vector<ReceivedPost> HttpReceiver::posts() {
  std::lock_guard lock(mutex_);
  return posts_;
}

std::vector<ReceivedPost> HttpReceiver::WaitFor(std::size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, 20s, [&] { return posts_.size() >= count; });
  return posts_;
}

void HttpReceiver::Accept() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    connections_.emplace_back([this, socket] { Serve(socket); });
  }
}

void HttpReceiver::Serve(int socket) {
  Stream stream(socket, tls_);
  std::string text;
  auto end = std::string::npos;
  while ((end = text.find("\r\n\r\n")) == std::string::npos) {
    if (!stream.ReadMore(text)) return;
  }
  auto post = ParseHead(text.substr(0, end + 2));
  post.body = text.substr(end + 4);
  const auto length = std::stoul("0" + post.headers["content-length"]);
  while (post.body.size() < length) {
    if (!stream.ReadMore(post.body)) return;
  }
  const auto answer = handler_(post);
  {
    std::unique_lock lock(mutex_);
    posts_.push_back(post);
    changed_.notify_all();
    while (answer.never && !stopping_ && !stream.Gone()) changed_.wait_for(lock, 20ms);
  }
  if (answer.never) return;
  stream.Write("HTTP/1.1 " + std::to_string(answer.status) + " X\r\nConnection: close\r\n" +
               (answer.header.empty() ? "" : answer.header + "\r\n") +
               "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body);
}

}  // namespace gongkai::testing
