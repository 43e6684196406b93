#include "services/common/transcoding/canonical_wire.h"

#include <vector>

#include "services/common/transcoding/wire_format.h"

namespace gongkai {

std::optional<std::string> CanonicalWire(const MessageTable& table, std::string_view wire) {
  struct Gathered {
    bool present = false;
    std::string content;  // of a submessage, else whole records
  };
  std::vector<Gathered> gathered(table.fields().size());
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    const FieldTable* field = table.FindNumber(record->number);
    if (!field) continue;
    if (field->oneof >= 0) {
      for (const auto& other : table.fields()) {
        const bool rival = other.oneof == field->oneof && other.index != field->index;
        if (rival) gathered[other.index] = {};
      }
    }
    auto& [present, content] = gathered[field->index];
    present = true;
    if (field->repeated || field->map) {
      content += record->raw;
    } else if (field->is_message()) {
      content += record->bytes;
    } else {
      content = record->raw;
    }
  }
  if (cursor.malformed()) return std::nullopt;

  WireBuffer canonical;
  for (const auto& field : table.fields()) {
    const auto& [present, content] = gathered[field.index];
    if (!present) continue;
    if (field.is_message() && !field.repeated && !field.map) {
      canonical.PutBytes(field.number, content);
    } else {
      canonical.PutRaw(content);
    }
  }
  return canonical.Take();
}

}  // namespace gongkai
