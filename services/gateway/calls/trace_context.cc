#include "services/gateway/calls/trace_context.h"

#include <cstdint>
#include <random>

namespace gongkai::gateway {
namespace {

constexpr char kDigits[] = "0123456789abcdef";
constexpr std::string_view kForm = "hh-hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh-hhhhhhhhhhhhhhhh-hh";

bool IsTraceparent(std::string_view text) {
  // Later versions may add fields.
  if (text.size() < kForm.size() || text.starts_with("ff")) return false;
  if (text.size() > kForm.size() && (text.starts_with("00") || text[kForm.size()] != '-')) {
    return false;
  }
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = std::string_view(kDigits).find(text[i]) != std::string_view::npos;
    if (kForm[i] == '-' ? text[i] != '-' : !digit) return false;
  }
  for (std::size_t i = kForm.size(); i < text.size(); ++i) {
    if (text[i] < 0x21 || text[i] > 0x7e) return false;
  }
  const auto only_zeros = [](std::string_view id) {
    return id.find_first_not_of('0') == std::string_view::npos;
  };
  return !only_zeros(text.substr(3, 32)) && !only_zeros(text.substr(36, 16));
}

void AppendHex(std::string& text, std::uint64_t number) {
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[number >> shift & 0xf];
}

}  // namespace

TraceContext TraceContextOf(std::string_view traceparent) {
  if (IsTraceparent(traceparent)) return {std::string(traceparent)};
  thread_local std::mt19937_64 random{std::random_device()()};
  TraceContext made{"00-"};
  made.traceparent.reserve(kForm.size());
  AppendHex(made.traceparent, random());
  AppendHex(made.traceparent, random() | 1);
  made.traceparent += '-';
  AppendHex(made.traceparent, random() | 1);
  made.traceparent += "-01";
  return made;
}

}  // namespace gongkai::gateway
