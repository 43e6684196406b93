#include "services/plans/contacts/contact_keys.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <fstream>
#include <sstream>
#include <utility>

#include "services/common/text/hexadecimal.h"

namespace gongkai::plans {
namespace {

constexpr std::pair<ContactSuite, std::string_view> kSuites[] = {
    {ContactSuite::kAes256Gcm, "aes-256-gcm"},
    {ContactSuite::kSm4CtrHmacSm3, "sm4-ctr-hmac-sm3"},
};

Error Malformed(int line, const std::string& problem) {
  return InvalidArgument("contact keys", "line " + std::to_string(line) + " " + problem);
}

Error Unusable(const char* reason, const std::filesystem::path& file, const std::string& problem) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = reason,
          .message = "the file of contact keys " + file.string() + " " + problem};
}

bool IsId(std::string_view text) {
  return text.size() <= 32 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '-';
         });
}

std::string ReadAll(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// `20261121-4f3a`: sorts by age, and two made at once differ.
std::string NewId(std::string_view random) {
  const auto now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char date[16];
  std::strftime(date, sizeof date, "%Y%m%d", &utc);
  return std::string(date) + "-" + std::string(random.substr(0, 4));
}

std::string RandomHexadecimal(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1) {
    return "";
  }
  return ToHexadecimal(bytes);
}

// All of it or nothing, on the disk when this returns.
bool Replace(const std::filesystem::path& file, const std::string& text) {
  auto next = file;
  next += ".new";
  unlink(next.c_str());
  const int descriptor =
      open(next.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return false;
  const bool written =
      write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      fsync(descriptor) == 0;
  close(descriptor);
  return written && rename(next.c_str(), file.c_str()) == 0;
}

}  // namespace

std::string_view Label(ContactSuite suite) {
  for (const auto& [each, label] : kSuites) {
    if (each == suite) return label;
  }
  return "";
}

std::optional<ContactSuite> ContactSuiteOf(std::string_view label) {
  for (const auto& [each, known] : kSuites) {
    if (known == label) return each;
  }
  return std::nullopt;
}

std::size_t KeyBytes(ContactSuite suite) { return suite == ContactSuite::kAes256Gcm ? 32 : 48; }

Result<ContactKeys> ContactKeys::Parse(std::string_view text) {
  ContactKeys keys;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    std::string id, suite_label, key, more;
    if (!(words >> id) || id.starts_with('#')) continue;
    if (!(words >> suite_label >> key) || words >> more) {
      return Fail(Malformed(number, "must have an id, a suite and a key"));
    }
    if (!IsId(id)) {
      return Fail(Malformed(number, "has an id that is not 1 to 32 letters, digits or -"));
    }
    if (keys.Find(id)) return Fail(Malformed(number, "has an id that an earlier line has"));
    const auto suite = ContactSuiteOf(suite_label);
    if (!suite) {
      return Fail(Malformed(number, "has a suite other than aes-256-gcm and sm4-ctr-hmac-sm3"));
    }
    auto bytes = FromHexadecimal(key);
    if (!bytes || bytes->size() != KeyBytes(*suite)) {
      return Fail(Malformed(number, "must have a key of " + std::to_string(KeyBytes(*suite) * 2) +
                                        " hexadecimal digits"));
    }
    keys.keys_.push_back({id, *suite, std::move(*bytes)});
  }
  if (keys.empty()) {
    return Fail(InvalidArgument("contact keys", "have no key; add one with make-contact-key"));
  }
  return keys;
}

Result<ContactKeys> ContactKeys::Load(const std::filesystem::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0 || access(file.c_str(), R_OK) != 0) {
    return Fail(Unusable("CONTACT_KEYS_UNREADABLE", file,
                         "cannot be read; make one with make-contact-key"));
  }
  if ((status.st_mode & S_IRWXO) != 0) {
    return Fail(Unusable("CONTACT_KEYS_EXPOSED", file,
                         "is open to every user of this machine; chmod 600 it"));
  }
  return Parse(ReadAll(file));
}

const ContactKey* ContactKeys::Find(std::string_view id) const {
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [&](const ContactKey& key) { return key.id == id; });
  return found == keys_.end() ? nullptr : &*found;
}

Result<std::string> AddContactKey(const std::filesystem::path& file, ContactSuite suite) {
  std::string present;
  if (std::filesystem::exists(file)) {
    if (auto loaded = ContactKeys::Load(file); !loaded) return Fail(loaded.error());
    present = ReadAll(file);
  }
  const auto id = NewId(RandomHexadecimal(2));
  const auto key = RandomHexadecimal(KeyBytes(suite));
  const auto text = id + " " + std::string(Label(suite)) + " " + key + "\n" + present;
  if (key.empty() || !ContactKeys::Parse(text) || !Replace(file, text)) {
    return Fail(Unusable("CONTACT_KEYS_UNWRITABLE", file, "cannot be written"));
  }
  return id;
}

}  // namespace gongkai::plans
