// The XML of a Word document: body, numbering and styles.
#include "services/plans/importer/document_reader.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/plans/support/office_file.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto parts = PartsOf(BytesOf(data, size));
  parts.resize(3);
  CheckResult(ReadDocument(
      gongkai::plans::MakeDocx({.body = parts[0], .numbering = parts[1], .styles = parts[2]})));
  return 0;
}
