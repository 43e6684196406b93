#include "services/plans/importer/html_reader.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = DecodeUtf8(BytesOf(data, size));
  if (!text) return -1;
  LooksLikeHtml(*text);
  CheckResult(ReadHtml(*text));
  return 0;
}
