#include "services/plans/importer/text_encoding.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

namespace gongkai::plans::importer {
namespace {

std::string Encode(TextView text, const char* encoding) {
  const std::string utf8 = EncodeUtf8(text);
  std::string bytes(utf8.size() * 4 + 8, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const int32_t count =
      ucnv_convert(encoding, "UTF-8", bytes.data(), static_cast<int32_t>(bytes.size()), utf8.data(),
                   static_cast<int32_t>(utf8.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << encoding;
  bytes.resize(static_cast<size_t>(count));
  return bytes;
}

std::string Reason(std::string_view bytes) {
  const auto text = DecodeText(bytes);
  return text ? "read" : text.error().reason;
}

constexpr TextView kPlan =
    U"松壑县2024年政务公开工作要点\n\t公布“明白卡”（含社区），每季度不少于2次——县融媒体中心𠮷。";

TEST(TextEncoding, ReadsTheEncodingsOfOffices) {
  for (const char* encoding : {"UTF-8", "GB18030", "GBK"}) {
    const Text text(
        kPlan.substr(0, std::string(encoding) == "GBK" ? kPlan.size() - 2 : kPlan.size()));
    const auto decoded = DecodeText(Encode(text, encoding));
    ASSERT_TRUE(decoded) << encoding;
    EXPECT_EQ(EncodeUtf8(*decoded), EncodeUtf8(text)) << encoding;
  }
  for (const char* encoding : {"UTF-16LE", "UTF-16BE"}) {
    const Text text = U"\uFEFF" + Text(kPlan);
    const auto decoded = DecodeText(Encode(text, encoding));
    ASSERT_TRUE(decoded) << encoding;
    EXPECT_EQ(EncodeUtf8(*decoded), EncodeUtf8(text)) << encoding;
  }
}

TEST(TextEncoding, DoesNotTakeDamagedUtf8ForChinese) {
  const std::string utf8 = EncodeUtf8(kPlan);
  for (size_t length = 4; length < utf8.size(); ++length) {
    const bool whole = (static_cast<uint8_t>(utf8[length]) & 0xC0) != 0x80;
    EXPECT_EQ(Reason(std::string_view(utf8).substr(0, length)),
              whole ? "read" : "DOCUMENT_UNREADABLE")
        << length;
  }
}

TEST(TextEncoding, RefusesWhatIsNoText) {
  EXPECT_EQ(Reason(std::string("\x00\x01", 2)), "DOCUMENT_UNREADABLE");
  EXPECT_EQ(Reason("caf\xE9 cr\xE8me"), "DOCUMENT_UNREADABLE") << "a Western encoding";
  EXPECT_EQ(Reason(Encode(U"公开", "GB18030") + std::string(1, '\0')), "DOCUMENT_UNREADABLE");
  EXPECT_EQ(Reason(std::string("\xFF\xFE\x00\xD8", 4)), "DOCUMENT_UNREADABLE")
      << "half a surrogate pair";
  EXPECT_EQ(Reason("\xFF\xFE\x2D"), "DOCUMENT_UNREADABLE") << "half a code unit";
}

}  // namespace
}  // namespace gongkai::plans::importer
