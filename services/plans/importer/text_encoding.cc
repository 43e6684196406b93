#include "services/plans/importer/text_encoding.h"

#include <unicode/ucnv.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace gongkai::plans::importer {
namespace {

uint8_t Byte(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

// Share of the common characters (level 1 of GB 2312, lead bytes B0 to D7) among all Chinese ones.
// It is above nine tenths in any text that people write, and about a tenth in UTF-8 misread.
bool IsMostlyCommonChinese(std::string_view bytes) {
  size_t common = 0;
  size_t all = 0;
  for (size_t at = 0; at + 1 < bytes.size(); ++at) {
    const uint8_t lead = Byte(bytes, at);
    if (lead < 0x80) continue;
    const uint8_t trail = Byte(bytes, ++at);
    const bool punctuation = lead >= 0xA1 && lead <= 0xA9 && trail >= 0xA1;
    if (punctuation) continue;
    ++all;
    if (lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1) ++common;
  }
  return all > 0 && common * 10 >= all * 8;
}

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// Code points of UTF-16 code units, or nothing where they are malformed or hold a NUL.
std::optional<Text> FromUtf16(std::u16string_view units) {
  Text text;
  text.reserve(units.size());
  for (size_t i = 0; i < units.size(); ++i) {
    const char16_t unit = units[i];
    if (unit == 0) return std::nullopt;
    if (unit < 0xD800 || unit > 0xDFFF) {
      text += unit;
      continue;
    }
    const bool pair =
        unit < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] <= 0xDFFF;
    if (!pair) return std::nullopt;
    text += 0x10000 + ((static_cast<char32_t>(unit) - 0xD800) << 10) + (units[++i] - 0xDC00);
  }
  return text;
}

std::optional<Text> DecodeGb18030(std::string_view bytes) {
  if (!IsMostlyCommonChinese(bytes)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterCloser> converter(ucnv_open("GB18030", &status));
  // By default ICU puts a replacement character for what it cannot decode.
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::u16string units(bytes.size(), u'\0');  // no character has fewer bytes than code units
  const int32_t count =
      ucnv_toUChars(converter.get(), units.data(), static_cast<int32_t>(units.size()), bytes.data(),
                    static_cast<int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  units.resize(static_cast<size_t>(count));
  return FromUtf16(units);
}

std::optional<Text> DecodeUtf16(std::string_view bytes) {
  const size_t low = bytes.starts_with("\xFF\xFE") ? 0 : 1;
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::u16string units;
  units.reserve(bytes.size() / 2);
  for (size_t at = 0; at < bytes.size(); at += 2) {
    units += static_cast<char16_t>(Byte(bytes, at + low) | (Byte(bytes, at + 1 - low) << 8));
  }
  return FromUtf16(units);
}

}  // namespace

Result<Text> DecodeText(std::string_view bytes) {
  const bool is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  auto text = DecodeUtf8(bytes);
  if (text) return text;
  if (auto other = is_utf16 ? DecodeUtf16(bytes) : DecodeGb18030(bytes)) return *std::move(other);
  return text;
}

}  // namespace gongkai::plans::importer
