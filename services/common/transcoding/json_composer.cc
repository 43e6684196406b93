#include "services/common/transcoding/json_composer.h"

#include <bit>
#include <optional>

#include "services/common/transcoding/canonical_wire.h"
#include "services/common/transcoding/scalar.h"

namespace gongkai {
namespace {

constexpr int kMaxDepth = 100;
constexpr std::size_t kMaxTrackedFields = 64;

// Of map keys: whether its JSON is a string.
bool IsQuoted(FieldKind kind) {
  switch (kind) {
    case FieldKind::kInt64:
    case FieldKind::kUint64:
    case FieldKind::kSint64:
    case FieldKind::kFixed64:
    case FieldKind::kSfixed64:
      return true;
    default:
      return false;
  }
}

bool IsDefault(const FieldTable& field, const WireRecord& record) {
  return !field.has_presence && !field.repeated && !field.map && record.scalar == 0 &&
         record.bytes.empty();
}

}  // namespace

bool Holds(const FieldTable& field, const WireRecord& record) {
  if (record.type == WireTypeOf(field.kind)) return true;
  if (field.is_message()) {
    return record.type == WireType::kLength || record.type == WireType::kStartGroup;
  }
  return field.repeated && record.type == WireType::kLength && IsPackable(field.kind);
}

bool JsonComposer::Message(const MessageTable& table, std::string_view wire) {
  if (++depth_ > kMaxDepth) return false;
  const bool written =
      table.well_known() == WellKnown::kNone || table.well_known() == WellKnown::kHttpBody
          ? Object(table, wire)
          : WellKnownMessage(table, wire);
  --depth_;
  return written;
}

bool JsonComposer::Object(const MessageTable& table, std::string_view wire) {
  json_.Put('{');
  if (!Fields(table, wire, Order::kUnchecked)) return false;
  json_.Put('}');
  return true;
}

bool JsonComposer::Fields(const MessageTable& table, std::string_view wire, Order order) {
  if (order == Order::kUnchecked && table.fields().size() > kMaxTrackedFields) {
    return FieldsInCanonicalOrder(table, wire);
  }
  const std::size_t begin = json_.size();
  const FieldTable* open = nullptr;
  std::uint64_t seen = 0;
  std::vector<bool> written(options_.defaults ? table.fields().size() : 0);
  const auto close = [&] {
    if (open) json_.Put(open->map ? '}' : ']');
    open = nullptr;
  };
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    const FieldTable* field = table.FindNumber(record->number);
    if (!field || !Holds(*field, *record)) continue;
    if (field != open) {
      if (order == Order::kUnchecked && (seen & field->conflicts) != 0) {
        json_.Rewind(begin);
        return FieldsInCanonicalOrder(table, wire);
      }
      if (order == Order::kUnchecked) seen |= std::uint64_t{1} << field->index;
      if (IsDefault(*field, *record)) continue;
      const bool packed = field->repeated && record->type == WireType::kLength;
      if (packed && IsPackable(field->kind) && record->bytes.empty()) continue;
      close();
      Separate();
      Key(*field);
      if (options_.defaults) written[field->index] = true;
      if (field->repeated || field->map) {
        open = field;
        json_.Put(field->map ? '{' : '[');
      }
    }
    if (!Elements(*field, *record)) return false;
  }
  close();
  if (options_.defaults && !MissingDefaults(table, written)) return false;
  return !cursor.malformed();
}

bool JsonComposer::MissingDefaults(const MessageTable& table, const std::vector<bool>& written) {
  for (const auto& field : table.fields()) {
    if (written[field.index] || field.has_presence) continue;
    Separate();
    Key(field);
    if (!DefaultValue(field)) return false;
  }
  return true;
}

bool JsonComposer::FieldsInCanonicalOrder(const MessageTable& table, std::string_view wire) {
  const auto canonical = CanonicalWire(table, wire);
  return canonical && Fields(table, *canonical, Order::kCanonical);
}

// What one record adds: a value, a list's element, a packed run of them, or an entry of a map.
bool JsonComposer::Elements(const FieldTable& field, const WireRecord& record) {
  if (field.map) return MapEntry(field, record.bytes);
  if (!field.repeated) return Element(field, record);
  if (record.type != WireType::kLength || !IsPackable(field.kind)) {
    Separate();
    return Element(field, record);
  }
  WireCursor elements(record.bytes);
  while (const auto bits = elements.NextPacked(WireTypeOf(field.kind))) {
    Separate();
    if (!Number(field, *bits)) return false;
  }
  return !elements.malformed();
}

