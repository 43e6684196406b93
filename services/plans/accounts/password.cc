#include "services/plans/accounts/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

namespace gongkai::plans {
namespace {

constexpr std::size_t kLeastBytes = 10;
constexpr std::size_t kMostBytes = 128;
constexpr int kLeastKinds = 3;
constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemoryBytes = 32 * 1024 * 1024;
constexpr std::size_t kRandomLength = 16;

// Without 0 O o, 1 l I.
constexpr std::array<std::string_view, 3> kRandomKinds = {"ABCDEFGHJKLMNPQRSTUVWXYZ",
                                                          "abcdefghijkmnpqrstuvwxyz", "23456789"};

void RequireSodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium has no random numbers");
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return lower;
}

int KindsIn(std::string_view password) {
  bool capital = false, small = false, digit = false, other = false;
  for (const char c : password) {
    if (c >= 'A' && c <= 'Z') {
      capital = true;
    } else if (c >= 'a' && c <= 'z') {
      small = true;
    } else if (c >= '0' && c <= '9') {
      digit = true;
    } else {
      other = true;
    }
  }
  return capital + small + digit + other;
}

Error Weak(const std::string& rule, const std::string& rule_zh) {
  Error error = InvalidArgument("password", rule, rule_zh);
  error.reason = "WEAK_PASSWORD";
  return error;
}

char RandomOf(std::string_view letters) {
  return letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
}

}  // namespace

Result<void> CheckPassword(std::string_view account, std::string_view password) {
  if (password.size() < kLeastBytes || password.size() > kMostBytes) {
    return Fail(Weak("must have 10 to 128 characters", "密码须为 10 至 128 个字符"));
  }
  if (KindsIn(password) < kLeastKinds) {
    return Fail(
        Weak("must have three kinds of characters: capital and small letters, digits, others",
             "密码须包含大写字母、小写字母、数字、其他字符中的至少三种"));
  }
  if (!account.empty() && Lower(password).find(Lower(account)) != std::string::npos) {
    return Fail(Weak("must not hold the account's name", "密码不得包含账号"));
  }
  return {};
}

std::string RandomPassword() {
  RequireSodium();
  std::string all;
  for (const auto kind : kRandomKinds) all += kind;
  while (true) {
    std::string password;
    for (std::size_t i = 0; i < kRandomLength; ++i) password += RandomOf(all);
    if (KindsIn(password) >= kLeastKinds) return password;
  }
}

std::string HashPassword(std::string_view password) {
  RequireSodium();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return hash.data();
}

bool FitsPassword(const std::string& hash, std::string_view password) {
  RequireSodium();
  return password.size() <= kMostBytes &&
         crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

const std::string& HashOfNobody() {
  static const auto& hash = *new std::string(HashPassword(RandomPassword()));
  return hash;
}

}  // namespace gongkai::plans
