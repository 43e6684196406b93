#include "services/gateway/routing/field_path.h"

#include <utility>

#include "services/common/transcoding/scalar.h"
#include "services/common/transcoding/text.h"
#include "services/common/transcoding/well_known_text.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

std::vector<std::string> NamesOf(const MessageTable& table) {
  std::vector<std::string> names;
  for (const auto& field : table.fields()) names.push_back(field.json_name);
  return names;
}

void PutScalarField(WireBuffer& wire, const FieldTable& field, const Scalar& scalar) {
  const WireType type = WireTypeOf(field.kind);
  if (type == WireType::kLength) return wire.PutBytes(field.number, scalar.bytes);
  wire.PutTag(field.number, type);
  wire.PutScalar(type, scalar.bits);
}

std::optional<std::string> MessageFromText(const MessageTable& table, std::string_view text) {
  if (HasTextForm(table.well_known())) return WireOf(table.well_known(), text);
  const FieldTable& value = table.fields()[0];
  const auto scalar = ParseScalar(value, text);
  if (!scalar) return std::nullopt;
  WireBuffer wire;
  if (!scalar->is_default()) PutScalarField(wire, value, *scalar);
  return wire.Take();
}

std::string Expected(const FieldTable& field) {
  if (!field.message) return ExpectedScalar(field);
  const WellKnown type = field.message->well_known();
  return HasTextForm(type) ? ExpectedText(type) : ExpectedScalar(field.message->fields()[0]);
}

}  // namespace

Result<FieldPath> ResolveFieldPath(const MessageTable& table, std::string_view path) {
  FieldPath resolved{.text = std::string(path)};
  const MessageTable* message = &table;
  std::string_view rest = path;
  while (true) {
    const auto point = rest.find('.');
    const auto name = rest.substr(0, point);
    const FieldTable* field = message->FindName(name);
    if (!field) {
      return Fail(InvalidArgument(resolved.text,
                                  "unknown field" + NearestNameHint(name, NamesOf(*message))));
    }
    resolved.fields.push_back(field);
    if (point == std::string_view::npos) return resolved;
    if (!field->message || field->repeated || field->map) {
      return Fail(InvalidArgument(resolved.text, std::string(name) + " has no fields to name"));
    }
    message = field->message;
    rest.remove_prefix(point + 1);
  }
}

bool TakesText(const FieldTable& field) {
  if (field.map) return false;
  if (!field.message) return true;
  const WellKnown type = field.message->well_known();
  return type == WellKnown::kWrapper || HasTextForm(type);
}

Result<std::string> EncodeText(const FieldPath& path, std::string_view text) {
  const FieldTable& leaf = path.leaf();
  if (!TakesText(leaf)) {
    return Fail(InvalidArgument(path.text, "a value of this type can only stand in a body"));
  }
  WireBuffer record;
  if (leaf.message) {
    const auto content = MessageFromText(*leaf.message, text);
    if (content) record.PutBytes(leaf.number, *content);
  } else if (const auto scalar = ParseScalar(leaf, text)) {
    PutScalarField(record, leaf, *scalar);
  }
  std::string wire = record.Take();
  if (wire.empty()) {
    const std::string shown = IsUtf8(text) ? '"' + std::string(text) + '"' : "other bytes";
    return Fail(InvalidArgument(path.text, "expected " + Expected(leaf) + ", found " + shown));
  }
  for (auto parent = path.fields.rbegin() + 1; parent != path.fields.rend(); ++parent) {
    WireBuffer outer;
    outer.PutBytes((*parent)->number, wire);
    wire = outer.Take();
  }
  return wire;
}

std::optional<std::string> FindRecord(const FieldPath& path, std::string_view wire) {
  std::string content(wire);
  for (const auto* field : path.fields) {
    const bool is_leaf = field == path.fields.back();
    std::string found;
    WireCursor cursor(content);
    while (const auto record = cursor.Next()) {
      if (record->number != field->number) continue;
      if (is_leaf) {
        found = record->raw;
      } else {
        found += record->bytes;
      }
    }
    if (found.empty()) return std::nullopt;
    content = std::move(found);
  }
  return content;
}

}  // namespace gongkai::gateway
