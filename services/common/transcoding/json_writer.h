// From protocol buffers' wire format to their JSON, directly, by the tables of the message type.
#pragma once

#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/common/transcoding/message_table.h"

namespace gongkai {

// How it is written; the default is what proto3's JSON mapping says.
struct JsonOptions {
  bool enum_numbers = false;  // `2` for `"HISTORY"`
  bool defaults = false;      // also default values of fields without presence, `[]` and `{}`
  bool proto_names = false;   // `display_name` for `displayName`
};

// Thread-safe. Fields come in the order of the wire, under their lowerCamelCase names. Left out:
// unknown fields, and (unless the options ask for them) default values of fields without presence,
// even if the wire holds them.
// An Any of a type that the tables do not have is written as its type and its bytes:
// `{"@type":"…","value":"<base64>"}`.
//
//   JsonWriter writer(tables);
//   writer.Write(*tables.Find("test.Point"), "\x08\x2a");  // → {"x":42}
//
// INTERNAL if the wire is malformed or holds what has no JSON: text that is no UTF-8, a timestamp
// after the year 9999, more than 100 levels.
class JsonWriter {
 public:
  // `tables` must outlive the writer.
  explicit JsonWriter(const TableSet& tables) : tables_(&tables) {}

  Result<std::string> Write(const MessageTable& table, std::string_view wire,
                            const JsonOptions& options = {}) const;
  // Only the value of one field of the message. Where the wire does not hold it: the default value,
  // `[]` or `{}`.
  Result<std::string> WriteField(const MessageTable& table, const FieldTable& field,
                                 std::string_view wire, const JsonOptions& options = {}) const;

 private:
  const TableSet* tables_;
};

}  // namespace gongkai
