#include "services/plans/importer/document_reader.h"

#include "services/plans/importer/cell_dump_reader.h"
#include "services/plans/importer/cell_line_reader.h"
#include "services/plans/importer/delimited_reader.h"
#include "services/plans/importer/document_error.h"
#include "services/plans/importer/docx_reader.h"
#include "services/plans/importer/html_reader.h"
#include "services/plans/importer/office_package.h"
#include "services/plans/importer/pdf_reader.h"
#include "services/plans/importer/pipe_table_reader.h"
#include "services/plans/importer/text_encoding.h"
#include "services/plans/importer/xlsx_reader.h"
#include "services/plans/importer/zip_archive.h"

namespace gongkai::plans::importer {
namespace {

// An encrypted .docx is a file of the old kind.
Error UnknownCompoundFile() {
  return DocumentUnreadable(
      {.message = "a document with a password, or of another program than Word and Excel; open it "
                  "in Word or WPS, save it as .docx or .xlsx without a password and send that",
       .message_zh = "加密文档，或不是 Word、Excel 文档，请用 Word 或 WPS 另存为未加密的 .docx 或 "
                     ".xlsx 后上传"});
}

Error NotConvertedHere() {
  return DocumentUnreadable(
      {.message = "an old binary document (.doc, .xls, .wps, .et), RTF or PDF, which are not "
                  "converted here; open it in Word or WPS, save it as .docx or .xlsx and send that",
       .message_zh = "此处不转换旧版二进制文档（.doc、.xls、.wps、.et）、RTF 和 PDF，请用 Word 或 "
                     "WPS 另存为 .docx 或 .xlsx 后上传"});
}

DocumentFormat FormatOf(ForeignFormat format) {
  switch (format) {
    case ForeignFormat::kWord:
      return DocumentFormat::kDoc;
    case ForeignFormat::kExcel:
      return DocumentFormat::kXls;
    case ForeignFormat::kRtf:
      return DocumentFormat::kRtf;
    case ForeignFormat::kPdf:
      break;
  }
  return DocumentFormat::kPdf;
}

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
  if (LooksLikeCellLines(text)) return DocumentFormat::kCellLines;
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
    case DocumentFormat::kCellLines:
      return ReadCellLines(text);
    case DocumentFormat::kPipeTables:
      return ReadPipeTables(text);
    case DocumentFormat::kDelimited:
      return ReadDelimited(text, *FindDelimiter(text));
    default:
      return ReadCellDump(text);
  }
}

Result<Document> ReadForeign(std::string_view bytes, ForeignFormat format,
                             DocumentConverter* converter) {
  if (!converter) return Fail(NotConvertedHere());
  if (format == ForeignFormat::kPdf) {
    const auto content = converter->ToPages(bytes);
    if (!content) return Fail(content.error());
    const auto pages = ReadPdfPages(content->words, content->bitmaps, content->dots_per_inch);
    return pages ? ReadPdf(*pages) : Fail(pages.error());
  }
  const auto office = converter->ToOffice(bytes, format);
  return office ? ReadOffice(*office) : Fail(office.error());
}

}  // namespace

Result<DocumentFormat> TellFormat(std::string_view bytes) {
  if (const auto foreign = TellForeignFormat(bytes)) return FormatOf(*foreign);
  if (IsCompoundFile(bytes)) return Fail(UnknownCompoundFile());
  if (ZipArchive::Matches(bytes)) {
    const auto package = OfficePackage::Open(bytes);
    return package ? TellOfficeFormat(*package) : Fail(package.error());
  }
  const auto text = DecodeText(bytes);
  if (!text) return Fail(text.error());
  return TellTextFormat(*text);
}

Result<Document> ReadDocument(std::string_view bytes, DocumentConverter* converter) {
  if (const auto foreign = TellForeignFormat(bytes)) return ReadForeign(bytes, *foreign, converter);
  if (IsCompoundFile(bytes)) return Fail(UnknownCompoundFile());
  if (ZipArchive::Matches(bytes)) return ReadOffice(bytes);
  auto text = DecodeText(bytes);
  if (!text) return Fail(text.error());
  auto document = ReadText(*text);
  if (document && document->text.empty()) document->text = *std::move(text);
  return document;
}

}  // namespace gongkai::plans::importer
