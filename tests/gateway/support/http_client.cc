#include "tests/gateway/support/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <stdexcept>

namespace gongkai::gateway {
namespace {

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

}  // namespace

HttpClient::HttpClient(const std::string& address) {
  const auto colon = address.rfind(':');
  sockaddr_in endpoint{};
  endpoint.sin_family = AF_INET;
  endpoint.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &endpoint.sin_addr);
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{.tv_sec = 20, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&endpoint), sizeof endpoint) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect to " + address);
  }
}

HttpClient::~HttpClient() { Close(); }

void HttpClient::Close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void HttpClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool HttpClient::ReadMore() {
  char bytes[16384];
  const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

bool HttpClient::ReadTo(std::size_t size) {
  while (buffer_.size() < size) {
    if (!ReadMore()) return false;
  }
  return true;
}

std::string HttpClient::ReadLine() {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (!ReadMore()) throw std::runtime_error("the connection ended in a line: " + buffer_);
  }
  const std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

void HttpClient::ReadChunks(ClientResponse& response) {
  while (true) {
    std::size_t size = 0;
    try {
      size = std::stoul(ReadLine(), nullptr, 16);
    } catch (const std::exception&) {
      return;
    }
    if (!ReadTo(size + 2)) return;
    response.body += buffer_.substr(0, size);
    buffer_.erase(0, size + 2);
    if (size == 0) {
      response.complete = true;
      return;
    }
  }
}

ClientResponse HttpClient::Receive(bool head_only) {
  ClientResponse response;
  response.status = std::stoi(ReadLine().substr(9, 3));
  for (std::string line = ReadLine(); !line.empty(); line = ReadLine()) {
    const auto colon = line.find(": ");
    response.headers[Lower(line.substr(0, colon))] = line.substr(colon + 2);
  }
  if (response.headers.contains("transfer-encoding")) {
    ReadChunks(response);
    return response;
  }
  const auto length = response.headers.find("content-length");
  if (head_only || length == response.headers.end()) {
    response.complete = true;
    return response;
  }
  const std::size_t size = std::stoul(length->second);
  response.complete = ReadTo(size);
  response.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

std::string HttpClient::ReceiveUntil(std::string_view text) {
  while (buffer_.find(text) == std::string::npos) {
    if (!ReadMore()) throw std::runtime_error("the connection ended before the text: " + buffer_);
  }
  return buffer_;
}

bool HttpClient::IsClosed() {
  char byte = 0;
  return buffer_.empty() && ::recv(socket_, &byte, 1, 0) == 0;
}

ClientResponse HttpClient::Call(const std::string& method, const std::string& target,
                                const std::map<std::string, std::string>& headers,
                                const std::string& body) {
  std::string request = method + ' ' + target + " HTTP/1.1\r\nHost: test\r\n";
  for (const auto& [name, value] : headers) request += name + ": " + value + "\r\n";
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  Send(request + "\r\n" + body);
  return Receive(method == "HEAD");
}

}  // namespace gongkai::gateway
