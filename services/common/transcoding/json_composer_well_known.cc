// The well-known types of JsonComposer: those whose JSON is not an object of their fields.
#include "services/common/transcoding/json_composer.h"
#include "services/common/transcoding/well_known_text.h"

namespace gongkai {

bool JsonComposer::WellKnownMessage(const MessageTable& table, std::string_view wire) {
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
  return text && json_.PutString(*text);
}

bool JsonComposer::Wrapper(const MessageTable& table, std::string_view wire) {
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
bool JsonComposer::Value(const MessageTable& table, std::string_view wire) {
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
  json_.Put("null");
  return true;
}

// Struct and ListValue are their only field: a map and a list.
bool JsonComposer::OnlyField(const MessageTable& table, std::string_view wire) {
  const FieldTable& field = table.fields()[0];
  json_.Put(field.map ? '{' : '[');
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number != field.number || !Holds(field, *record)) continue;
    if (!Elements(field, *record)) return false;
  }
  json_.Put(field.map ? '}' : ']');
  return !cursor.malformed();
}

bool JsonComposer::Any(std::string_view wire) {
  std::string_view type_url;
  std::string_view value;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == 1) type_url = record->bytes;
    if (record->number == 2) value = record->bytes;
  }
  if (cursor.malformed()) return false;
  json_.Put('{');
  if (!type_url.empty() && !AnyContent(type_url, value)) return false;
  json_.Put('}');
  return true;
}

bool JsonComposer::AnyContent(std::string_view type_url, std::string_view value) {
  json_.Put("\"@type\":");
  if (!json_.PutString(type_url)) return false;
  const MessageTable* table = tables_.Find(type_url.substr(type_url.rfind('/') + 1));
  if (!table) {
    json_.Put(",\"value\":\"" + Base64(value) + '"');
    return true;
  }
  if (table->well_known() == WellKnown::kNone || table->well_known() == WellKnown::kHttpBody) {
    return Fields(*table, value, Order::kUnchecked);
  }
  json_.Put(",\"value\":");
  return Message(*table, value);
}

}  // namespace gongkai
