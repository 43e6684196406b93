#include "services/plans/importer/delimited_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = DecodeUtf8(BytesOf(data, size));
  if (!text) return -1;
  FindDelimiter(*text);
  for (const char32_t delimiter : {U',', U'\t', U';'}) {
    CheckDocument(ReadDelimited(*text, delimiter), text->size());
  }
  return 0;
}
