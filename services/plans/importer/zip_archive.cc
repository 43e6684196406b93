#include "services/plans/importer/zip_archive.h"

#include <zip.h>

#include "services/plans/importer/document_error.h"

namespace gongkai::plans::importer {
namespace {

struct FileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Error Broken() {
  return DocumentUnreadable(
      {.message = "the document is a broken, cut off or encrypted zip archive; open it in Word or "
                  "WPS, save it anew without a password and send it again",
       .message_zh = "文件已损坏、不完整或已加密，请用 Word 或 WPS 打开，取消密码后另存再上传"});
}

Error PartTooLarge() {
  return DocumentTooLarge(
      {.message = "a part that is too large when unpacked, in bytes: a table of more than about "
                  "30000 rows, which should be split, or what is no plan",
       .message_zh = "解压后单个部件的字节数过多（表格约三万行以上请拆分）"},
      ZipArchive::kMaxPartBytes);
}

Error TotalTooLarge() {
  return DocumentTooLarge({.message = "parts that are too large together when unpacked, in bytes",
                           .message_zh = "解压后总字节数过多"},
                          ZipArchive::kMaxTotalBytes);
}

Error RatioTooLarge() {
  return DocumentTooLarge(
      {.message = "a part that unpacks to too many times its size: it is no plan but made to fill "
                  "the memory",
       .message_zh = "压缩比异常"},
      ZipArchive::kMaxRatio);
}

// The size of the part as it is packed.
size_t PackedSize(zip_t* archive, const std::string& part) {
  zip_stat_t stat;
  const bool known =
      zip_stat(archive, part.c_str(), 0, &stat) == 0 && (stat.valid & ZIP_STAT_COMP_SIZE) != 0;
  return known ? static_cast<size_t>(stat.comp_size) : 0;
}

}  // namespace

void ZipArchive::Closer::operator()(zip* archive) const { zip_discard(archive); }

bool ZipArchive::Matches(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<ZipArchive> ZipArchive::Open(std::string_view bytes) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (!source) return Fail(Broken());
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (!archive) {
    zip_source_free(source);
    return Fail(Broken());
  }
  ZipArchive opened(archive);
  if (zip_get_num_entries(archive, 0) > static_cast<zip_int64_t>(kMaxEntries)) {
    return Fail(DocumentTooLarge({.message = "too many parts", .message_zh = "压缩包内部件过多"},
                                 kMaxEntries));
  }
  return opened;
}

bool ZipArchive::Has(const std::string& part) const {
  return zip_name_locate(archive_.get(), part.c_str(), 0) >= 0;
}

Result<std::string> ZipArchive::Read(const std::string& part) const {
  const std::unique_ptr<zip_file_t, FileCloser> file(zip_fopen(archive_.get(), part.c_str(), 0));
  if (!file) return Fail(Broken());
  const size_t packed = PackedSize(archive_.get(), part);
  std::string bytes;
  char buffer[64 * 1024];
  for (;;) {
    const zip_int64_t count = zip_fread(file.get(), buffer, sizeof buffer);
    if (count < 0) return Fail(Broken());
    if (count == 0) return bytes;
    // The declared size may lie, so what is really unpacked is counted.
    bytes.append(buffer, static_cast<size_t>(count));
    total_bytes_ += static_cast<size_t>(count);
    if (bytes.size() > kSmallPartBytes && bytes.size() / kMaxRatio > packed) {
      return Fail(RatioTooLarge());
    }
    if (bytes.size() > kMaxPartBytes) return Fail(PartTooLarge());
    if (total_bytes_ > kMaxTotalBytes) return Fail(TotalTooLarge());
  }
}

}  // namespace gongkai::plans::importer
