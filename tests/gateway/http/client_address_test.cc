#include "services/gateway/http/client_address.h"

#include <gtest/gtest.h>

namespace gongkai::gateway {
namespace {

std::string Chain(const std::string& peer, const HttpHeaders& headers) {
  const auto proxies = TrustedProxies::Parse({"10.0.0.0/8", "fd00::/8", "192.0.2.9"});
  HttpRequest request{.headers = headers, .peer = peer};
  return proxies->ForwardedFor(request);
}

TEST(ForwardedFor, NamesThePeerWhereNoProxyIsTrusted) {
  HttpRequest request{.headers = {{"X-Forwarded-For", "1.1.1.1"}}, .peer = "203.0.113.7"};
  EXPECT_EQ(TrustedProxies().ForwardedFor(request), "203.0.113.7");
}

TEST(ForwardedFor, NamesTheClientBeforeTrustedProxiesAndNotWhatItClaims) {
  EXPECT_EQ(Chain("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.7, 10.0.0.2"}}),
            "203.0.113.7, 10.0.0.2, 10.0.0.1");
}

TEST(ForwardedFor, IsThePeerWhoeverItClaimsToBeUnlessItIsTrusted) {
  EXPECT_EQ(Chain("203.0.113.7", {{"X-Forwarded-For", "10.0.0.2"}}), "203.0.113.7");
  EXPECT_EQ(Chain("192.0.2.10", {{"X-Forwarded-For", "10.0.0.2"}}), "192.0.2.10");
  EXPECT_EQ(Chain("192.0.2.9", {{"X-Forwarded-For", "10.0.0.2"}}), "10.0.0.2, 192.0.2.9");
}

TEST(ForwardedFor, ReadsSeveralHeadersAndAddressesWithPorts) {
  EXPECT_EQ(Chain("fd00::1",
                  {{"X-Forwarded-For", "[2001:db8::7]:443"}, {"x-forwarded-for", "10.0.0.2:80"}}),
            "2001:db8::7, 10.0.0.2, fd00::1");
}

TEST(ForwardedFor, EndsAtWhatIsNoAddress) {
  EXPECT_EQ(Chain("10.0.0.1", {{"X-Forwarded-For", "203.0.113.7, unknown"}}), "10.0.0.1");
  EXPECT_EQ(Chain("10.0.0.1", {{"X-Forwarded-For", "[, ::1]"}}), "10.0.0.1");
}

TEST(ForwardedFor, KnowsAnIpv4AddressInTheFormOfIpv6) {
  EXPECT_EQ(AddressText(boost::asio::ip::make_address("::ffff:203.0.113.7")), "203.0.113.7");
  EXPECT_EQ(Chain("10.0.0.1", {{"X-Forwarded-For", "203.0.113.7, ::ffff:10.0.0.2"}}),
            "203.0.113.7, 10.0.0.2, 10.0.0.1");
}

TEST(TrustedProxies, RefusesWhatIsNoNetwork) {
  for (const char* text : {"10.0.0.0/33", "fd00::/129", "10.0.0/8", "10.0.0.0/", "proxy", ""}) {
    const auto proxies = TrustedProxies::Parse({text});
    ASSERT_FALSE(proxies) << text;
    EXPECT_NE(proxies.error().message.find("10.0.0.0/8"), std::string::npos);
  }
}

}  // namespace
}  // namespace gongkai::gateway
