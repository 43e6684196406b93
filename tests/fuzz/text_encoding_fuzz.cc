#include "services/plans/importer/media_type.h"
#include "services/plans/importer/text_encoding.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = BytesOf(data, size);
  MediaTypeOf(bytes);
  const auto text = DecodeText(bytes);
  if (!text) {
    Require(std::stoul(text.error().metadata.at("offset")) <= size);
  } else if (const auto utf8 = DecodeUtf8(bytes)) {
    Require(*utf8 == *text && EncodeUtf8(*text) == bytes);
  }
  return 0;
}
