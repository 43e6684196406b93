#include "services/plans/importer/office_package.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "services/plans/importer/document_error.h"

namespace gongkai::plans::importer {
namespace {

Error NoOfficeDocument() {
  return DocumentUnreadable(
      {.message = "the zip archive is no Word or Excel document; unpack it and send the plan "
                  "itself as .docx, .xlsx, .html or text",
       .message_zh = "压缩包不是 Word 或 Excel 文档，请解压后上传方案本身（.docx、.xlsx、.html "
                     "或文本）"});
}

Error BrokenPart() {
  return DocumentUnreadable(
      {.message = "a part of the office document is not well-formed XML or declares a document "
                  "type; open the document in Word or WPS, save it anew and send it again",
       .message_zh = "文档内部结构已损坏，请用 Word 或 WPS 打开后另存再上传"});
}

// pugixml reads without recursion; those who walk the tree do not.
bool IsTooDeep(const pugi::xml_document& document) {
  struct : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node&) override { return depth() < OfficePackage::kMaxDepth; }
  } walker;
  return !const_cast<pugi::xml_document&>(document).traverse(walker);
}

// `word/document.xml` → `word/_rels/document.xml.rels`; the package itself, ``, → `_rels/.rels`.
std::string RelationshipsOf(const std::string& part) {
  const std::filesystem::path path(part);
  return (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string();
}

// Targets are relative to the folder of the part that names them, or begin with a slash.
std::string Resolve(const std::string& part, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  const auto folder = std::filesystem::path(part).parent_path();
  return (folder / std::string(target)).lexically_normal().generic_string();
}

}  // namespace

Result<OfficePackage> OfficePackage::Open(std::string_view bytes) {
  auto archive = ZipArchive::Open(bytes);
  if (!archive) return Fail(archive.error());
  OfficePackage package(std::move(*archive));
  const auto main_part = package.PartByType("", "/officeDocument");
  if (!main_part) return Fail(main_part.error());
  if (!*main_part || !package.archive_.Has(**main_part)) return Fail(NoOfficeDocument());
  package.main_part_ = **main_part;
  return package;
}

Result<XmlDocument> OfficePackage::Load(const std::string& part) const {
  const auto bytes = archive_.Read(part);
  if (!bytes) return Fail(bytes.error());
  // An element takes many times its bytes in memory.
  if (std::count(bytes->begin(), bytes->end(), '<') > static_cast<std::ptrdiff_t>(kMaxElements)) {
    return Fail(DocumentTooLarge({.message = "too many elements", .message_zh = "文档元素过多"},
                                 kMaxElements));
  }
  auto document = std::make_unique<pugi::xml_document>();
  constexpr unsigned kFlags =
      pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype;
  if (!document->load_buffer(bytes->data(), bytes->size(), kFlags)) return Fail(BrokenPart());
  for (const pugi::xml_node node : document->children()) {
    if (node.type() == pugi::node_doctype) return Fail(BrokenPart());
  }
  if (IsTooDeep(*document)) {
    return Fail(DocumentTooLarge(
        {.message = "elements nested too deeply", .message_zh = "文档嵌套层数过多"}, kMaxDepth));
  }
  return document;
}

Result<XmlDocument> OfficePackage::LoadRelated(std::string_view type) const {
  const auto part = PartByType(main_part_, type);
  if (!part) return Fail(part.error());
  if (!*part) return std::make_unique<pugi::xml_document>();
  return Load(**part);
}

template <typename Matches>
Result<std::optional<std::string>> OfficePackage::FindPart(const std::string& part,
                                                           Matches matches) const {
  const std::string relationships = RelationshipsOf(part);
  if (!archive_.Has(relationships)) return std::nullopt;
  const auto document = Load(relationships);
  if (!document) return Fail(document.error());
  for (const pugi::xml_node node : (*document)->document_element().children()) {
    if (!matches(node) || Attribute(node, "TargetMode") == "External") continue;
    return Resolve(part, Attribute(node, "Target"));
  }
  return std::nullopt;
}

Result<std::optional<std::string>> OfficePackage::PartByType(const std::string& part,
                                                             std::string_view type) const {
  return FindPart(part,
                  [type](pugi::xml_node node) { return Attribute(node, "Type").ends_with(type); });
}

Result<std::optional<std::string>> OfficePackage::PartById(const std::string& part,
                                                           std::string_view id) const {
  return FindPart(part, [id](pugi::xml_node node) { return Attribute(node, "Id") == id; });
}

std::string_view LocalName(const char* name) {
  const std::string_view whole = name;
  return whole.substr(whole.find(':') + 1);  // npos + 1 is 0
}

std::string_view LocalName(pugi::xml_node node) { return LocalName(node.name()); }

pugi::xml_node Child(pugi::xml_node node, std::string_view name) {
  return node.find_child([name](pugi::xml_node child) { return LocalName(child) == name; });
}

std::string_view Attribute(pugi::xml_node node, std::string_view name) {
  return node.find_attribute([name](pugi::xml_attribute a) { return LocalName(a.name()) == name; })
      .value();
}

int32_t NumberAttribute(pugi::xml_node node, std::string_view name, int32_t otherwise) {
  constexpr int32_t kLargest = 999'999'999;
  const std::string_view value = Attribute(node, name);
  int32_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = error == std::errc() && end == value.data() + value.size();
  return whole && number >= 0 && number <= kLargest ? number : otherwise;
}

Text TextOf(pugi::xml_node node) {
  Text text;
  for (const pugi::xml_node child : node.children()) text += ToText(child.value());
  return text;
}

Text ToText(std::string_view utf8) {
  Text text;
  for (const wchar_t c : pugi::as_wide(std::string(utf8))) {
    const auto code_point = static_cast<char32_t>(c);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point <= 0x10FFFF && !surrogate) text += code_point;
  }
  return text;
}

}  // namespace gongkai::plans::importer
