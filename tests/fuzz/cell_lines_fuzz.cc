#include "services/plans/importer/cell_line_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = DecodeUtf8(BytesOf(data, size));
  if (!text) return -1;
  if (!LooksLikeCellLines(*text)) return -1;
  CheckDocument(ReadCellLines(*text), text->size());
  return 0;
}
