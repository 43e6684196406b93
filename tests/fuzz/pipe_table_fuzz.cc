#include "services/plans/importer/pipe_table_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = DecodeUtf8(BytesOf(data, size));
  if (!text) return -1;
  LooksLikePipeTables(*text);
  CheckDocument(ReadPipeTables(*text), text->size());
  return 0;
}
