// What poppler tells about the pages of a PDF: words as XML, and bitmaps.
#include "services/plans/importer/pdf_page.h"
#include "services/plans/importer/pdf_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto parts = PartsOf(BytesOf(data, size));
  parts.resize(2);
  const auto pages = ReadPdfPages(parts[0], parts[1], 72);
  if (pages) CheckResult(ReadPdf(*pages));
  return 0;
}
