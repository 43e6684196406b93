#include "services/plans/webhooks/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace gongkai::plans {
namespace {

using Address = std::array<unsigned char, 16>;

constexpr int kMappedBits = 96;

Address Mapped(const void* ipv4) {
  Address address{};
  address[10] = address[11] = 0xff;
  std::memcpy(&address[12], ipv4, 4);
  return address;
}

std::optional<Address> AddressOf(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    return Mapped(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  }
  if (address.sa_family != AF_INET6) return std::nullopt;
  Address bytes;
  std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
  return bytes;
}

// The special-purpose registries of IANA, as far as they are not public.
const std::vector<AddressBlock>& NotPublic() {
  static const auto& blocks = *new std::vector<AddressBlock>([] {
    std::vector<AddressBlock> made;
    for (const char* text :
         {"0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
          "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
          "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
          "::/96",         "100::/64",        "2001::/23",      "2001:db8::/32",  "fc00::/7",
          "fe80::/9",      "ff00::/8"}) {
      made.push_back(*ParseAddressBlock(text));
    }
    return made;
  }());
  return blocks;
}

bool IsPublic(const Address& address) {
  if (std::any_of(NotPublic().begin(), NotPublic().end(),
                  [&](const auto& block) { return block.Contains(address); })) {
    return false;
  }
  // An IPv4 address behind a translator (NAT64, 6to4) is judged as itself.
  static const auto nat64 = *ParseAddressBlock("64:ff9b::/96");
  static const auto nat64_local = *ParseAddressBlock("64:ff9b:1::/48");
  static const auto six_to_four = *ParseAddressBlock("2002::/16");
  if (nat64_local.Contains(address)) return false;
  if (nat64.Contains(address)) return IsPublic(Mapped(&address[12]));
  return !six_to_four.Contains(address) || IsPublic(Mapped(&address[2]));
}

}  // namespace

bool AddressBlock::Contains(const Address& candidate) const {
  const int bytes = prefix / 8;
  if (std::memcmp(address.data(), candidate.data(), bytes) != 0) return false;
  const int bits = prefix % 8;
  return bits == 0 || (address[bytes] ^ candidate[bytes]) >> (8 - bits) == 0;
}

std::optional<AddressBlock> ParseAddressBlock(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto host = text.substr(0, slash);
  AddressBlock block;
  const char* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data() + slash + 1, end, block.prefix);
  if (error != std::errc() || read != end || block.prefix < 0) return std::nullopt;
  in_addr ipv4;
  if (inet_pton(AF_INET, host.c_str(), &ipv4) == 1) {
    if (block.prefix > 32) return std::nullopt;
    block.address = Mapped(&ipv4);
    block.prefix += kMappedBits;
    return block;
  }
  if (block.prefix > 128 || inet_pton(AF_INET6, host.c_str(), block.address.data()) != 1) {
    return std::nullopt;
  }
  return block;
}

AddressGuard::AddressGuard(const std::vector<std::string>& allowed) {
  for (const auto& text : allowed) {
    if (const auto block = ParseAddressBlock(text)) allowed_.push_back(*block);
  }
}

bool AddressGuard::Allows(const sockaddr& address, bool encrypted) const {
  const auto bytes = AddressOf(address);
  if (!bytes) return false;
  const bool allowed = std::any_of(allowed_.begin(), allowed_.end(),
                                   [&](const auto& block) { return block.Contains(*bytes); });
  return allowed || (encrypted && IsPublic(*bytes));
}

}  // namespace gongkai::plans
