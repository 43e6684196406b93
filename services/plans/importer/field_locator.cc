#include "services/plans/importer/field_locator.h"

#include <algorithm>

namespace gongkai::plans::importer {
namespace {

bool IsSkipped(char32_t c) { return IsSpace(c) || IsInvisible(c); }

}  // namespace

SourceSpan ToSource(Span span) {
  return {static_cast<int32_t>(span.start), static_cast<int32_t>(span.end)};
}

std::optional<Span> FieldLocator::Find(TextView text) {
  constexpr int kMostMisses = 8;
  if (misses_ >= kMostMisses) return std::nullopt;
  for (size_t i = place_; i < places_.size(); ++i) {
    const Span rest{std::max(places_[i].start, i == place_ ? cursor_ : 0), places_[i].end};
    const auto found = FindIn(rest, text);
    if (!found) continue;
    place_ = i;
    cursor_ = found->end;
    return found;
  }
  ++misses_;
  for (size_t i = 0; i <= place_ && i < places_.size(); ++i) {
    if (const auto found = FindIn(places_[i], text)) return found;
  }
  return std::nullopt;
}

Origin FieldLocator::Locate(TextView text, Confidence confidence) {
  if (const auto found = Find(text)) return {ToSource(*found), confidence};
  if (place_ >= places_.size()) return {std::nullopt, confidence};
  return {ToSource(places_[place_]), confidence};
}

std::optional<Span> FieldLocator::FindIn(Span range, TextView text) const {
  if (text.empty()) return std::nullopt;
  const size_t end = std::min(range.end, document_.size());
  for (size_t at = range.start; at < end; ++at) {
    if (document_[at] != text.front()) continue;
    if (const size_t match_end = MatchEnd(at, end, text); match_end > 0) {
      return Span{at, match_end};
    }
  }
  return std::nullopt;
}

// The end of `text` where it begins at `at`, else 0.
size_t FieldLocator::MatchEnd(size_t at, size_t end, TextView text) const {
  for (const char32_t c : text) {
    if (IsSkipped(c)) continue;
    while (at < end && IsSkipped(document_[at])) ++at;
    if (at == end || document_[at] != c) return 0;
    ++at;
  }
  return at;
}

}  // namespace gongkai::plans::importer
