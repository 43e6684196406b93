#include "services/common/transcoding/json_writer.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "services/common/transcoding/canonical_wire.h"
#include "services/common/transcoding/scalar.h"
#include "services/common/transcoding/text.h"
#include "services/common/transcoding/well_known_text.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai {
namespace {

constexpr int kMaxDepth = 100;
constexpr std::size_t kMaxTrackedFields = 64;

bool Holds(const FieldTable& field, const WireRecord& record) {
  if (record.type == WireTypeOf(field.kind)) return true;
  if (field.is_message()) {
    return record.type == WireType::kLength || record.type == WireType::kStartGroup;
  }
  return field.repeated && record.type == WireType::kLength && IsPackable(field.kind);
}

bool IsDefault(const FieldTable& field, const WireRecord& record) {
  return !field.has_presence && !field.repeated && !field.map && record.scalar == 0 &&
         record.bytes.empty();
}

// Writes one document. Every function is false when the wire cannot be written; `json_` is then of
// no use.
class Document {
 public:
  Document(const TableSet& tables, const JsonOptions& options)
      : tables_(tables), options_(options) {}

  bool Message(const MessageTable& table, std::string_view wire);
  bool FieldValue(const MessageTable& table, const FieldTable& field, std::string_view wire);

  std::string Take() { return std::move(json_); }

 private:
  // Whether each field comes once and in one run, as serializers write it.
  enum class Order { kUnchecked, kCanonical };

  bool Object(const MessageTable& table, std::string_view wire);
  bool Fields(const MessageTable& table, std::string_view wire, Order order);
  bool FieldsInCanonicalOrder(const MessageTable& table, std::string_view wire);
  bool Element(const FieldTable& field, const WireRecord& record);
  bool Elements(const FieldTable& field, const WireRecord& record);
  bool MapEntry(const FieldTable& field, std::string_view entry);
  bool MapKey(const FieldTable& key, const WireRecord& record);
  bool Number(const FieldTable& field, std::uint64_t bits);
  bool Enum(const FieldTable& field, std::uint64_t bits);
  bool DefaultValue(const FieldTable& field);
  bool MissingDefaults(const MessageTable& table, const std::vector<bool>& written);
  void Key(const FieldTable& field) {
    json_ += options_.proto_names ? field.proto_key : field.json_key;
  }

  bool WellKnownMessage(const MessageTable& table, std::string_view wire);
  bool Wrapper(const MessageTable& table, std::string_view wire);
  bool Value(const MessageTable& table, std::string_view wire);
  bool OnlyField(const MessageTable& table, std::string_view wire);
  bool Any(std::string_view wire);
  bool AnyContent(std::string_view type_url, std::string_view value);

  template <typename Integer>
  bool Integer64(Integer number) {
    json_ += '"';
    Integer32(number);
    json_ += '"';
    return true;
  }
  template <typename Integer>
  bool Integer32(Integer number) {
    char text[24];
    const auto result = std::to_chars(text, text + sizeof text, number);
    json_.append(text, result.ptr);
    return true;
  }
  template <typename Float>
  bool Floating(Float number) {
    if (std::isfinite(number)) {
      json_ += NumberText(number);
    } else {
      json_ += '"' + NumberText(number) + '"';
    }
    return true;
  }
  void Separate() {
    const char last = json_.back();
    if (last != '{' && last != '[') json_ += ',';
  }

