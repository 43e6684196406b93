#include "services/gateway/transcoding/json_reader.h"

#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "services/gateway/transcoding/json_path.h"
#include "services/gateway/transcoding/json_scanner.h"
#include "services/gateway/transcoding/scalar.h"
#include "services/gateway/transcoding/text.h"
#include "services/gateway/transcoding/update_mask.h"
#include "services/gateway/transcoding/well_known_text.h"
#include "services/gateway/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

constexpr int kMaxDepth = 100;

std::string Shortened(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t length = std::min(text.size(), kLongest);
  while (length < text.size() && length > 0 && (text[length] & 0xc0) == 0x80) --length;
  return std::string(text.substr(0, length)) + (length < text.size() ? "…" : "");
}

bool IsQuotedNumber(FieldKind kind) {
  return kind != FieldKind::kString && kind != FieldKind::kBytes && kind != FieldKind::kEnum &&
         kind != FieldKind::kBool;
}

// Reads one document. Every function is false after the first fault, which `error_` then holds.
class Document {
 public:
  Document(const TableSet& tables, std::string_view json) : tables_(tables), scanner_(json) {}
  // Collects the paths that are set, below the root.
  void CollectMask(std::vector<std::string>* paths) { mask_.paths = paths; }

  bool Message(const MessageTable& table);
  bool Field(const FieldTable& field);
  bool End();
  // Reads the value of a field that is not in an object.
  bool RootField(const FieldTable& field);

  Error TakeError() { return std::move(*error_); }
  std::string TakeWire() { return wire_.Take(); }

 private:
  // Which fields and oneofs of an object were set.
  struct Seen {
    std::vector<bool> fields;
    std::unordered_set<int> oneofs;
  };

  bool Fail(std::string description);
  bool FailSyntax();
  bool Expect(char structural, std::string_view expected);
  bool Members(const MessageTable& table, bool in_any);
  bool Member(const MessageTable& table, std::string_view name, Seen& seen);
  template <typename Read>
  bool Array(Read read);

  bool NullField(const FieldTable& field);
  bool List(const FieldTable& field);
  bool Map(const FieldTable& field);
  bool MapEntry(const FieldTable& field, std::string_view key);
  bool Value(const FieldTable& field);
  bool NestedMessage(const FieldTable& field);
  std::optional<Scalar> ReadScalar(const FieldTable& field);
  std::optional<Scalar> Refuse(const FieldTable& field, std::string_view text);
  void PutScalar(const FieldTable& field, const Scalar& scalar);

  bool WellKnownMessage(const MessageTable& table);
  bool TextForm(const MessageTable& table);
  bool DynamicValue(const MessageTable& table);
  bool Any(const MessageTable& table);
  std::optional<std::string> AnyType();
  bool AnyContent(const MessageTable& content);

  const TableSet& tables_;
  JsonScanner scanner_;
  WireBuffer wire_;
  UpdateMask mask_;
  JsonPath path_;
  std::optional<Error> error_;
  int depth_ = 0;
};

bool Document::Fail(std::string description) {
  if (!error_) error_ = InvalidArgument(path_.Text(), std::move(description));
  return false;
}

bool Document::FailSyntax() {
  const auto found = std::string(KindName(scanner_.Peek()));
  const auto where = " at byte " + std::to_string(scanner_.position());
  if (!scanner_.fault().empty()) return Fail(std::string(scanner_.fault()) + where);
  return Fail("the text is no JSON: " + found + where);
}

bool Document::Expect(char structural, std::string_view expected) {
  if (scanner_.Take(structural)) return true;
  return Fail("expected " + std::string(expected) + ", found " +
              std::string(KindName(scanner_.Peek())) + " at byte " +
              std::to_string(scanner_.position()));
}

bool Document::End() {
  if (scanner_.Peek() == JsonKind::kEnd) return true;
  return Fail("expected the end of the text at byte " + std::to_string(scanner_.position()));
}

bool Document::Message(const MessageTable& table) {
  if (++depth_ > kMaxDepth) return Fail("more than 100 levels");
  const bool plain =
      table.well_known() == WellKnown::kNone || table.well_known() == WellKnown::kHttpBody;
  const bool read = plain ? Members(table, false) : WellKnownMessage(table);
  --depth_;
  return read;
}

