// What the fuzz targets have in common.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

inline std::string_view BytesOf(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The parts of an input that stand between lines of `=`.
inline std::vector<std::string> PartsOf(std::string_view bytes) {
  constexpr std::string_view kBetween = "\n=\n";
  std::vector<std::string> parts;
  for (;;) {
    const size_t end = bytes.find(kBetween);
    parts.emplace_back(bytes.substr(0, end));
    if (end == std::string_view::npos) return parts;
    bytes.remove_prefix(end + kBetween.size());
  }
}

// Stops the fuzzer where a promise is broken.
inline void Require(bool promise) {
  if (!promise) std::abort();
}

// What document.h and document_error.h promise.
inline void CheckDocument(const Document& document, size_t length) {
  size_t last = 0;
  for (const Block& block : document.blocks) {
    const Span span = std::visit([](const auto& b) { return b.span; }, block);
    Require(span.start >= last && span.start <= span.end && span.end <= length);
    last = span.start;
    const auto* paragraph = std::get_if<Paragraph>(&block);
    Require(!paragraph || !paragraph->text.empty());
  }
}
inline void CheckResult(const Result<Document>& document) {
  if (document) return CheckDocument(*document, SIZE_MAX);
  Require(!document.error().reason.empty() && !document.error().message_zh.empty());
}

}  // namespace gongkai::plans::importer
