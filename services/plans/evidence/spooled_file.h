// A file on its way into the database: on the disk and not in memory, gone with the process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::plans {

// Not thread-safe, but may go from thread to thread. The file has no name: whatever ends the
// program, kill -9 too, leaves nothing behind.
class SpooledFile {
 public:
  // An empty file in `directory`. UNAVAILABLE with reason SPOOL_UNAVAILABLE if it cannot be made.
  static Result<SpooledFile> Create(const std::filesystem::path& directory);

  SpooledFile(SpooledFile&&) noexcept;
  SpooledFile& operator=(SpooledFile&&) noexcept;
  ~SpooledFile();

  // UNAVAILABLE with reason SPOOL_UNAVAILABLE if the disk does not take it.
  Result<void> Append(std::string_view data);

  std::int64_t size() const { return size_; }
  // Up to `limit` bytes from `offset` on.
  Result<std::string> Read(std::int64_t offset, std::size_t limit) const;
  // Of everything so far, 64 hexadecimal digits. Nothing may be appended afterwards.
  std::string Sha256();

 private:
  struct Digest;
  SpooledFile(int descriptor, std::unique_ptr<Digest> digest);

  int descriptor_ = -1;
  std::int64_t size_ = 0;
  std::unique_ptr<Digest> digest_;
};

}  // namespace gongkai::plans
