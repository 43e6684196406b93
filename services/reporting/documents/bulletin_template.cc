#include <string_view>

#include "services/reporting/documents/bulletin_values.h"
#include "services/reporting/documents/docx_package.h"

namespace gongkai::reporting {

// The files of bulletin_template/, as the build embeds them.
extern const std::string_view kBulletinContentTypes;
extern const std::string_view kBulletinPackageRelationships;
extern const std::string_view kBulletinDocument;
extern const std::string_view kBulletinDocumentRelationships;
extern const std::string_view kBulletinStyles;
extern const std::string_view kBulletinSettings;
extern const std::string_view kBulletinFontTable;
extern const std::string_view kBulletinFooterOdd;
extern const std::string_view kBulletinFooterEven;

Result<std::string> DefaultBulletinTemplate() {
  DocxParts parts;
  for (const auto& [name, content] :
       std::initializer_list<std::pair<const char*, std::string_view>>{
           {"[Content_Types].xml", kBulletinContentTypes},
           {"_rels/.rels", kBulletinPackageRelationships},
           {"word/document.xml", kBulletinDocument},
           {"word/_rels/document.xml.rels", kBulletinDocumentRelationships},
           {"word/styles.xml", kBulletinStyles},
           {"word/settings.xml", kBulletinSettings},
           {"word/fontTable.xml", kBulletinFontTable},
           {"word/footer1.xml", kBulletinFooterOdd},
           {"word/footer2.xml", kBulletinFooterEven}}) {
    parts[name] = content;
  }
  return WriteDocx(parts);
}

}  // namespace gongkai::reporting
