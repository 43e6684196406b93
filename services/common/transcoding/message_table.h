// What the transcoder knows of each message type, prepared once from descriptors. Immutable and
// free of the descriptors afterwards; shared between threads without locks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/common/transcoding/wire_format.h"

namespace google::protobuf {
class Descriptor;
class EnumDescriptor;
class FieldDescriptor;
class FileDescriptor;
}  // namespace google::protobuf

namespace gongkai {

class MessageTable;

enum class FieldKind : std::uint8_t {
  kDouble,
  kFloat,
  kInt32,
  kInt64,
  kUint32,
  kUint64,
  kSint32,
  kSint64,
  kFixed32,
  kFixed64,
  kSfixed32,
  kSfixed64,
  kBool,
  kString,
  kBytes,
  kEnum,
  kMessage,
  kGroup,  // a message between two tags, of proto2
};

// Messages that have a JSON form of their own.
enum class WellKnown : std::uint8_t {
  kNone,
  kTimestamp,
  kDuration,
  kFieldMask,
  kWrapper,
  kStruct,
  kValue,
  kListValue,
  kAny,
  kHttpBody,
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
template <typename T>
using NameMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

struct EnumTable {
  std::string full_name;
  bool closed = false;      // proto2: other numbers are not values
  bool null_value = false;  // google.protobuf.NullValue
  NameMap<std::int32_t> by_name;
  std::map<std::int32_t, std::string> by_number;
};

struct FieldTable {
  std::uint32_t number = 0;
  FieldKind kind = FieldKind::kInt32;
  bool repeated = false;      // and no map
  bool packed = false;        // as it is written; both forms are read
  bool map = false;           // `message` is the entry: key is its field 0, value its field 1
  bool has_presence = false;  // its default value is a value like any other
  int index = 0;              // within the message
  int oneof = -1;             // within the message; -1 for none
  std::string name;           // as in the proto
  std::string json_name;
  std::string json_key;   // `"jsonName":`
  std::string proto_key;  // `"proto_name":`
  // Bits of the fields that must not come before: itself and the other members of its oneof. Only
  // for messages of up to 64 fields.
  std::uint64_t conflicts = 0;
  const MessageTable* message = nullptr;
  const EnumTable* enumeration = nullptr;

  bool is_message() const { return kind == FieldKind::kMessage || kind == FieldKind::kGroup; }
};

// The wire type of one value of this kind.
WireType WireTypeOf(FieldKind kind);
// True for the kinds that a packed record can hold.
bool IsPackable(FieldKind kind);

class MessageTable {
 public:
  // nullptr for a number or a name that the message does not have. Names are those of JSON and
  // those of the proto.
  const FieldTable* FindNumber(std::uint32_t number) const {
    if (number >= by_small_number_.size()) return FindLargeNumber(number);
    const int index = by_small_number_[number];
    return index < 0 ? nullptr : &fields_[index];
  }
  const FieldTable* FindName(std::string_view name) const;
  // The same, with a guess at the field's index, by which JSON that keeps the order of the fields
  // is read faster. Any number may be guessed.
  const FieldTable* FindName(std::string_view name, std::size_t guess) const {
    if (guess < fields_.size() && fields_[guess].json_name == name) return &fields_[guess];
    return FindName(name);
  }

  const std::string& full_name() const { return full_name_; }
  WellKnown well_known() const { return well_known_; }
  const std::vector<FieldTable>& fields() const { return fields_; }

 private:
  friend class TableSet;

  const FieldTable* FindLargeNumber(std::uint32_t number) const;

  std::string full_name_;
  WellKnown well_known_ = WellKnown::kNone;
  std::vector<FieldTable> fields_;
  std::vector<std::int16_t> by_small_number_;  // index of the field, or -1
  std::unordered_map<std::uint32_t, int> by_number_;
  NameMap<int> by_name_;
};

// The tables of every message type of some files and of what they import.
class TableSet {
 public:
  explicit TableSet(const std::vector<const google::protobuf::FileDescriptor*>& files);

  // By full name, e.g. `google.protobuf.Any`; nullptr for a type that the files do not have.
  const MessageTable* Find(std::string_view full_name) const;

 private:
  MessageTable* TableOf(const google::protobuf::Descriptor& descriptor);
  const EnumTable* EnumOf(const google::protobuf::EnumDescriptor& descriptor);
  FieldTable MakeField(const google::protobuf::FieldDescriptor& descriptor);
  void AddFile(const google::protobuf::FileDescriptor& file);
  void AddNested(const google::protobuf::Descriptor& descriptor);
  void Fill(MessageTable& table, const google::protobuf::Descriptor& descriptor);

  NameMap<std::unique_ptr<MessageTable>> messages_;
  NameMap<std::unique_ptr<EnumTable>> enums_;
  NameMap<bool> added_files_;
};

}  // namespace gongkai
