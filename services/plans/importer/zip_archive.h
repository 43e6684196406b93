// A zip archive in memory, read with limits: what office documents are.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

struct zip;

namespace gongkai::plans::importer {

// Reads parts one at a time. Not thread-safe; `bytes` must outlive the archive.
class ZipArchive {
 public:
  static constexpr size_t kMaxEntries = 4096;
  static constexpr size_t kMaxPartBytes = 64 * 1024 * 1024;
  static constexpr size_t kMaxTotalBytes = 2 * kMaxPartBytes;
  // Times that a part of more than kSmallPartBytes may be larger than it was packed. Long tables of
  // equal rows come near a hundred.
  static constexpr size_t kMaxRatio = 400;
  static constexpr size_t kSmallPartBytes = 8 * 1024 * 1024;

  // Whether the bytes begin as a zip archive does.
  static bool Matches(std::string_view bytes);

  // INVALID_ARGUMENT with reason
  //   DOCUMENT_UNREADABLE  the archive is broken or cut off
  //   DOCUMENT_TOO_LARGE   more than kMaxEntries parts
  static Result<ZipArchive> Open(std::string_view bytes);

  bool Has(const std::string& part) const;

  // The part, decompressed and its checksum compared. Errors like those of Open: DOCUMENT_TOO_LARGE
  // above kMaxPartBytes, for all parts read above kMaxTotalBytes, and above kMaxRatio, whatever
  // size the archive declares.
  Result<std::string> Read(const std::string& part) const;

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };
  explicit ZipArchive(zip* archive) : archive_(archive) {}

  std::unique_ptr<zip, Closer> archive_;
  mutable size_t total_bytes_ = 0;  // of the parts read
};

}  // namespace gongkai::plans::importer
