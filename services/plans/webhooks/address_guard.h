// Which addresses a webhook may be sent to: a caller names the host, and must not reach through the
// service what he cannot reach himself.
#pragma once

#include <sys/socket.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace gongkai::plans {

// A block of addresses, `10.1.0.0/16` or `fd00::/8`; IPv4 stands as IPv6 maps it.
struct AddressBlock {
  std::array<unsigned char, 16> address;
  int prefix = 0;  // bits, 0 to 128

  bool Contains(const std::array<unsigned char, 16>& candidate) const;
};

// Nothing for any other text.
std::optional<AddressBlock> ParseAddressBlock(const std::string& text);

// Immutable, thread-safe.
class AddressGuard {
 public:
  // `allowed`: well-formed blocks.
  explicit AddressGuard(const std::vector<std::string>& allowed);

  // Whether to connect: to what is allowed in any case; else, by TLS, to what is public: not this
  // machine, not a private, shared, link-local, reserved or multicast network, nor one of those
  // inside an IPv6 address.
  bool Allows(const sockaddr& address, bool encrypted) const;

 private:
  std::vector<AddressBlock> allowed_;
};

}  // namespace gongkai::plans
