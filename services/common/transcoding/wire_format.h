// Protocol buffers' wire format: reading and writing records without knowing their types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gongkai {

enum class WireType : std::uint8_t {
  kVarint = 0,
  kFixed64 = 1,
  kLength = 2,
  kStartGroup = 3,
  kEndGroup = 4,
  kFixed32 = 5,
};

// One record: a tag and what belongs to it. The views point into the wire that was read.
struct WireRecord {
  std::uint32_t number = 0;
  WireType type = WireType::kVarint;
  std::uint64_t scalar = 0;  // of kVarint, kFixed64, kFixed32
  std::string_view bytes;    // content of kLength and kStartGroup
  std::string_view raw;      // the whole record with its tag
};

// Reads the records of a message one after the other.
//
//   WireCursor cursor("\x08\x2a");
//   cursor.Next();  // → {.number = 1, .type = kVarint, .scalar = 42}
//   cursor.Next();  // → nullopt, and malformed() is false
class WireCursor {
 public:
  // `wire` must outlive the cursor and its records.
  explicit WireCursor(std::string_view wire)
      : position_(wire.data()), end_(position_ + wire.size()) {}

  // Nothing at the end, and nothing from a place on that is no wire format.
  std::optional<WireRecord> Next() {
    // Most records have a tag of one byte, and a length or a number of one byte.
    if (end_ - position_ >= 2 && !malformed_) {
      const auto tag = static_cast<std::uint8_t>(position_[0]);
      const auto next = static_cast<std::uint8_t>(position_[1]);
      if (tag >= 8 && tag < 0x80 && next < 0x80) {
        const char* const begin = position_;
        const std::uint32_t number = tag >> 3;
        if ((tag & 7) == static_cast<std::uint8_t>(WireType::kVarint)) {
          position_ += 2;
          return WireRecord{number, WireType::kVarint, next, {}, {begin, 2}};
        }
        if ((tag & 7) == static_cast<std::uint8_t>(WireType::kLength) &&
            next <= end_ - position_ - 2) {
          position_ += 2 + next;
          return WireRecord{
              number, WireType::kLength, 0, {begin + 2, next}, {begin, std::size_t{next} + 2}};
        }
      }
    }
    return NextOfAnyForm();
  }
  // The next element of a packed field.
  std::optional<std::uint64_t> NextPacked(WireType type);

  bool malformed() const { return malformed_; }

 private:
  std::optional<WireRecord> NextOfAnyForm();
  std::optional<std::uint64_t> Varint();
  std::optional<std::uint64_t> Fixed(int bytes);
  std::optional<std::string_view> Group(std::uint32_t number, int depth);
  bool Content(WireRecord& record, int depth);
  std::optional<WireRecord> Record(int depth);

  const char* position_;
  const char* end_;
  bool malformed_ = false;
};

// Collects wire format.
//
//   WireBuffer buffer;
//   const auto message = buffer.BeginLength(3);
//   buffer.PutTag(1, WireType::kVarint);
//   buffer.PutVarint(42);
//   buffer.EndLength(message);
//   buffer.Take();  // → "\x1a\x02\x08\x2a"
class WireBuffer {
 public:
  void PutTag(std::uint32_t number, WireType type) {
    PutVarint(std::uint64_t{number} << 3 | static_cast<std::uint8_t>(type));
  }
  void PutVarint(std::uint64_t value) {
    while (value >= 0x80) {
      wire_ += static_cast<char>(value | 0x80);
      value >>= 7;
    }
    wire_ += static_cast<char>(value);
  }
  // kVarint, kFixed64 or kFixed32, without a tag.
  void PutScalar(WireType type, std::uint64_t value);
  // A record of kLength.
  void PutBytes(std::uint32_t number, std::string_view bytes);
  // Records that are wire format already.
  void PutRaw(std::string_view wire) { wire_ += wire; }

  // What is put between the two becomes the content of one record. They nest.
  std::size_t BeginLength(std::uint32_t number);
  void EndLength(std::size_t begin);
  // Forgets everything since BeginLength of a record without a tag at `size`.
  void Rewind(std::size_t size) { wire_.resize(size); }

  // Makes room for this many bytes in all.
  void Reserve(std::size_t size) { wire_.reserve(size); }
  std::size_t size() const { return wire_.size(); }
  std::string Take() { return std::move(wire_); }

 private:
  std::string wire_;
};

inline std::uint64_t ZigZag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t UnZigZag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

}  // namespace gongkai
