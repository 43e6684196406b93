// A zip archive as it is received. Its parts are what fuzz_docx and fuzz_xlsx change.
#include "services/plans/importer/document_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CheckResult(ReadDocument("PK\x03\x04" + std::string(BytesOf(data, size))));
  return 0;
}
