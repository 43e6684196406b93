// The parts of an office document (.docx, .xlsx): XML files in a zip archive that refer to each
// other by relationships.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/importer/text.h"
#include "services/plans/importer/zip_archive.h"

namespace gongkai::plans::importer {

using XmlDocument = std::unique_ptr<pugi::xml_document>;

// Not thread-safe; the bytes must outlive the package.
class OfficePackage {
 public:
  static constexpr size_t kMaxElements = 8'000'000;
  static constexpr int kMaxDepth = 256;

  // DOCUMENT_UNREADABLE for an archive that is no office document; else the errors of ZipArchive.
  static Result<OfficePackage> Open(std::string_view bytes);

  // `word/document.xml`, `xl/workbook.xml`.
  const std::string& main_part() const { return main_part_; }

  // The XML of a part. Entities beyond the five of XML stay unread and a document type is refused,
  // so that nothing outside the part is ever fetched and nothing expands. DOCUMENT_TOO_LARGE above
  // kMaxElements or kMaxDepth.
  Result<XmlDocument> Load(const std::string& part) const;

  // The XML of the part that the main part refers to with that type, e.g. `/styles`; an empty one
  // where it refers to none.
  Result<XmlDocument> LoadRelated(std::string_view type) const;

  // The part that `part` refers to with that relationship, told by the end of its type
  // (`/numbering`) or by its id; nothing where it refers to none.
  Result<std::optional<std::string>> PartByType(const std::string& part,
                                                std::string_view type) const;
  Result<std::optional<std::string>> PartById(const std::string& part, std::string_view id) const;

 private:
  explicit OfficePackage(ZipArchive archive) : archive_(std::move(archive)) {}

  template <typename Matches>
  Result<std::optional<std::string>> FindPart(const std::string& part, Matches matches) const;

  ZipArchive archive_;
  std::string main_part_;
};

// Names without their prefix, which producers choose freely: `w:p` → `p`.
std::string_view LocalName(const char* name);
std::string_view LocalName(pugi::xml_node node);
// The first child of that local name, or a null node.
pugi::xml_node Child(pugi::xml_node node, std::string_view name);
// The value of the attribute of that local name; empty where there is none.
std::string_view Attribute(pugi::xml_node node, std::string_view name);
// The attribute as a number from 0 to 999999999, or `otherwise`.
int32_t NumberAttribute(pugi::xml_node node, std::string_view name, int32_t otherwise);
// The node's own text as code points, without those that Unicode does not have.
Text TextOf(pugi::xml_node node);
Text ToText(std::string_view utf8);

}  // namespace gongkai::plans::importer