  const TableSet& tables_;
  const JsonOptions options_;
  std::string json_;
  int depth_ = 0;
};

bool Document::Message(const MessageTable& table, std::string_view wire) {
  if (++depth_ > kMaxDepth) return false;
  const bool written =
      table.well_known() == WellKnown::kNone || table.well_known() == WellKnown::kHttpBody
          ? Object(table, wire)
          : WellKnownMessage(table, wire);
  --depth_;
  return written;
}

bool Document::Object(const MessageTable& table, std::string_view wire) {
  json_ += '{';
  if (!Fields(table, wire, Order::kUnchecked)) return false;
  json_ += '}';
  return true;
}

bool Document::Fields(const MessageTable& table, std::string_view wire, Order order) {
  if (order == Order::kUnchecked && table.fields().size() > kMaxTrackedFields) {
    return FieldsInCanonicalOrder(table, wire);
  }
  const std::size_t begin = json_.size();
  const FieldTable* open = nullptr;
  std::uint64_t seen = 0;
  std::vector<bool> written(options_.defaults ? table.fields().size() : 0);
  const auto close = [&] {
    if (open) json_ += open->map ? '}' : ']';
    open = nullptr;
  };
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    const FieldTable* field = table.FindNumber(record->number);
    if (!field || !Holds(*field, *record)) continue;
    if (field != open) {
      if (order == Order::kUnchecked && (seen & field->conflicts) != 0) {
        json_.resize(begin);
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
        json_ += field->map ? '{' : '[';
      }
    }
    if (!Elements(*field, *record)) return false;
  }
  close();
  if (options_.defaults && !MissingDefaults(table, written)) return false;
  return !cursor.malformed();
}

bool Document::MissingDefaults(const MessageTable& table, const std::vector<bool>& written) {
  for (const auto& field : table.fields()) {
    if (written[field.index] || field.has_presence) continue;
    Separate();
    Key(field);
    if (!DefaultValue(field)) return false;
  }
  return true;
}

bool Document::FieldsInCanonicalOrder(const MessageTable& table, std::string_view wire) {
  const auto canonical = CanonicalWire(table, wire);
  return canonical && Fields(table, *canonical, Order::kCanonical);
}

// What one record adds: a value, a list's element, a packed run of them, or an entry of a map.
bool Document::Elements(const FieldTable& field, const WireRecord& record) {
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

bool Document::Element(const FieldTable& field, const WireRecord& record) {
  switch (field.kind) {
    case FieldKind::kString:
      return AppendJsonString(json_, record.bytes);
    case FieldKind::kBytes:
      json_ += '"' + Base64(record.bytes) + '"';
      return true;
    case FieldKind::kMessage:
    case FieldKind::kGroup:
      return Message(*field.message, record.bytes);
    default:
      return Number(field, record.scalar);
  }
}

bool Document::Number(const FieldTable& field, std::uint64_t bits) {
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
      json_ += bits != 0 ? "true" : "false";
      return true;
    case FieldKind::kEnum:
      return Enum(field, bits);
    default:
      return false;
  }
}

bool Document::Enum(const FieldTable& field, std::uint64_t bits) {
  if (field.enumeration->null_value) {
    json_ += "null";
    return true;
  }
  const auto name = options_.enum_numbers ? std::nullopt : EnumName(*field.enumeration, bits);
  if (!name) return Integer32(static_cast<std::int32_t>(bits));
  json_ += '"';
  json_ += *name;
  json_ += '"';
  return true;
}

bool Document::DefaultValue(const FieldTable& field) {
  if (field.map || field.repeated) {
    json_ += field.map ? "{}" : "[]";
    return true;
  }
  return Element(field, WireRecord{});
}

bool Document::MapEntry(const FieldTable& field, std::string_view entry) {
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
  json_ += ':';
  return Element(value, value_record);
}

bool Document::MapKey(const FieldTable& key, const WireRecord& record) {
  if (key.kind == FieldKind::kString) return AppendJsonString(json_, record.bytes);
  const std::size_t begin = json_.size();
  if (!Number(key, record.scalar)) return false;
  if (json_[begin] != '"') json_.insert(begin, 1, '"') += '"';
  return true;
}

