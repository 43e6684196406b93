#include "services/plans/accounts/session_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>

namespace gongkai::plans {
namespace {

Error Unusable(const std::string& path, const std::string& problem) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "SESSION_KEY_UNUSABLE",
          .message = path + " " + problem + "; make one with make-session-key"};
}

}  // namespace

Result<auth::TokenSigner> ReadSessionKey(const std::string& path) {
  struct stat facts {};
  std::ifstream file(path, std::ios::binary);
  if (!file || stat(path.c_str(), &facts) != 0) return Fail(Unusable(path, "cannot be read"));
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fail(Unusable(path, "may be read by other users: chmod 600 it"));
  }
  auto signer = auth::TokenSigner::Parse({std::istreambuf_iterator<char>(file), {}});
  if (!signer) return Fail(Unusable(path, "holds no private Ed25519 key"));
  return signer;
}

Result<void> WriteSecret(const std::string& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0 && errno == EEXIST) {
    return Fail(Error{.code = ErrorCode::kAlreadyExists,
                      .reason = "SESSION_KEY_EXISTS",
                      .message = path + " is there already; with another key, all sessions end"});
  }
  const bool written =
      file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) close(file);
  if (!written) return Fail(Unusable(path, "cannot be written"));
  return {};
}

}  // namespace gongkai::plans
