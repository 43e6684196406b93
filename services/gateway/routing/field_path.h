// A field of a message or of one within it, and values for it that come as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/transcoding/message_table.h"

namespace gongkai::gateway {

struct FieldPath {
  std::vector<const FieldTable*> fields;  // from the outside to the field meant; never empty
  std::string text;                       // `parent.displayName`

  const FieldTable& leaf() const { return *fields.back(); }
  friend bool operator==(const FieldPath& a, const FieldPath& b) { return a.fields == b.fields; }
};

// Names are those of JSON or of the proto, with points between them. INVALID_ARGUMENT with the
// nearest name if there is no such field, or if the way leads through a list or a map.
Result<FieldPath> ResolveFieldPath(const MessageTable& table, std::string_view path);

// Whether text can give a value: for scalars, lists of them, wrappers, Timestamp, Duration and
// FieldMask.
bool TakesText(const FieldTable& field);

// The record of the outermost message that sets the field, for a list one element of it.
//
//   EncodeText(path of `parent.displayName`, "公开")  // → parent { display_name: "公开" }
//
// INVALID_ARGUMENT with the path and what was expected if the text is no value of the field.
Result<std::string> EncodeText(const FieldPath& path, std::string_view text);

// The field's own record within a message's wire, merged as a parser would; nothing if it is not
// set.
std::optional<std::string> FindRecord(const FieldPath& path, std::string_view wire);

}  // namespace gongkai::gateway
