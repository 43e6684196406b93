#include "services/common/telemetry/trace_context.h"

#include <algorithm>
#include <random>

namespace gongkai::telemetry {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kLength = 55;
constexpr std::size_t kTraceId = 3;
constexpr std::size_t kSpanId = 36;
constexpr std::size_t kFlags = 53;

template <std::size_t Size>
void Append(std::string& text, const std::array<std::uint8_t, Size>& bytes) {
  for (const auto byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0xf];
  }
}

// False unless all digits are there, in lower case, and not all are zero.
template <std::size_t Size>
bool Read(std::string_view text, std::array<std::uint8_t, Size>& bytes) {
  for (std::size_t i = 0; i < Size; ++i) {
    const auto high = kDigits.find(text[2 * i]);
    const auto low = kDigits.find(text[2 * i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return false;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
}

template <std::size_t Size>
void Fill(std::array<std::uint8_t, Size>& bytes) {
  thread_local std::mt19937_64 random{std::random_device()()};
  for (std::size_t i = 0; i < Size; i += 8) {
    std::uint64_t number = random() | 1;  // all zeros is no id
    for (std::size_t j = 0; j < 8; ++j, number >>= 8) {
      bytes[i + j] = static_cast<std::uint8_t>(number);
    }
  }
}

}  // namespace

std::optional<TraceContext> TraceContext::Parse(std::string_view traceparent) {
  if (traceparent.size() < kLength || traceparent.starts_with("ff")) return std::nullopt;
  const bool longer = traceparent.size() > kLength;
  if (longer && (traceparent.starts_with("00") || traceparent[kLength] != '-')) return std::nullopt;
  for (const std::size_t dash : {kTraceId - 1, kSpanId - 1, kFlags - 1}) {
    if (traceparent[dash] != '-') return std::nullopt;
  }
  TraceContext context;
  std::array<std::uint8_t, 1> flags{};
  const bool flags_are_zero = traceparent.substr(kFlags, 2) == "00";
  if (!Read(traceparent.substr(kTraceId), context.trace_id) ||
      !Read(traceparent.substr(kSpanId), context.span_id) ||
      !(flags_are_zero || Read(traceparent.substr(kFlags), flags))) {
    return std::nullopt;
  }
  context.sampled = (flags[0] & 1) != 0;
  return context;
}

TraceContext TraceContext::Make(bool sampled) {
  TraceContext context;
  Fill(context.trace_id);
  Fill(context.span_id);
  context.sampled = sampled;
  return context;
}

TraceContext TraceContext::Child() const {
  TraceContext child = *this;
  Fill(child.span_id);
  return child;
}

std::string TraceContext::Traceparent() const {
  std::string text = "00-";
  text.reserve(kLength);
  Append(text, trace_id);
  text += '-';
  Append(text, span_id);
  return text + (sampled ? "-01" : "-00");
}

std::string TraceContext::TraceId() const {
  std::string text;
  Append(text, trace_id);
  return text;
}

}  // namespace gongkai::telemetry
