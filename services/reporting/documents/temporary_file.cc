#include "services/reporting/documents/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace gongkai::reporting {

Error DiskUnavailable() {
  return {.code = ErrorCode::kUnavailable,
          .reason = "DISK_UNAVAILABLE",
          .message =
              "the disk of the reporting service does not take the document: see to the "
              "space of its directory for temporary files (TMPDIR)",
          .message_zh = "统计服务的临时目录空间不足或不可写，请联系运维人员"};
}

Result<TemporaryFile> TemporaryFile::Create() {
  std::error_code error;
  const auto directory = std::filesystem::temp_directory_path(error);
  if (error) return Fail(DiskUnavailable());
  const int descriptor = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) return Fail(DiskUnavailable());
  return TemporaryFile(descriptor);
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

TemporaryFile& TemporaryFile::operator=(TemporaryFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::string TemporaryFile::path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

Result<void> TemporaryFile::Append(std::string_view data) {
  while (!data.empty()) {
    const auto written = write(descriptor_, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Fail(DiskUnavailable());
    data.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::string> TemporaryFile::Read(std::int64_t offset, std::size_t limit) const {
  std::string data(limit, '\0');
  std::size_t size = 0;
  while (size < limit) {
    const auto read = pread(descriptor_, data.data() + size, limit - size,
                            offset + static_cast<std::int64_t>(size));
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return Fail(DiskUnavailable());
    if (read == 0) break;
    size += static_cast<std::size_t>(read);
  }
  data.resize(size);
  return data;
}

}  // namespace gongkai::reporting
