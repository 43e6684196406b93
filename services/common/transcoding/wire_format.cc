#include "services/common/transcoding/wire_format.h"

namespace gongkai {
namespace {

constexpr int kMaxGroupDepth = 100;
constexpr std::uint32_t kMaxFieldNumber = (1u << 29) - 1;

}  // namespace

std::optional<std::uint64_t> WireCursor::Varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 70 && position_ != end_; shift += 7) {
    const auto byte = static_cast<std::uint8_t>(*position_++);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (shift < 64 ? shift : 63);
    if (byte < 0x80) return value;
  }
  malformed_ = true;
  return std::nullopt;
}

std::optional<std::uint64_t> WireCursor::Fixed(int bytes) {
  if (end_ - position_ < bytes) {
    malformed_ = true;
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(position_[i])) << (8 * i);
  }
  position_ += bytes;
  return value;
}

std::optional<std::string_view> WireCursor::Group(std::uint32_t number, int depth) {
  const char* begin = position_;
  while (depth < kMaxGroupDepth && position_ != end_) {
    const char* end_of_content = position_;
    const auto inner = Record(depth + 1);
    if (!inner) return std::nullopt;
    if (inner->type != WireType::kEndGroup) continue;
    if (inner->number != number) break;
    return std::string_view(begin, end_of_content - begin);
  }
  malformed_ = true;
  return std::nullopt;
}

bool WireCursor::Content(WireRecord& record, int depth) {
  std::optional<std::uint64_t> scalar = 0;
  switch (record.type) {
    case WireType::kVarint:
      scalar = Varint();
      break;
    case WireType::kFixed64:
      scalar = Fixed(8);
      break;
    case WireType::kFixed32:
      scalar = Fixed(4);
      break;
    case WireType::kLength: {
      const auto length = Varint();
      if (!length || *length > static_cast<std::uint64_t>(end_ - position_)) return false;
      record.bytes = std::string_view(position_, *length);
      position_ += *length;
      break;
    }
    case WireType::kStartGroup: {
      const auto content = Group(record.number, depth);
      if (!content) return false;
      record.bytes = *content;
      break;
    }
    case WireType::kEndGroup:
      break;
  }
  if (!scalar) return false;
  record.scalar = *scalar;
  return true;
}

std::optional<WireRecord> WireCursor::Record(int depth) {
  const char* begin = position_;
  const auto tag = Varint();
  if (!tag) return std::nullopt;
  WireRecord record{.number = static_cast<std::uint32_t>(*tag >> 3),
                    .type = static_cast<WireType>(*tag & 7)};
  const bool valid_tag = (*tag >> 3) >= 1 && (*tag >> 3) <= kMaxFieldNumber && (*tag & 7) <= 5;
  if (!valid_tag || !Content(record, depth)) {
    malformed_ = true;
    return std::nullopt;
  }
  record.raw = std::string_view(begin, position_ - begin);
  return record;
}

std::optional<WireRecord> WireCursor::NextOfAnyForm() {
  if (position_ == end_ || malformed_) return std::nullopt;
  auto record = Record(0);
  if (record && record->type == WireType::kEndGroup) {
    malformed_ = true;
    return std::nullopt;
  }
  return record;
}

std::optional<std::uint64_t> WireCursor::NextPacked(WireType type) {
  if (position_ == end_ || malformed_) return std::nullopt;
  if (type == WireType::kVarint) return Varint();
  return Fixed(type == WireType::kFixed64 ? 8 : 4);
}

void WireBuffer::PutScalar(WireType type, std::uint64_t value) {
  if (type == WireType::kVarint) return PutVarint(value);
  const int bytes = type == WireType::kFixed64 ? 8 : 4;
  for (int i = 0; i < bytes; ++i) wire_ += static_cast<char>(value >> (8 * i));
}

void WireBuffer::PutBytes(std::uint32_t number, std::string_view bytes) {
  PutTag(number, WireType::kLength);
  PutVarint(bytes.size());
  wire_ += bytes;
}

std::size_t WireBuffer::BeginLength(std::uint32_t number) {
  PutTag(number, WireType::kLength);
  wire_ += '\0';
  return wire_.size();
}

void WireBuffer::EndLength(std::size_t begin) {
  // One byte was kept for the length; most messages need no more.
  WireBuffer length;
  length.PutVarint(wire_.size() - begin);
  wire_.replace(begin - 1, 1, length.wire_);
}

}  // namespace gongkai
