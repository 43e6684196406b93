#include "services/common/transcoding/message_table.h"

#include <google/protobuf/descriptor.h>

#include <utility>

namespace gongkai {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

constexpr std::uint32_t kSmallNumbers = 256;

FieldKind KindOf(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
      return FieldKind::kDouble;
    case FieldDescriptor::TYPE_FLOAT:
      return FieldKind::kFloat;
    case FieldDescriptor::TYPE_INT64:
      return FieldKind::kInt64;
    case FieldDescriptor::TYPE_UINT64:
      return FieldKind::kUint64;
    case FieldDescriptor::TYPE_INT32:
      return FieldKind::kInt32;
    case FieldDescriptor::TYPE_FIXED64:
      return FieldKind::kFixed64;
    case FieldDescriptor::TYPE_FIXED32:
      return FieldKind::kFixed32;
    case FieldDescriptor::TYPE_BOOL:
      return FieldKind::kBool;
    case FieldDescriptor::TYPE_STRING:
      return FieldKind::kString;
    case FieldDescriptor::TYPE_GROUP:
      return FieldKind::kGroup;
    case FieldDescriptor::TYPE_MESSAGE:
      return FieldKind::kMessage;
    case FieldDescriptor::TYPE_BYTES:
      return FieldKind::kBytes;
    case FieldDescriptor::TYPE_UINT32:
      return FieldKind::kUint32;
    case FieldDescriptor::TYPE_ENUM:
      return FieldKind::kEnum;
    case FieldDescriptor::TYPE_SFIXED32:
      return FieldKind::kSfixed32;
    case FieldDescriptor::TYPE_SFIXED64:
      return FieldKind::kSfixed64;
    case FieldDescriptor::TYPE_SINT32:
      return FieldKind::kSint32;
    case FieldDescriptor::TYPE_SINT64:
      return FieldKind::kSint64;
  }
  return FieldKind::kBytes;
}

WellKnown WellKnownOf(const Descriptor& message) {
  if (message.full_name() == "google.api.HttpBody") return WellKnown::kHttpBody;
  switch (message.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
      return WellKnown::kNone;
    case Descriptor::WELLKNOWNTYPE_ANY:
      return WellKnown::kAny;
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return WellKnown::kFieldMask;
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return WellKnown::kDuration;
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return WellKnown::kTimestamp;
    case Descriptor::WELLKNOWNTYPE_VALUE:
      return WellKnown::kValue;
    case Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return WellKnown::kListValue;
    case Descriptor::WELLKNOWNTYPE_STRUCT:
      return WellKnown::kStruct;
    default:
      return WellKnown::kWrapper;
  }
}

}  // namespace

WireType WireTypeOf(FieldKind kind) {
  switch (kind) {
    case FieldKind::kDouble:
    case FieldKind::kFixed64:
    case FieldKind::kSfixed64:
      return WireType::kFixed64;
    case FieldKind::kFloat:
    case FieldKind::kFixed32:
    case FieldKind::kSfixed32:
      return WireType::kFixed32;
    case FieldKind::kString:
    case FieldKind::kBytes:
    case FieldKind::kMessage:
      return WireType::kLength;
    case FieldKind::kGroup:
      return WireType::kStartGroup;
    default:
      return WireType::kVarint;
  }
}

bool IsPackable(FieldKind kind) {
  const WireType type = WireTypeOf(kind);
  return type != WireType::kLength && type != WireType::kStartGroup;
}

const FieldTable* MessageTable::FindLargeNumber(std::uint32_t number) const {
  const auto found = by_number_.find(number);
  return found == by_number_.end() ? nullptr : &fields_[found->second];
}

const FieldTable* MessageTable::FindName(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &fields_[found->second];
}

TableSet::TableSet(const std::vector<const FileDescriptor*>& files) {
  for (const auto* file : files) AddFile(*file);
}

const MessageTable* TableSet::Find(std::string_view full_name) const {
  const auto found = messages_.find(full_name);
  return found == messages_.end() ? nullptr : found->second.get();
}

void TableSet::AddFile(const FileDescriptor& file) {
  if (!added_files_.emplace(file.name(), true).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) AddFile(*file.dependency(i));
  for (int i = 0; i < file.message_type_count(); ++i) AddNested(*file.message_type(i));
}

void TableSet::AddNested(const Descriptor& descriptor) {
  Fill(*TableOf(descriptor), descriptor);
  for (int i = 0; i < descriptor.nested_type_count(); ++i) AddNested(*descriptor.nested_type(i));
}

// Tables refer to each other, also in circles: each is made empty when first referred to.
MessageTable* TableSet::TableOf(const Descriptor& descriptor) {
  auto& table = messages_[descriptor.full_name()];
  if (!table) {
    table = std::make_unique<MessageTable>();
    table->full_name_ = descriptor.full_name();
    table->well_known_ = WellKnownOf(descriptor);
  }
  return table.get();
}

const EnumTable* TableSet::EnumOf(const EnumDescriptor& descriptor) {
  auto& table = enums_[descriptor.full_name()];
  if (table) return table.get();
  table = std::make_unique<EnumTable>();
  table->full_name = descriptor.full_name();
  table->closed = descriptor.file()->syntax() == FileDescriptor::SYNTAX_PROTO2;
  table->null_value = descriptor.full_name() == "google.protobuf.NullValue";
  for (int i = 0; i < descriptor.value_count(); ++i) {
    const auto& value = *descriptor.value(i);
    table->by_name.emplace(value.name(), value.number());
    // Of aliases, the first is the name.
    table->by_number.emplace(value.number(), value.name());
  }
  return table.get();
}

FieldTable TableSet::MakeField(const FieldDescriptor& descriptor) {
  FieldTable field{.number = static_cast<std::uint32_t>(descriptor.number()),
                   .kind = KindOf(descriptor),
                   .repeated = descriptor.is_repeated() && !descriptor.is_map(),
                   .packed = descriptor.is_packed(),
                   .map = descriptor.is_map(),
                   .has_presence = descriptor.has_presence(),
                   .index = descriptor.index(),
                   .name = descriptor.name(),
                   .json_name = descriptor.json_name(),
                   .json_key = '"' + descriptor.json_name() + "\":",
                   .proto_key = '"' + descriptor.name() + "\":"};
  if (const auto* oneof = descriptor.real_containing_oneof()) field.oneof = oneof->index();
  if (const auto* message = descriptor.message_type()) field.message = TableOf(*message);
  if (const auto* enumeration = descriptor.enum_type()) field.enumeration = EnumOf(*enumeration);
  return field;
}

void TableSet::Fill(MessageTable& table, const Descriptor& descriptor) {
  for (int i = 0; i < descriptor.field_count(); ++i) {
    FieldTable field = MakeField(*descriptor.field(i));
    table.by_name_.emplace(field.name, i);
    table.by_name_.emplace(field.json_name, i);
    if (field.number < kSmallNumbers) {
      if (table.by_small_number_.size() <= field.number) {
        table.by_small_number_.resize(field.number + 1, -1);
      }
      table.by_small_number_[field.number] = static_cast<std::int16_t>(i);
    }
    table.by_number_.emplace(field.number, i);
    table.fields_.push_back(std::move(field));
  }
  if (table.fields_.size() > 64) return;
  for (auto& field : table.fields_) {
    for (const auto& other : table.fields_) {
      const bool same = other.index == field.index;
      const bool rival = field.oneof >= 0 && other.oneof == field.oneof;
      if (same || rival) field.conflicts |= std::uint64_t{1} << other.index;
    }
  }
}

}  // namespace gongkai
