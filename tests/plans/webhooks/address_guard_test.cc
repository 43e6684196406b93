#include "services/plans/webhooks/address_guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace gongkai::plans {
namespace {

bool Allows(const AddressGuard& guard, const std::string& text, bool encrypted = true) {
  sockaddr_storage storage{};
  auto& ipv4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& ipv6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text.c_str(), &ipv4.sin_addr) == 1) {
    ipv4.sin_family = AF_INET;
  } else if (inet_pton(AF_INET6, text.c_str(), &ipv6.sin6_addr) == 1) {
    ipv6.sin6_family = AF_INET6;
  } else {
    ADD_FAILURE() << text;
  }
  return guard.Allows(reinterpret_cast<const sockaddr&>(storage), encrypted);
}

TEST(AddressGuard, AllowsWhatIsPublicByTls) {
  const AddressGuard guard({});
  for (const char* text : {"1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.255", "11.0.0.1",
                           "2400:3200::1", "64:ff9b::101:101", "2002:101:101::1"}) {
    EXPECT_TRUE(Allows(guard, text)) << text;
    EXPECT_FALSE(Allows(guard, text, false)) << text;
  }
}

TEST(AddressGuard, RefusesTheMachineItselfAndEveryPrivateNetwork) {
  const AddressGuard guard({});
  for (const char* text : {"127.0.0.1",
                           "127.9.9.9",
                           "0.0.0.0",
                           "10.0.0.1",
                           "100.64.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "198.18.0.1",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::127.0.0.1",
                           "fe80::1",
                           "fec0::1",
                           "fd00::1",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::7f00:1",
                           "64:ff9b::a9fe:a9fe",
                           "64:ff9b:1::1",
                           "2002:7f00:1::1",
                           "2001::1",
                           "2001:db8::1"}) {
    EXPECT_FALSE(Allows(guard, text)) << text;
  }
}

TEST(AddressGuard, AllowsWhatTheOperatorNamesWithoutTlsToo) {
  const AddressGuard guard({"10.1.0.0/16", "fd00:1::/32", "192.168.1.1/32"});
  for (const char* text :
       {"10.1.0.1", "10.1.255.255", "::ffff:10.1.0.1", "fd00:1::9", "192.168.1.1"}) {
    EXPECT_TRUE(Allows(guard, text, false)) << text;
  }
  for (const char* text : {"10.2.0.1", "fd00:2::9", "192.168.1.2", "127.0.0.1"}) {
    EXPECT_FALSE(Allows(guard, text)) << text;
  }
}

TEST(AddressGuard, ReadsBlocksAndNothingElse) {
  for (const char* text : {"10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/129", "x/8", "10.0.0.0/-1",
                           "10.0.0.0/8x", "/8", "10.0.0.0/", ""}) {
    EXPECT_FALSE(ParseAddressBlock(text)) << text;
  }
  EXPECT_EQ(ParseAddressBlock("10.0.0.0/8")->prefix, 104);
  EXPECT_EQ(ParseAddressBlock("::/0")->prefix, 0);
}

}  // namespace
}  // namespace gongkai::plans
