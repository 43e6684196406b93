// From JSON to protocol buffers' wire format, directly, by the tables of the message type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/transcoding/message_table.h"

namespace gongkai {

// Thread-safe. Takes lowerCamelCase names and those of the proto, enums by name and number,
// integers as numbers and strings, both alphabets of base64. `null` leaves a field out.
//
//   JsonReader reader(tables);
//   reader.Read(*tables.Find("test.Point"), R"({"x": "42"})");  // → "\x08\x2a"
//
// INVALID_ARGUMENT with the JSON path, what was expected and the nearest name, for an unknown
// field, a field or member of a oneof that is set twice, a wrong type, a number out of range, text
// that is no UTF-8, more than 100 levels, or what is no JSON: `tasks[3].requirment: unknown field
// (did you mean "requirement"?)`.
class JsonReader {
 public:
  // `tables` must outlive the reader.
  explicit JsonReader(const TableSet& tables) : tables_(&tables) {}

  Result<std::string> Read(const MessageTable& table, std::string_view json) const;
  // The value of one field, as records of the message that holds it. Paths in errors begin with the
  // field's name. `mask`, if given, gets the paths within the field's message that the text sets,
  // in the spelling of the proto and as deep as they go: {"a": 1, "b": {"c": null}} → a, b.c.
  Result<std::string> ReadField(const FieldTable& field, std::string_view json,
                                std::vector<std::string>* mask = nullptr) const;

 private:
  const TableSet* tables_;
};

}  // namespace gongkai
