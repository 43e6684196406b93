// A document while it is made and sent: on the disk and not in memory, gone with the process.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::reporting {

// Not thread-safe, but may go from thread to thread. The file has no name: whatever ends the
// program leaves nothing behind.
class TemporaryFile {
 public:
  // An empty file in the system's directory for temporary files (TMPDIR). UNAVAILABLE with reason
  // DISK_UNAVAILABLE if it cannot be made.
  static Result<TemporaryFile> Create();

  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&& other) noexcept;
  ~TemporaryFile();

  // A path by which a library of this process can write the file, as long as the file lives.
  std::string path() const;

  // UNAVAILABLE with reason DISK_UNAVAILABLE if the disk does not take it.
  Result<void> Append(std::string_view data);
  // Up to `limit` bytes from `offset` on, fewer only at the end.
  Result<std::string> Read(std::int64_t offset, std::size_t limit) const;

 private:
  explicit TemporaryFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

// UNAVAILABLE with reason DISK_UNAVAILABLE.
Error DiskUnavailable();

}  // namespace gongkai::reporting
