// A .docx with placeholders, and the values that it is filled with.
//
//   {{完成率}}     → a text
//   {{排名.名称}}  → of each member of a list: the line of a table, or the paragraph, that holds it
//                    is repeated; nothing is left of it where the list is empty
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/reporting/documents/docx_package.h"

namespace gongkai::reporting {

struct TemplateValues {
  using Texts = std::map<std::string, std::string>;
  Texts texts;
  std::map<std::string, std::vector<Texts>> lists;
};

// Every name that a template may use: `完成率`, `排名.名称`.
using TemplateNames = std::set<std::string, std::less<>>;

// Immutable and thread-safe.
class DocxTemplate {
 public:
  // INVALID_ARGUMENT with reason TEMPLATE_UNREADABLE for what is no .docx, or with reason
  // TEMPLATE_NAME_UNKNOWN for a placeholder that is not among `names`, which it names with the text
  // around it.
  static Result<DocxTemplate> Read(std::string_view bytes, const TemplateNames& names);

  // The document: body, headers and footers filled. A name without a value leaves nothing in its
  // place. Equal values give equal bytes.
  Result<std::string> Fill(const TemplateValues& values) const;

 private:
  explicit DocxTemplate(DocxParts parts) : parts_(std::move(parts)) {}

  DocxParts parts_;
};

}  // namespace gongkai::reporting
