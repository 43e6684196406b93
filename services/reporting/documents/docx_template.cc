#include "services/reporting/documents/docx_template.h"

#include <cstring>
#include <optional>
#include <pugixml.hpp>
#include <sstream>

namespace gongkai::reporting {
namespace {

constexpr unsigned kParsing = pugi::parse_default | pugi::parse_ws_pcdata;
constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

bool IsFilled(const std::string& part) {
  return part == "word/document.xml" || part.starts_with("word/header") ||
         part.starts_with("word/footer");
}

bool Is(const pugi::xml_node& node, const char* name) {
  return std::strcmp(node.name(), name) == 0;
}

// The nodes of that name below `node`, in the order of the document.
std::vector<pugi::xml_node> Below(const pugi::xml_node& node, const char* name) {
  std::vector<pugi::xml_node> found;
  for (const auto& child : node.children()) {
    if (Is(child, name)) found.push_back(child);
    const auto deeper = Below(child, name);
    found.insert(found.end(), deeper.begin(), deeper.end());
  }
  return found;
}

// An office program may cut a placeholder into several runs, wherever it was edited.
std::string TextOf(const pugi::xml_node& node) {
  std::string text;
  for (const auto& piece : Below(node, "w:t")) text += piece.text().get();
  return text;
}

std::string Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

struct Placeholder {
  std::size_t begin = 0;  // in the text, braces included
  std::size_t end = 0;
  std::string name;
};

std::optional<Placeholder> NextPlaceholder(std::string_view text, std::size_t from) {
  const auto open = text.find(kOpen, from);
  if (open == std::string_view::npos) return std::nullopt;
  const auto close = text.find(kClose, open);
  if (close == std::string_view::npos) return std::nullopt;
  const auto inner = open + kOpen.size();
  return Placeholder{open, close + kClose.size(), Trimmed(text.substr(inner, close - inner))};
}

// The list that a text repeats for; empty for none.
std::string ListIn(std::string_view text) {
  for (auto next = NextPlaceholder(text, 0); next; next = NextPlaceholder(text, next->end)) {
    const auto dot = next->name.find('.');
    if (dot != std::string::npos) return next->name.substr(0, dot);
  }
  return "";
}

// Puts `value` in the place of [begin, end) of the paragraph's text: into the piece where it
// begins, whose looks it takes.
void Replace(const std::vector<pugi::xml_node>& pieces, std::size_t begin, std::size_t end,
             const std::string& value) {
  std::size_t at = 0;
  for (auto piece : pieces) {
    std::string text = piece.text().get();
    const auto piece_end = at + text.size();
    if (begin < piece_end && at < end) {
      const auto from = begin > at ? begin - at : 0;
      const auto to = std::min(end, piece_end) - at;
      text.replace(from, to - from, begin >= at ? value : "");
      piece.text().set(text.c_str());
      if (!piece.attribute("xml:space")) piece.append_attribute("xml:space") = "preserve";
    }
    at = piece_end;
  }
}

// Fills the names that begin with `prefix`; with an empty one, those of no list. A value is never
// read for placeholders of its own.
void FillParagraph(const pugi::xml_node& paragraph, const TemplateValues::Texts& texts,
                   const std::string& prefix) {
  const auto pieces = Below(paragraph, "w:t");
  std::size_t from = 0;
  for (auto next = NextPlaceholder(TextOf(paragraph), from); next;
       next = NextPlaceholder(TextOf(paragraph), from)) {
    from = next->end;
    const bool of_a_list = next->name.find('.') != std::string::npos;
    if (of_a_list == prefix.empty() || !next->name.starts_with(prefix)) continue;
    const auto found = texts.find(next->name.substr(prefix.size()));
    const auto value = found == texts.end() ? "" : found->second;
    Replace(pieces, next->begin, next->end, value);
    from = next->begin + value.size();
  }
}

void FillAll(const pugi::xml_node& node, const TemplateValues::Texts& texts,
             const std::string& prefix) {
  if (Is(node, "w:p")) FillParagraph(node, texts, prefix);
  for (const auto& paragraph : Below(node, "w:p")) FillParagraph(paragraph, texts, prefix);
}

// Repeats every node of that name that holds a placeholder of a list.
void Repeat(const pugi::xml_node& root, const char* name, const TemplateValues& values) {
  for (auto node : Below(root, name)) {
    const auto list = ListIn(TextOf(node));
    if (list.empty()) continue;
    auto parent = node.parent();
    const auto members = values.lists.find(list);
    if (members != values.lists.end()) {
      for (const auto& member : members->second) {
        FillAll(parent.insert_copy_before(node, node), member, list + ".");
      }
    }
    parent.remove_child(node);
  }
}

Error UnknownName(const std::string& part, const std::string& name, const std::string& text,
                  const TemplateNames& names) {
  std::string all;
  for (const auto& each : names) all += (all.empty() ? "" : " ") + each;
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "TEMPLATE_NAME_UNKNOWN",
          .message = part + ": \"{{" + name + "}}\" in \"" + text +
                     "\" is no name that a bulletin has; it has " + all,
          .message_zh = "模板中的“{{" + name + "}}”无法识别，请改用可用的名称",
          .metadata = {{"name", name}}};
}

Result<void> CheckNames(const std::string& part, const std::string& xml,
                        const TemplateNames& names) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), kParsing)) {
    return Fail({.code = ErrorCode::kInvalidArgument,
                 .reason = "TEMPLATE_UNREADABLE",
                 .message = part + " is no well-formed XML",
                 .message_zh = "模板文件已损坏"});
  }
  for (const auto& paragraph : Below(document, "w:p")) {
    const auto text = TextOf(paragraph);
    for (auto next = NextPlaceholder(text, 0); next; next = NextPlaceholder(text, next->end)) {
      if (!names.contains(next->name)) return Fail(UnknownName(part, next->name, text, names));
    }
  }
  return {};
}

std::string FillPart(const std::string& xml, const TemplateValues& values) {
  pugi::xml_document document;
  (void)document.load_buffer(xml.data(), xml.size(), kParsing);  // Read has seen to it
  FillAll(document, values.texts, "");
  Repeat(document, "w:tr", values);
  Repeat(document, "w:p", values);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out).str();
}

}  // namespace

Result<DocxTemplate> DocxTemplate::Read(std::string_view bytes, const TemplateNames& names) {
  auto parts = ReadDocx(bytes);
  if (!parts) return Fail(parts.error());
  for (const auto& [name, xml] : *parts) {
    if (!IsFilled(name)) continue;
    if (auto checked = CheckNames(name, xml, names); !checked) return Fail(checked.error());
  }
  return DocxTemplate(*std::move(parts));
}

Result<std::string> DocxTemplate::Fill(const TemplateValues& values) const {
  auto parts = parts_;
  for (auto& [name, xml] : parts) {
    if (IsFilled(name)) xml = FillPart(xml, values);
  }
  return WriteDocx(parts);
}

}  // namespace gongkai::reporting