bool Document::Members(const MessageTable& table, bool in_any) {
  if (!Expect('{', "an object")) return false;
  if (scanner_.Take('}')) return true;
  Seen seen{.fields = std::vector<bool>(table.fields().size())};
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

bool Document::Member(const MessageTable& table, std::string_view name, Seen& seen) {
  path_.Enter(name);
  const FieldTable* field = table.FindName(name);
  if (!field) {
    std::vector<std::string> names;
    for (const auto& known : table.fields()) names.push_back(known.json_name);
    return Fail("unknown field" + NearestNameHint(name, names));
  }
  if (seen.fields[field->index]) return Fail("the field is set twice");
  seen.fields[field->index] = true;
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
bool Document::NullField(const FieldTable& field) {
  const bool singular = !field.repeated && !field.map;
  if (singular && field.enumeration && field.enumeration->null_value) return false;
  if (singular && field.message && field.message->well_known() == WellKnown::kValue) return false;
  return scanner_.TakeWord("null");
}

bool Document::Field(const FieldTable& field) {
  if (field.map) return Map(field);
  if (field.repeated) return List(field);
  if (field.is_message()) return NestedMessage(field);
  const auto scalar = ReadScalar(field);
  if (!scalar) return false;
  if (scalar->is_default() && !field.has_presence) return true;
  wire_.PutTag(field.number, WireTypeOf(field.kind));
  PutScalar(field, *scalar);
  return true;
}

bool Document::RootField(const FieldTable& field) {
  path_.Enter(field.json_name);
  if (scanner_.Peek() == JsonKind::kNull && NullField(field)) return End();
  return Field(field) && End();
}

template <typename Read>
bool Document::Array(Read read) {
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

bool Document::List(const FieldTable& field) {
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
bool Document::Value(const FieldTable& field) {
  if (field.is_message()) return NestedMessage(field);
  const auto scalar = ReadScalar(field);
  if (!scalar) return false;
  wire_.PutTag(field.number, WireTypeOf(field.kind));
  PutScalar(field, *scalar);
  return true;
}

bool Document::NestedMessage(const FieldTable& field) {
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

bool Document::Map(const FieldTable& field) {
  if (!Expect('{', "an object")) return false;
  if (scanner_.Take('}')) return true;
  std::unordered_set<std::string> keys;
  do {
    auto key = scanner_.String();
    if (!key) return FailSyntax();
    path_.Enter(*key);
    if (!Expect(':', "\":\"") || !MapEntry(field, *key)) return false;
    if (!keys.insert(std::move(*key)).second) return Fail("the key is set twice");
    path_.Leave();
  } while (scanner_.Take(','));
  return Expect('}', "\",\" or \"}\"");
}

bool Document::MapEntry(const FieldTable& field, std::string_view key) {
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

std::optional<Scalar> Document::Refuse(const FieldTable& field, std::string_view text) {
  Fail("expected " + ExpectedScalar(field) + ", found " + Shortened(text));
  return std::nullopt;
}

std::optional<Scalar> Document::ReadScalar(const FieldTable& field) {
  const JsonKind kind = scanner_.Peek();
  if (kind == JsonKind::kString) {
    const auto text = scanner_.String();
    if (!text) {
      FailSyntax();
      return std::nullopt;
    }
    const bool enum_number =
        field.kind == FieldKind::kEnum && !field.enumeration->by_name.contains(*text);
    if (field.kind == FieldKind::kBool || enum_number) return Refuse(field, '"' + *text + '"');
    auto scalar = ParseScalar(field, *text);
    return scalar ? scalar : Refuse(field, '"' + *text + '"');
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

void Document::PutScalar(const FieldTable& field, const Scalar& scalar) {
  const WireType type = WireTypeOf(field.kind);
  if (type != WireType::kLength) return wire_.PutScalar(type, scalar.bits);
  wire_.PutVarint(scalar.bytes.size());
  wire_.PutRaw(scalar.bytes);
}

bool Document::WellKnownMessage(const MessageTable& table) {
  switch (table.well_known()) {
    case WellKnown::kWrapper:
      return Field(table.fields()[0]);
    case WellKnown::kStruct:
    case WellKnown::kListValue:
      return Field(table.fields()[0]);
    case WellKnown::kValue:
      return DynamicValue(table);
    case WellKnown::kAny:
      return Any(table);
    default:
      return TextForm(table);
  }
}

bool Document::TextForm(const MessageTable& table) {
  if (scanner_.Peek() != JsonKind::kString) {
    return Fail("expected " + ExpectedText(table.well_known()) + ", found " +
                std::string(KindName(scanner_.Peek())));
  }
  const auto text = scanner_.String();
  if (!text) return FailSyntax();
  const auto wire = WireOf(table.well_known(), *text);
  if (!wire) {
    return Fail("expected " + ExpectedText(table.well_known()) + ", found \"" + Shortened(*text) +
                '"');
  }
  wire_.PutRaw(*wire);
  return true;
}

// google.protobuf.Value: null, number, string, bool, struct, list are its fields 1 to 6.
bool Document::DynamicValue(const MessageTable& table) {
  const auto field = [&](std::uint32_t number) -> const FieldTable& {
    return *table.FindNumber(number);
  };
  switch (scanner_.Peek()) {
    case JsonKind::kNull:
      return Field(field(1));
    case JsonKind::kNumber:
      return Field(field(2));
    case JsonKind::kString:
      return Field(field(3));
    case JsonKind::kTrue:
    case JsonKind::kFalse:
      return Field(field(4));
    case JsonKind::kObject:
      return Field(field(5));
    case JsonKind::kArray:
      return Field(field(6));
    case JsonKind::kEnd:
    case JsonKind::kNone:
      break;
  }
  return FailSyntax();
}

// The type may stand after the members that it explains: they are read in a second pass.
bool Document::Any(const MessageTable& table) {
  const std::size_t begin = scanner_.position();
  const auto type_url = AnyType();
  if (error_) return false;
  if (!type_url) {
    // `{}` is the empty Any.
    scanner_.Seek(begin);
    if (scanner_.Take('{') && scanner_.Take('}')) return true;
    return Fail("expected the type of the message in \"@type\"");
  }
  const MessageTable* content = tables_.Find(type_url->substr(type_url->rfind('/') + 1));
  if (!content || type_url->find('/') == std::string::npos) {
    path_.Enter("@type");
    return Fail(
        "expected a known type such as \"type.googleapis.com/google.protobuf.Empty\", found \"" +
        Shortened(*type_url) + '"');
  }
  wire_.PutBytes(table.fields()[0].number, *type_url);
  scanner_.Seek(begin);
  const auto value = wire_.BeginLength(table.fields()[1].number);
  if (!AnyContent(*content)) return false;
  wire_.EndLength(value);
  return true;
}

std::optional<std::string> Document::AnyType() {
  std::optional<std::string> type_url;
  if (!Expect('{', "an object with \"@type\"")) return std::nullopt;
  if (scanner_.Take('}')) return std::nullopt;
  do {
    const auto name = scanner_.String();
    const bool is_type = name && *name == "@type";
    if (is_type && type_url) {
      Fail("\"@type\" is set twice");
      return std::nullopt;
    }
    if (!name || !scanner_.Take(':') || (!is_type && !scanner_.Skip(kMaxDepth))) {
      FailSyntax();
      return std::nullopt;
    }
    if (!is_type) continue;
    type_url = scanner_.String();
    if (!type_url) {
      FailSyntax();
      return std::nullopt;
    }
  } while (scanner_.Take(','));
  if (!Expect('}', "\",\" or \"}\"")) return std::nullopt;
  return type_url;
}

bool Document::AnyContent(const MessageTable& content) {
  const bool plain =
      content.well_known() == WellKnown::kNone || content.well_known() == WellKnown::kHttpBody;
  if (plain) return Members(content, true);
  bool read = false;
  if (!scanner_.Take('{')) return FailSyntax();
  do {
    const auto name = scanner_.String();
    if (!name || !scanner_.Take(':')) return FailSyntax();
    if (*name == "@type") {
      scanner_.String();
      continue;
    }
    path_.Enter(*name);
    if (*name != "value" || read) return Fail("expected \"value\" once and nothing else");
    if (!Message(content)) return false;
    read = true;
    path_.Leave();
  } while (scanner_.Take(','));
  if (!read) return Fail("expected the message in \"value\"");
  return Expect('}', "\",\" or \"}\"");
}

}  // namespace

Result<std::string> JsonReader::Read(const MessageTable& table, std::string_view json) const {
  Document document(*tables_, json);
  if (!document.Message(table) || !document.End()) return Fail(document.TakeError());
  return document.TakeWire();
}

Result<std::string> JsonReader::ReadField(const FieldTable& field, std::string_view json,
                                          std::vector<std::string>* mask) const {
  Document document(*tables_, json);
  document.CollectMask(mask);
  if (!document.RootField(field)) return Fail(document.TakeError());
  return document.TakeWire();
}

}  // namespace gongkai::gateway
