// Formats that the importer does not read itself, turned into ones that it does by programs that
// the machine may have: LibreOffice for the old binary formats and RTF, poppler for PDF.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/importer/bounded_process.h"

namespace gongkai::plans::importer {

enum class ForeignFormat {
  kWord,   // .doc of Word, .wps of WPS
  kExcel,  // .xls of Excel, .et of WPS
  kRtf,
  kPdf,
};

// By the first bytes; nothing for formats that the importer reads itself, and for files of the old
// kind that are neither (presentations, documents with a password).
std::optional<ForeignFormat> TellForeignFormat(std::string_view bytes);

// Whether the file is of the old binary kind, which documents with a password are as well.
bool IsCompoundFile(std::string_view bytes);

struct ConverterOptions {
  // Folders in which the programs are looked for, as in PATH.
  std::string search_path = "/usr/local/bin:/usr/bin:/bin";
  ProcessLimits limits;
  std::chrono::milliseconds wait{10'000};  // for one that is under way to end
};

// What poppler tells about the pages of a PDF: see pdf_page.h.
struct PdfContent {
  std::string words;    // of pdftotext -bbox
  std::string bitmaps;  // of pdftoppm -mono
  double dots_per_inch = 0;
};

// Runs one conversion at a time, in a folder and with a profile of its own, within `limits`.
// Thread-safe.
class DocumentConverter {
 public:
  explicit DocumentConverter(ConverterOptions options = {}) : options_(std::move(options)) {}

  // The document, which is no PDF, as .docx or .xlsx. INVALID_ARGUMENT etc.:
  //   INVALID_ARGUMENT, DOCUMENT_UNREADABLE   the program is not installed, failed or took too long
  //   RESOURCE_EXHAUSTED, CONVERTER_BUSY      others were converted for longer than `wait`
  Result<std::string> ToOffice(std::string_view bytes, ForeignFormat format);
  // The first pages of a PDF, one more than kMaxPdfPages. Errors like those of ToOffice.
  Result<PdfContent> ToPages(std::string_view bytes);

 private:
  // Until it is destroyed no other conversion runs.
  class Turn;
  Result<std::unique_ptr<Turn>> TakeTurn();

  const ConverterOptions options_;
  std::binary_semaphore slot_{1};
};

}  // namespace gongkai::plans::importer
