// The XML of a workbook: rows, merged areas, strings, styles and the rows of another sheet.
#include "services/plans/importer/document_reader.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/plans/support/office_file.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto parts = PartsOf(BytesOf(data, size));
  parts.resize(5);
  CheckResult(ReadDocument(gongkai::plans::MakeXlsx({.rows = parts[0],
                                                     .merges = parts[1],
                                                     .strings = parts[2],
                                                     .styles = parts[3],
                                                     .more_rows = parts[4]})));
  return 0;
}
