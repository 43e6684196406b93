#include "services/common/transcoding/json_document.h"

#include <algorithm>
#include <utility>

#include "services/common/transcoding/text.h"

namespace gongkai {
namespace {

bool IsQuotedNumber(FieldKind kind) {
  return kind != FieldKind::kString && kind != FieldKind::kBytes && kind != FieldKind::kEnum &&
         kind != FieldKind::kBool;
}

std::string Quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace

std::string Shortened(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t length = std::min(text.size(), kLongest);
  while (length < text.size() && length > 0 && (text[length] & 0xc0) == 0x80) --length;
  return std::string(text.substr(0, length)) + (length < text.size() ? "…" : "");
}

bool JsonDocument::Fail(std::string description) {
  if (!error_) error_ = InvalidArgument(path_.Text(), std::move(description));
  return false;
}

bool JsonDocument::FailSyntax() {
  const auto found = std::string(KindName(scanner_.Peek()));
  const auto where = " at byte " + std::to_string(scanner_.position());
  if (!scanner_.fault().empty()) return Fail(std::string(scanner_.fault()) + where);
  return Fail("the text is no JSON: " + found + where);
}

bool JsonDocument::Expect(char structural, std::string_view expected) {
  if (scanner_.Take(structural)) return true;
  return Fail("expected " + std::string(expected) + ", found " +
              std::string(KindName(scanner_.Peek())) + " at byte " +
              std::to_string(scanner_.position()));
}

bool JsonDocument::End() {
  if (scanner_.Peek() == JsonKind::kEnd) return true;
  return Fail("expected the end of the text at byte " + std::to_string(scanner_.position()));
}

bool JsonDocument::Message(const MessageTable& table) {
  if (++depth_ > kMaxJsonDepth) return Fail("more than 100 levels");
  const bool plain =
      table.well_known() == WellKnown::kNone || table.well_known() == WellKnown::kHttpBody;
  const bool read = plain ? Members(table, false) : WellKnownMessage(table);
  --depth_;
  return read;
}

bool JsonDocument::Members(const MessageTable& table, bool in_any) {
  if (!Expect('{', "an object")) return false;
  if (scanner_.Take('}')) return true;
  Seen seen(table.fields().size());
  do {
    const auto name = scanner_.String();
    if (!name) return FailSyntax();
    if (!Expect(':', "\":\"")) return false;
    if (in_any && *name == "@type") {
      scanner_.String();
      continue;
    }
    if (!Member(table, *name, seen)) return false;
  } while (scanner_.Take(','));
  return Expect('}', "\",\" or \"}\"");
}

bool JsonDocument::Member(const MessageTable& table, std::string_view name, Seen& seen) {
  path_.Enter(name);
  const FieldTable* field = table.FindName(name, seen.next);
  if (!field) {
    std::vector<std::string> names;
    for (const auto& known : table.fields()) names.push_back(known.json_name);
    return Fail("unknown field" + NearestNameHint(name, names));
  }
  if (!seen.Insert(field->index)) return Fail("the field is set twice");
  seen.next = static_cast<std::size_t>(field->index) + 1;
  const MaskEntry mask(mask_, *field);
  if (scanner_.Peek() == JsonKind::kNull && NullField(*field)) {
    path_.Leave();
    return true;
  }
  if (field->oneof >= 0 && !seen.oneofs.insert(field->oneof).second) {
    return Fail("another field of the same oneof is set too");
  }
  if (!Field(*field)) return false;
  path_.Leave();
  return true;
}

// True if `null` was taken and leaves the field out. Two types have null among their values.
bool JsonDocument::NullField(const FieldTable& field) {
  const bool singular = !field.repeated && !field.map;
  if (singular && field.enumeration && field.enumeration->null_value) return false;
  if (singular && field.message && field.message->well_known() == WellKnown::kValue) return false;
  return scanner_.TakeWord("null");
}

bool JsonDocument::Field(const FieldTable& field) {
  if (field.map) return Map(field);
  if (field.repeated) return List(field);
  if (field.is_message()) return NestedMessage(field);
  if (field.kind == FieldKind::kString) return Text(field, field.has_presence);
  const auto scalar = ReadScalar(field);
  if (!scalar) return false;
  if (scalar->is_default() && !field.has_presence) return true;
  wire_.PutTag(field.number, WireTypeOf(field.kind));
  PutScalar(field, *scalar);
  return true;
}

bool JsonDocument::RootField(const FieldTable& field) {
  path_.Enter(field.json_name);
  if (scanner_.Peek() == JsonKind::kNull && NullField(field)) return End();
  return Field(field) && End();
}

template <typename Read>
bool JsonDocument::Array(Read read) {
  if (!Expect('[', "an array")) return false;
  if (scanner_.Take(']')) return true;
  std::size_t index = 0;
  do {
    path_.Enter(index++);
    if (!read()) return false;
    path_.Leave();
  } while (scanner_.Take(','));
  return Expect(']', "\",\" or \"]\"");
}

bool JsonDocument::List(const FieldTable& field) {
  if (!field.packed) return Array([&] { return Value(field); });
  const auto before = wire_.size();
  const auto begin = wire_.BeginLength(field.number);
  const bool read = Array([&] {
    const auto scalar = ReadScalar(field);
    if (scalar) PutScalar(field, *scalar);
    return scalar.has_value();
  });
  if (wire_.size() == begin) {
    wire_.Rewind(before);
  } else {
    wire_.EndLength(begin);
  }
  return read;
}

// One element of a list or the value of a map, with its tag, default or not.
bool JsonDocument::Value(const FieldTable& field) {
  if (field.is_message()) return NestedMessage(field);
  if (field.kind == FieldKind::kString) return Text(field, true);
  const auto scalar = ReadScalar(field);
  if (!scalar) return false;
  wire_.PutTag(field.number, WireTypeOf(field.kind));
  PutScalar(field, *scalar);
  return true;
}

// Goes from the text into the wire, without a copy between the two.
bool JsonDocument::Text(const FieldTable& field, bool also_empty) {
  // Refuses what is no string.
  if (scanner_.Peek() != JsonKind::kString) return ReadScalar(field).has_value();
  const auto text = scanner_.String();
  if (!text) return FailSyntax();
  if (also_empty || !text->empty()) wire_.PutBytes(field.number, *text);
  return true;
}

bool JsonDocument::NestedMessage(const FieldTable& field) {
  if (field.kind == FieldKind::kGroup) {
    wire_.PutTag(field.number, WireType::kStartGroup);
    if (!Message(*field.message)) return false;
    wire_.PutTag(field.number, WireType::kEndGroup);
    return true;
  }
  const auto begin = wire_.BeginLength(field.number);
  if (!Message(*field.message)) return false;
  wire_.EndLength(begin);
  return true;
}

bool JsonDocument::Map(const FieldTable& field) {
  if (!Expect('{', "an object")) return false;
  if (scanner_.Take('}')) return true;
  std::unordered_set<std::string_view> keys;
  do {
    const auto key = scanner_.String();
    if (!key) return FailSyntax();
    path_.Enter(*key);
    if (!Expect(':', "\":\"") || !MapEntry(field, *key)) return false;
    if (!keys.insert(*key).second) return Fail("the key is set twice");
    path_.Leave();
  } while (scanner_.Take(','));
  return Expect('}', "\",\" or \"}\"");
}

bool JsonDocument::MapEntry(const FieldTable& field, std::string_view key) {
  const FieldTable& key_field = field.message->fields()[0];
  const auto scalar = ParseScalar(key_field, key);
  if (!scalar) return Fail("expected a key that is " + ExpectedScalar(key_field));
  const auto begin = wire_.BeginLength(field.number);
  wire_.PutTag(key_field.number, WireTypeOf(key_field.kind));
  PutScalar(key_field, *scalar);
  if (!Value(field.message->fields()[1])) return false;
  wire_.EndLength(begin);
  return true;
}

std::optional<Scalar> JsonDocument::Refuse(const FieldTable& field, std::string_view text) {
  Fail("expected " + ExpectedScalar(field) + ", found " + Shortened(text));
  return std::nullopt;
}

std::optional<Scalar> JsonDocument::ReadScalar(const FieldTable& field) {
  const JsonKind kind = scanner_.Peek();
  if (kind == JsonKind::kString) {
    const auto text = scanner_.String();
    if (!text) {
      FailSyntax();
      return std::nullopt;
    }
    const bool enum_number =
        field.kind == FieldKind::kEnum && !field.enumeration->by_name.contains(*text);
    if (field.kind == FieldKind::kBool || enum_number) return Refuse(field, Quoted(*text));
    auto scalar = ParseScalar(field, *text);
    return scalar ? scalar : Refuse(field, Quoted(*text));
  }
  if (kind == JsonKind::kNumber) {
    const auto number = scanner_.Number();
    if (!number) {
      FailSyntax();
      return std::nullopt;
    }
    const bool numeric = IsQuotedNumber(field.kind) || field.kind == FieldKind::kEnum;
    auto scalar = numeric ? ParseScalar(field, *number) : std::nullopt;
    return scalar ? scalar : Refuse(field, *number);
  }
  if (kind == JsonKind::kTrue || kind == JsonKind::kFalse) {
    const std::string_view word = kind == JsonKind::kTrue ? "true" : "false";
    if (!scanner_.TakeWord(word)) {
      FailSyntax();
      return std::nullopt;
    }
    return field.kind == FieldKind::kBool ? ParseScalar(field, word) : Refuse(field, word);
  }
  const bool null = field.enumeration && field.enumeration->null_value;
  if (kind == JsonKind::kNull && null) {
    if (scanner_.TakeWord("null")) return Scalar{};
    FailSyntax();
    return std::nullopt;
  }
  return Refuse(field, KindName(kind));
}

void JsonDocument::PutScalar(const FieldTable& field, const Scalar& scalar) {
  const WireType type = WireTypeOf(field.kind);
  if (type != WireType::kLength) return wire_.PutScalar(type, scalar.bits);
  wire_.PutVarint(scalar.bytes.size());
  wire_.PutRaw(scalar.bytes);
}

}  // namespace gongkai
