#include "services/reporting/documents/docx_package.h"

#include <zip.h>

#include <memory>

namespace gongkai::reporting {
namespace {

constexpr zip_uint64_t kMostBytes = 16 * 1024 * 1024;
constexpr zip_int64_t kMostParts = 512;
constexpr const char* kContentTypes = "[Content_Types].xml";
constexpr const char* kDocument = "word/document.xml";

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

Error Unreadable(const std::string& why) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "TEMPLATE_UNREADABLE",
          .message = "the template is no .docx that can be used: " + why,
          .message_zh = "模板不是可用的 .docx 文件"};
}

Result<std::string> ReadPart(zip_t* archive, zip_uint64_t index, zip_uint64_t size) {
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive, index, 0),
                                                               zip_fclose);
  std::string part(size, '\0');
  if (!file || zip_fread(file.get(), part.data(), size) != static_cast<zip_int64_t>(size)) {
    return Fail(Unreadable("a part of it is damaged or encrypted"));
  }
  return part;
}

bool AddPart(zip_t* archive, const std::string& name, const std::string& content) {
  auto* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  if (!source) return false;
  const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  // The first day that a zip archive can tell, so that equal parts have equal bytes.
  constexpr zip_uint16_t kMidnight = 0;
  constexpr zip_uint16_t kFirstDay = (1 << 5) | 1;
  return zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), kMidnight, kFirstDay, 0) ==
         0;
}

std::string TakeBytes(zip_source_t* source) {
  std::string bytes;
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return bytes;
  bytes.resize(stat.size);
  if (zip_source_read(source, bytes.data(), stat.size) != static_cast<zip_int64_t>(stat.size)) {
    bytes.clear();
  }
  zip_source_close(source);
  return bytes;
}

}  // namespace

Result<DocxParts> ReadDocx(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (!source) return Fail(Internal("no memory for a template"));
  const Archive archive(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!archive) {
    zip_source_free(source);
    return Fail(Unreadable("it is no zip archive"));
  }
  const auto count = zip_get_num_entries(archive.get(), 0);
  if (count > kMostParts) return Fail(Unreadable("it has more than 512 parts"));
  DocxParts parts;
  zip_uint64_t total = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(archive.get(), i, 0, &stat) != 0) return Fail(Unreadable("it is damaged"));
    if (std::string_view(stat.name).ends_with('/')) continue;
    if (stat.size > kMostBytes - total) return Fail(Unreadable("it has more than 16 MiB"));
    total += stat.size;
    auto part = ReadPart(archive.get(), i, stat.size);
    if (!part) return Fail(part.error());
    parts[stat.name] = *std::move(part);
  }
  for (const char* needed : {kContentTypes, kDocument}) {
    if (!parts.contains(needed)) {
      return Fail(Unreadable("it has no part " + std::string(needed)));
    }
  }
  return parts;
}

Result<std::string> WriteDocx(const DocxParts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!source) return Fail(Internal("no memory for a document"));
  zip_source_keep(source);  // to be read after the archive is closed
  const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> kept(source, zip_source_free);
  Archive archive(zip_open_from_source(source, ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(source);
    return Fail(Internal("a document could not be packed"));
  }
  // Readers tell the type of the package by its first part.
  bool added = AddPart(archive.get(), kContentTypes, parts.at(kContentTypes));
  for (const auto& [name, content] : parts) {
    if (name != kContentTypes) added = added && AddPart(archive.get(), name, content);
  }
  if (!added || zip_close(archive.get()) != 0) {
    return Fail(Internal("a document could not be packed"));
  }
  archive.release();
  return TakeBytes(source);
}

}  // namespace gongkai::reporting
