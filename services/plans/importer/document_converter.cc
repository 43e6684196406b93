#include "services/plans/importer/document_converter.h"

#include <fstream>
#include <functional>
#include <iterator>

#include "services/plans/importer/document_error.h"
#include "services/plans/importer/pdf_page.h"

namespace gongkai::plans::importer {
namespace {

namespace fs = std::filesystem;

// Names of streams in a compound file stand in UTF-16.
bool HasStream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

Error NotInstalled() {
  return DocumentUnreadable(
      {.message = "an old binary document (.doc, .xls, .wps, .et) or RTF, and LibreOffice, which "
                  "would convert it, is not installed; open it in Word or WPS, save it as .docx or "
                  ".xlsx and send that",
       .message_zh = "旧版二进制文档（.doc、.xls、.wps、.et）或 RTF，服务器未安装用于转换的 "
                     "LibreOffice，请用 Word 或 WPS 另存为 .docx 或 .xlsx 后上传"});
}

Error PopplerNotInstalled() {
  return DocumentUnreadable(
      {.message =
           "a PDF, and poppler (pdftotext, pdftoppm), which would read it, is not installed; "
           "send the Word document that it was made from, saved as .docx",
       .message_zh = "PDF 文档，服务器未安装用于读取的 poppler，请上传生成该 PDF 的 Word 文档"
                     "（另存为 .docx）"});
}

Error NotConverted(ProcessEnd end) {
  if (end == ProcessEnd::kTimedOut) {
    return DocumentUnreadable(
        {.message = "the document could not be converted in time; open it in Word or WPS, save it "
                    "as .docx or .xlsx and send that",
         .message_zh = "文档转换超时，请用 Word 或 WPS 另存为 .docx 或 .xlsx 后上传"});
  }
  return DocumentUnreadable(
      {.message = "the document could not be converted: it is broken, too large or has a password; "
                  "open it in Word or WPS, save it as .docx or .xlsx without a password and send "
                  "that",
       .message_zh = "文档无法转换（可能已损坏、过大或加密），请用 Word 或 WPS 另存为未加密的 "
                     ".docx 或 .xlsx 后上传"});
}

Error Busy() {
  return {.code = ErrorCode::kResourceExhausted,
          .reason = "CONVERTER_BUSY",
          .message =
              "other documents are being converted; try again in a minute, or save the "
              "document as .docx or .xlsx and send that",
          .message_zh = "正在转换其他文档，请稍后重试，或另存为 .docx、.xlsx 后上传"};
}

struct Conversion {
  const char* input;
  const char* output;
  const char* filter;
};

Conversion ConversionOf(ForeignFormat format) {
  switch (format) {
    case ForeignFormat::kExcel:
      return {"plan.xls", "plan.xlsx", "xlsx:Calc MS Excel 2007 XML"};
    case ForeignFormat::kRtf:
      return {"plan.rtf", "plan.docx", "docx:MS Word 2007 XML"};
    default:
      return {"plan.doc", "plan.docx", "docx:MS Word 2007 XML"};
  }
}

}  // namespace

bool IsCompoundFile(std::string_view bytes) { return bytes.starts_with("\xD0\xCF\x11\xE0"); }

std::optional<ForeignFormat> TellForeignFormat(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return ForeignFormat::kPdf;
  if (bytes.starts_with("{\\rtf")) return ForeignFormat::kRtf;
  if (!IsCompoundFile(bytes) || HasStream(bytes, "EncryptedPackage")) return std::nullopt;
  if (HasStream(bytes, "WordDocument")) return ForeignFormat::kWord;
  if (HasStream(bytes, "Workbook") || HasStream(bytes, "Book")) return ForeignFormat::kExcel;
  return std::nullopt;
}

class DocumentConverter::Turn {
 public:
  explicit Turn(std::binary_semaphore& slot) : slot_(slot) {}
  ~Turn() { slot_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::binary_semaphore& slot_;
};

Result<std::unique_ptr<DocumentConverter::Turn>> DocumentConverter::TakeTurn() {
  if (!slot_.try_acquire_for(options_.wait)) return Fail(Busy());
  return std::make_unique<Turn>(slot_);
}

Result<std::string> DocumentConverter::ToOffice(std::string_view bytes, ForeignFormat format) {
  const auto program = FindProgram("soffice", options_.search_path);
  if (!program) return Fail(NotInstalled());
  const auto turn = TakeTurn();
  if (!turn) return Fail(turn.error());

  const TemporaryFolder folder;
  const Conversion conversion = ConversionOf(format);
  std::ofstream(folder.path() / conversion.input, std::ios::binary) << bytes;
  const fs::path output = folder.path() / "out";
  const auto run = RunBounded(
      {program->string(), "--headless", "--norestore", "--nolockcheck", "--nologo",
       "-env:UserInstallation=file://" + (folder.path() / "profile").string(), "--convert-to",
       conversion.filter, "--outdir", output.string(), (folder.path() / conversion.input).string()},
      folder.path(), options_.limits);
  std::ifstream in(output / conversion.output, std::ios::binary);
  if (run.end != ProcessEnd::kSucceeded || !in) return Fail(NotConverted(run.end));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<PdfContent> DocumentConverter::ToPages(std::string_view bytes) {
  const auto to_text = FindProgram("pdftotext", options_.search_path);
  const auto to_bitmaps = FindProgram("pdftoppm", options_.search_path);
  if (!to_text || !to_bitmaps) return Fail(PopplerNotInstalled());
  const auto turn = TakeTurn();
  if (!turn) return Fail(turn.error());

  const TemporaryFolder folder;
  const std::string input = (folder.path() / "plan.pdf").string();
  std::ofstream(input, std::ios::binary) << bytes;
  const std::string last_page = std::to_string(kMaxPdfPages + 1);
  PdfContent content{.dots_per_inch = 100};
  auto run = RunBounded({to_text->string(), "-q", "-bbox", "-l", last_page, input, "-"},
                        folder.path(), options_.limits);
  if (run.end != ProcessEnd::kSucceeded) return Fail(NotConverted(run.end));
  content.words = std::move(run.output);
  run = RunBounded({to_bitmaps->string(), "-q", "-mono", "-r", "100", "-l", last_page, input},
                   folder.path(), options_.limits);
  if (run.end != ProcessEnd::kSucceeded) return Fail(NotConverted(run.end));
  content.bitmaps = std::move(run.output);
  return content;
}

}  // namespace gongkai::plans::importer
