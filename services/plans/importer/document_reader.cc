#include "services/plans/importer/document_reader.h"

#include "services/plans/importer/cell_dump_reader.h"
#include "services/plans/importer/delimited_reader.h"
#include "services/plans/importer/document_error.h"
#include "services/plans/importer/docx_reader.h"
#include "services/plans/importer/html_reader.h"
#include "services/plans/importer/office_package.h"
#include "services/plans/importer/pipe_table_reader.h"
#include "services/plans/importer/text_encoding.h"
#include "services/plans/importer/xlsx_reader.h"
#include "services/plans/importer/zip_archive.h"

namespace gongkai::plans::importer {
namespace {

struct ForeignFormat {
  std::string_view magic;
  Complaint complaint;
};

// What offices send and the importer does not read. An encrypted .docx is a file of the old kind.
constexpr ForeignFormat kForeignFormats[] = {
    {"\xD0\xCF\x11\xE0",
     {.message = "an old binary document (.doc, .xls, .wps) or one with a password; open it in "
                 "Word or WPS, save it as .docx or .xlsx without a password and send that",
      .message_zh = "旧版二进制文档（.doc、.xls、.wps）或加密文档，请用 Word 或 WPS 另存为未加密的 "
                    ".docx 或 .xlsx 后上传"}},
    {"%PDF",
     {.message = "a PDF; send the Word document that it was made from, or its text",
      .message_zh = "暂不支持 PDF，请上传生成该 PDF 的 Word 文档或其文本"}},
    {"{\\rtf",
     {.message = "an RTF document; open it in Word or WPS, save it as .docx and send that",
      .message_zh = "暂不支持 RTF，请用 Word 或 WPS 另存为 .docx 后上传"}}};

Result<DocumentFormat> TellOfficeFormat(const OfficePackage& package) {
  if (package.main_part().starts_with("word/")) return DocumentFormat::kDocx;
  if (package.main_part().starts_with("xl/")) return DocumentFormat::kXlsx;
  return Fail(DocumentUnreadable(
      {.message = "an office document that is neither of Word nor of Excel; save the plan as .docx "
                  "or .xlsx and send that",
       .message_zh = "不是 Word 或 Excel 文档，请另存为 .docx 或 .xlsx 后上传"}));
}

DocumentFormat TellTextFormat(TextView text) {
  if (LooksLikeHtml(text)) return DocumentFormat::kHtml;
  if (LooksLikePipeTables(text)) return DocumentFormat::kPipeTables;
  return FindDelimiter(text) ? DocumentFormat::kDelimited : DocumentFormat::kCellDump;
}

Result<Document> ReadOffice(std::string_view bytes) {
  const auto package = OfficePackage::Open(bytes);
  if (!package) return Fail(package.error());
  const auto format = TellOfficeFormat(*package);
  if (!format) return Fail(format.error());
  return *format == DocumentFormat::kDocx ? ReadDocx(*package) : ReadXlsx(*package);
}

Result<Document> ReadText(TextView text) {
  switch (TellTextFormat(text)) {
    case DocumentFormat::kHtml:
      return ReadHtml(text);
    case DocumentFormat::kPipeTables:
      return ReadPipeTables(text);
    case DocumentFormat::kDelimited:
      return ReadDelimited(text, *FindDelimiter(text));
    default:
      return ReadCellDump(text);
  }
}

// The bytes where their format is not one that is known by name and not read.
Result<std::string_view> WithoutForeignFormats(std::string_view bytes) {
  for (const ForeignFormat& format : kForeignFormats) {
    if (bytes.starts_with(format.magic)) return Fail(DocumentUnreadable(format.complaint));
  }
  return bytes;
}

}  // namespace

Result<DocumentFormat> TellFormat(std::string_view bytes) {
  if (const auto known = WithoutForeignFormats(bytes); !known) return Fail(known.error());
  if (ZipArchive::Matches(bytes)) {
    const auto package = OfficePackage::Open(bytes);
    return package ? TellOfficeFormat(*package) : Fail(package.error());
  }
  const auto text = DecodeText(bytes);
  if (!text) return Fail(text.error());
  return TellTextFormat(*text);
}

Result<Document> ReadDocument(std::string_view bytes) {
  if (const auto known = WithoutForeignFormats(bytes); !known) return Fail(known.error());
  if (ZipArchive::Matches(bytes)) return ReadOffice(bytes);
  auto text = DecodeText(bytes);
  if (!text) return Fail(text.error());
  auto document = ReadText(*text);
  if (document && document->text.empty()) document->text = *std::move(text);
  return document;
}

}  // namespace gongkai::plans::importer
