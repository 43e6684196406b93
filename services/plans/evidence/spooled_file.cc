#include "services/plans/evidence/spooled_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "services/common/log/log.h"
#include "services/common/text/hexadecimal.h"

namespace gongkai::plans {
namespace {

Error SpoolUnavailable(const char* step) {
  log::Error("upload not spooled", {{"step", step}, {"what", std::strerror(errno)}});
  return {.code = ErrorCode::kUnavailable,
          .reason = "SPOOL_UNAVAILABLE",
          .message = "the server cannot keep the file for the moment; try again later",
          .message_zh = "服务器暂时无法接收文件，请稍后重试"};
}

int OpenNameless(const std::filesystem::path& directory) {
  const int descriptor = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor >= 0 || errno != EOPNOTSUPP) return descriptor;
  // Some file systems of containers have no files without a name: this one loses it while empty.
  std::string name = directory / "gongkai-upload-XXXXXX";
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

}  // namespace

struct SpooledFile::Digest {
  Digest() { EVP_DigestInit_ex(context, EVP_sha256(), nullptr); }
  ~Digest() { EVP_MD_CTX_free(context); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  EVP_MD_CTX* const context = EVP_MD_CTX_new();
};

Result<SpooledFile> SpooledFile::Create(const std::filesystem::path& directory) {
  const int descriptor = OpenNameless(directory);
  if (descriptor < 0) return Fail(SpoolUnavailable("create"));
  return SpooledFile(descriptor, std::make_unique<Digest>());
}

SpooledFile::SpooledFile(int descriptor, std::unique_ptr<Digest> digest)
    : descriptor_(descriptor), digest_(std::move(digest)) {}

SpooledFile::SpooledFile(SpooledFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      digest_(std::move(other.digest_)) {}

SpooledFile& SpooledFile::operator=(SpooledFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  size_ = other.size_;
  digest_ = std::move(other.digest_);
  return *this;
}

SpooledFile::~SpooledFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<void> SpooledFile::Append(std::string_view data) {
  EVP_DigestUpdate(digest_->context, data.data(), data.size());
  while (!data.empty()) {
    const auto written = pwrite(descriptor_, data.data(), data.size(), size_);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Fail(SpoolUnavailable("write"));
    size_ += written;
    data.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::string> SpooledFile::Read(std::int64_t offset, std::size_t limit) const {
  std::string data(limit, '\0');
  std::size_t filled = 0;
  while (filled < limit) {
    const auto read = pread(descriptor_, data.data() + filled, limit - filled,
                            offset + static_cast<std::int64_t>(filled));
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return Fail(SpoolUnavailable("read"));
    if (read == 0) break;
    filled += static_cast<std::size_t>(read);
  }
  data.resize(filled);
  return data;
}

std::string SpooledFile::Sha256() {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(digest_->context, bytes, &size);
  return ToHexadecimal({reinterpret_cast<const char*>(bytes), size});
}

}  // namespace gongkai::plans
