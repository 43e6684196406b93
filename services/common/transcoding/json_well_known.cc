// The well-known types of JsonDocument: those whose JSON is not an object of their fields.
#include <utility>

#include "services/common/transcoding/json_document.h"
#include "services/common/transcoding/well_known_text.h"

namespace gongkai {

bool JsonDocument::WellKnownMessage(const MessageTable& table) {
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

bool JsonDocument::TextForm(const MessageTable& table) {
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
bool JsonDocument::DynamicValue(const MessageTable& table) {
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
bool JsonDocument::Any(const MessageTable& table) {
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
  if (!content || type_url->find('/') == std::string_view::npos) {
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

std::optional<std::string_view> JsonDocument::AnyType() {
  std::optional<std::string_view> type_url;
  if (!Expect('{', "an object with \"@type\"")) return std::nullopt;
  if (scanner_.Take('}')) return std::nullopt;
  do {
    const auto name = scanner_.String();
    const bool is_type = name && *name == "@type";
    if (is_type && type_url) {
      Fail("\"@type\" is set twice");
      return std::nullopt;
    }
    if (!name || !scanner_.Take(':') || (!is_type && !scanner_.Skip(kMaxJsonDepth))) {
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

bool JsonDocument::AnyContent(const MessageTable& content) {
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

}  // namespace gongkai
