#include "services/plans/importer/media_type.h"

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/text_encoding.h"

namespace gongkai::plans::importer {
namespace {

std::string_view CharsetOf(std::string_view bytes) {
  if (DecodeUtf8(bytes)) return "utf-8";
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ? "utf-16" : "gb18030";
}

std::string_view TypeOf(DocumentFormat format) {
  switch (format) {
    case DocumentFormat::kDocx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case DocumentFormat::kXlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case DocumentFormat::kHtml:
      return "text/html";
    case DocumentFormat::kPipeTables:
      return "text/markdown";
    case DocumentFormat::kDelimited:
      return "text/csv";
    case DocumentFormat::kDoc:
      return "application/msword";
    case DocumentFormat::kXls:
      return "application/vnd.ms-excel";
    case DocumentFormat::kRtf:
      return "application/rtf";
    case DocumentFormat::kPdf:
      return "application/pdf";
    case DocumentFormat::kCellLines:
    case DocumentFormat::kCellDump:
      return "text/plain";
  }
  return "application/octet-stream";
}

}  // namespace

std::string MediaTypeOf(std::string_view bytes) {
  const auto format = TellFormat(bytes);
  if (!format) return "application/octet-stream";
  const std::string type(TypeOf(*format));
  return type.starts_with("text/") ? type + "; charset=" + std::string(CharsetOf(bytes)) : type;
}

}  // namespace gongkai::plans::importer