bool JsonComposer::Element(const FieldTable& field, const WireRecord& record) {
  switch (field.kind) {
    case FieldKind::kString:
      return json_.PutString(record.bytes);
    case FieldKind::kBytes:
      json_.PutQuoted(Base64(record.bytes));
      return true;
    case FieldKind::kMessage:
    case FieldKind::kGroup:
      return Message(*field.message, record.bytes);
    default:
      return Number(field, record.scalar);
  }
}

bool JsonComposer::Number(const FieldTable& field, std::uint64_t bits) {
  switch (field.kind) {
    case FieldKind::kDouble:
      return Floating(std::bit_cast<double>(bits));
    case FieldKind::kFloat:
      return Floating(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    case FieldKind::kInt32:
    case FieldKind::kSfixed32:
      return Integer32(static_cast<std::int32_t>(bits));
    case FieldKind::kSint32:
      return Integer32(static_cast<std::int32_t>(UnZigZag(bits)));
    case FieldKind::kUint32:
    case FieldKind::kFixed32:
      return Integer32(static_cast<std::uint32_t>(bits));
    case FieldKind::kInt64:
    case FieldKind::kSfixed64:
      return Integer64(static_cast<std::int64_t>(bits));
    case FieldKind::kSint64:
      return Integer64(UnZigZag(bits));
    case FieldKind::kUint64:
    case FieldKind::kFixed64:
      return Integer64(bits);
    case FieldKind::kBool:
      json_.Put(bits != 0 ? "true" : "false");
      return true;
    case FieldKind::kEnum:
      return Enum(field, bits);
    default:
      return false;
  }
}

bool JsonComposer::Enum(const FieldTable& field, std::uint64_t bits) {
  if (field.enumeration->null_value) {
    json_.Put("null");
    return true;
  }
  const auto name = options_.enum_numbers ? std::nullopt : EnumName(*field.enumeration, bits);
  if (!name) return Integer32(static_cast<std::int32_t>(bits));
  json_.PutQuoted(*name);
  return true;
}

bool JsonComposer::DefaultValue(const FieldTable& field) {
  if (field.map || field.repeated) {
    json_.Put(field.map ? "{}" : "[]");
    return true;
  }
  return Element(field, WireRecord{});
}

bool JsonComposer::MapEntry(const FieldTable& field, std::string_view entry) {
  const FieldTable& key = field.message->fields()[0];
  const FieldTable& value = field.message->fields()[1];
  WireRecord key_record;
  WireRecord value_record;
  WireCursor cursor(entry);
  while (const auto record = cursor.Next()) {
    if (record->number == 1 && Holds(key, *record)) key_record = *record;
    if (record->number == 2 && Holds(value, *record)) value_record = *record;
  }
  if (cursor.malformed()) return false;
  Separate();
  if (!MapKey(key, key_record)) return false;
  json_.Put(':');
  return Element(value, value_record);
}

bool JsonComposer::MapKey(const FieldTable& key, const WireRecord& record) {
  if (key.kind == FieldKind::kString) return json_.PutString(record.bytes);
  // Numbers of 64 bits have their quotes already.
  const bool quoted = IsQuoted(key.kind);
  if (!quoted) json_.Put('"');
  if (!Number(key, record.scalar)) return false;
  if (!quoted) json_.Put('"');
  return true;
}

bool JsonComposer::FieldValue(const MessageTable& table, const FieldTable& field,
                              std::string_view wire) {
  const auto canonical = CanonicalWire(table, wire);
  if (!canonical) return false;
  bool found = false;
  WireCursor cursor(*canonical);
  while (const auto record = cursor.Next()) {
    if (record->number != field.number || !Holds(field, *record)) continue;
    if (!found && (field.repeated || field.map)) json_.Put(field.map ? '{' : '[');
    found = true;
    if (!Elements(field, *record)) return false;
  }
  if (!found) return DefaultValue(field);
  if (field.repeated || field.map) json_.Put(field.map ? '}' : ']');
  return true;
}

}  // namespace gongkai
