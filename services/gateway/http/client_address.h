// Whose request it is: the address of the client, seen through the proxies before the gateway.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// A socket of both families shows an IPv4 client as ::ffff:203.0.113.7: that is 203.0.113.7.
std::string AddressText(const boost::asio::ip::address& address);

// Proxies whose X-Forwarded-For is believed. Immutable and thread-safe.
class TrustedProxies {
 public:
  // None.
  TrustedProxies() = default;
  // `10.0.0.0/8`, `fd00::/8`, or one address. INVALID_ARGUMENT names the network at fault.
  static Result<TrustedProxies> Parse(const std::vector<std::string>& networks);

  // From the client to the peer of the connection, as X-Forwarded-For writes it. From the right,
  // the first address that is no trusted proxy's is the client; what stands before it is only a
  // claim, and is left out.
  //
  //   10.0.0.0/8 is trusted; from 10.0.0.1 comes X-Forwarded-For: 1.1.1.1, 203.0.113.7, 10.0.0.2
  //   → 203.0.113.7, 10.0.0.2, 10.0.0.1
  std::string ForwardedFor(const HttpRequest& request) const;

 private:
  struct Network {
    boost::asio::ip::address address;
    unsigned short prefix = 0;
  };

  bool Contain(const boost::asio::ip::address& address) const;

  std::vector<Network> networks_;
};

}  // namespace gongkai::gateway
