#include "services/gateway/http/client_address.h"

#include <algorithm>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>
#include <optional>

namespace gongkai::gateway {
namespace {

namespace ip = boost::asio::ip;
using boost::system::error_code;

ip::address Unmapped(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

std::optional<ip::address> ParseAddress(std::string_view text) {
  error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return Unmapped(address);
}

// `203.0.113.7`, `203.0.113.7:5123`, `[2001:db8::1]:5123`
std::optional<ip::address> ParseNode(std::string_view text) {
  if (text.starts_with('[')) return ParseAddress(text.substr(1, text.find(']') - 1));
  const bool port = std::count(text.begin(), text.end(), ':') == 1;
  return ParseAddress(port ? text.substr(0, text.find(':')) : text);
}

ip::address Masked(const ip::address& address, unsigned short prefix) {
  if (address.is_v4()) return ip::network_v4(address.to_v4(), prefix).network();
  return ip::network_v6(address.to_v6(), prefix).network();
}

std::optional<unsigned short> ParsePrefix(std::string_view text, unsigned short most) {
  unsigned short prefix = 0;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, prefix);
  if (parsed.ec != std::errc() || parsed.ptr != end || prefix > most) return std::nullopt;
  return prefix;
}

}  // namespace

std::string AddressText(const ip::address& address) { return Unmapped(address).to_string(); }

Result<TrustedProxies> TrustedProxies::Parse(const std::vector<std::string>& networks) {
  TrustedProxies proxies;
  for (const auto& text : networks) {
    const auto slash = text.find('/');
    const auto address = ParseAddress(text.substr(0, slash));
    const unsigned short most = address && address->is_v6() ? 128 : 32;
    const auto prefix = slash == std::string::npos
                            ? most
                            : ParsePrefix(std::string_view(text).substr(slash + 1), most);
    if (!address || !prefix) {
      return Fail(InvalidArgument(text, "expected a network such as 10.0.0.0/8 or fd00::/8"));
    }
    proxies.networks_.push_back({Masked(*address, *prefix), *prefix});
  }
  return proxies;
}

bool TrustedProxies::Contain(const ip::address& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    return network.address.is_v4() == address.is_v4() &&
           Masked(address, network.prefix) == network.address;
  });
}

std::string TrustedProxies::ForwardedFor(const HttpRequest& request) const {
  if (networks_.empty()) return request.peer;
  std::vector<std::string_view> nodes;
  for (const auto& [name, value] : request.headers) {
    if (!SameWord(name, "x-forwarded-for")) continue;
    for (const auto node : ListElements(value)) nodes.push_back(node);
  }
  std::string chain = request.peer;
  auto address = ParseAddress(request.peer);
  while (address && Contain(*address) && !nodes.empty()) {
    address = ParseNode(nodes.back());
    nodes.pop_back();
    if (address) chain = address->to_string() + ", " + chain;
  }
  return chain;
}

}  // namespace gongkai::gateway