bool Document::WellKnownMessage(const MessageTable& table, std::string_view wire) {
  switch (table.well_known()) {
    case WellKnown::kWrapper:
      return Wrapper(table, wire);
    case WellKnown::kValue:
      return Value(table, wire);
    case WellKnown::kStruct:
    case WellKnown::kListValue:
      return OnlyField(table, wire);
    case WellKnown::kAny:
      return Any(wire);
    default:
      break;
  }
  const auto text = TextOf(table.well_known(), wire);
  return text && AppendJsonString(json_, *text);
}

bool Document::Wrapper(const MessageTable& table, std::string_view wire) {
  const FieldTable& value = table.fields()[0];
  WireRecord last;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == value.number && Holds(value, *record)) last = *record;
  }
  return !cursor.malformed() && Element(value, last);
}

// The last member of the oneof counts. Without any it is no value at all, which JSON writes as
// null.
bool Document::Value(const MessageTable& table, std::string_view wire) {
  const FieldTable* kind = nullptr;
  WireRecord last;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    const FieldTable* field = table.FindNumber(record->number);
    if (!field || !Holds(*field, *record)) continue;
    kind = field;
    last = *record;
  }
  if (cursor.malformed()) return false;
  if (kind) return Element(*kind, last);
  json_ += "null";
  return true;
}

// Struct and ListValue are their only field: a map and a list.
bool Document::OnlyField(const MessageTable& table, std::string_view wire) {
  const FieldTable& field = table.fields()[0];
  json_ += field.map ? '{' : '[';
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number != field.number || !Holds(field, *record)) continue;
    if (!Elements(field, *record)) return false;
  }
  json_ += field.map ? '}' : ']';
  return !cursor.malformed();
}

bool Document::Any(std::string_view wire) {
  std::string_view type_url;
  std::string_view value;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == 1) type_url = record->bytes;
    if (record->number == 2) value = record->bytes;
  }
  if (cursor.malformed()) return false;
  json_ += '{';
  if (!type_url.empty() && !AnyContent(type_url, value)) return false;
  json_ += '}';
  return true;
}

bool Document::AnyContent(std::string_view type_url, std::string_view value) {
  json_ += "\"@type\":";
  if (!AppendJsonString(json_, type_url)) return false;
  const MessageTable* table = tables_.Find(type_url.substr(type_url.rfind('/') + 1));
  if (!table) {
    json_ += ",\"value\":\"" + Base64(value) + '"';
    return true;
  }
  if (table->well_known() == WellKnown::kNone || table->well_known() == WellKnown::kHttpBody) {
    return Fields(*table, value, Order::kUnchecked);
  }
  json_ += ",\"value\":";
  return Message(*table, value);
}

bool Document::FieldValue(const MessageTable& table, const FieldTable& field,
                          std::string_view wire) {
  const auto canonical = CanonicalWire(table, wire);
  if (!canonical) return false;
  bool found = false;
  WireCursor cursor(*canonical);
  while (const auto record = cursor.Next()) {
    if (record->number != field.number || !Holds(field, *record)) continue;
    if (!found && (field.repeated || field.map)) json_ += field.map ? '{' : '[';
    found = true;
    if (!Elements(field, *record)) return false;
  }
  if (!found) return DefaultValue(field);
  if (field.repeated || field.map) json_ += field.map ? '}' : ']';
  return true;
}

Error NotWritable(const MessageTable& table) {
  return Internal("the upstream's answer is no valid " + table.full_name());
}

}  // namespace

Result<std::string> JsonWriter::Write(const MessageTable& table, std::string_view wire,
                                      const JsonOptions& options) const {
  Document document(*tables_, options);
  if (!document.Message(table, wire)) return Fail(NotWritable(table));
  return document.Take();
}

Result<std::string> JsonWriter::WriteField(const MessageTable& table, const FieldTable& field,
                                           std::string_view wire,
                                           const JsonOptions& options) const {
  Document document(*tables_, options);
  if (!document.FieldValue(table, field, wire)) return Fail(NotWritable(table));
  return document.Take();
}

}  // namespace gongkai
