#include "tests/plans/support/office_file.h"

#include <zip.h>

#include <stdexcept>

namespace gongkai::plans {
namespace {

constexpr char kRelationshipTypes[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr char kWordNamespaces[] =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

std::string Relationships(
    const std::vector<std::pair<std::string, std::string>>& types_to_targets) {
  std::string xml =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  int id = 0;
  for (const auto& [type, target] : types_to_targets) {
    xml += "<Relationship Id=\"rId" + std::to_string(++id) + "\" Type=\"" + kRelationshipTypes +
           type + "\" Target=\"" + target + "\"/>";
  }
  return xml + "</Relationships>";
}

// Other programs than the importer look here for what the main part is.
std::pair<std::string, std::string> ContentTypes(const std::string& main_part,
                                                 const std::string& type) {
  const std::string office = "application/vnd.openxmlformats-officedocument." + type;
  return {"[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
          "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
          "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          "<Override PartName=\"/" +
              main_part + "\" ContentType=\"" + office + ".main+xml\"/></Types>"};
}

std::string WordPart(const std::string& root, const std::string& content) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:" + root + kWordNamespaces + ">" + content +
         "</w:" + root + ">";
}

}  // namespace

std::string MakeZip(const ZipParts& parts) {
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  if (!archive) throw std::runtime_error("zip_open_from_source");
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
      throw std::runtime_error("zip_file_add");
    }
  }
  if (zip_close(archive) != 0) throw std::runtime_error("zip_close");
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string MakeDocx(const DocxXml& xml) {
  ZipParts parts = {
      ContentTypes("word/document.xml", "wordprocessingml.document"),
      {"_rels/.rels", Relationships({{"officeDocument", "word/document.xml"}})},
      {"word/document.xml", WordPart("document", "<w:body>" + xml.body + "</w:body>")}};
  std::vector<std::pair<std::string, std::string>> related;
  if (!xml.numbering.empty()) {
    related.emplace_back("numbering", "numbering.xml");
    parts.emplace_back("word/numbering.xml", WordPart("numbering", xml.numbering));
  }
  if (!xml.styles.empty()) {
    related.emplace_back("styles", "/word/styles.xml");
    parts.emplace_back("word/styles.xml", WordPart("styles", xml.styles));
  }
  parts.emplace_back("word/_rels/document.xml.rels", Relationships(related));
  return MakeZip(parts);
}

std::string MakeXlsx(const XlsxXml& xml) {
  std::vector<std::pair<std::string, std::string>> related = {
      {"worksheet", "worksheets/sheet1.xml"},
      {"worksheet", "/xl/worksheets/sheet2.xml"},
      {"sharedStrings", "sharedStrings.xml"}};
  ZipParts parts = {
      ContentTypes("xl/workbook.xml", "spreadsheetml.sheet"),
      {"_rels/.rels", Relationships({{"officeDocument", "/xl/workbook.xml"}})},
      {"xl/workbook.xml",
       "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
       "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
       "<sheets><sheet name=\"a\" state=\"hidden\" r:id=\"rId1\"/>"
       "<sheet name=\"b\" r:id=\"rId2\"/>" +
           std::string(xml.more_rows.empty() ? "" : "<sheet name=\"c\" r:id=\"rId4\"/>") +
           "</sheets></workbook>"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet "
       "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData/></"
       "worksheet>"},
      {"xl/worksheets/sheet2.xml",
       "<worksheet "
       "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" +
           xml.rows + "</sheetData><mergeCells>" + xml.merges + "</mergeCells></worksheet>"},
      {"xl/sharedStrings.xml",
       "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" + xml.strings +
           "</sst>"}};
  if (!xml.more_rows.empty()) {
    related.emplace_back("worksheet", "worksheets/sheet3.xml");
    parts.emplace_back(
        "xl/worksheets/sheet3.xml",
        "<worksheet "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" +
            xml.more_rows + "</sheetData></worksheet>");
  }
  if (!xml.styles.empty()) {
    related.emplace_back("styles", "styles.xml");
    parts.emplace_back("xl/styles.xml", "<styleSheet>" + xml.styles + "</styleSheet>");
  }
  parts.emplace_back("xl/_rels/workbook.xml.rels", Relationships(related));
  return MakeZip(parts);
}

std::string EscapeXml(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace gongkai::plans
