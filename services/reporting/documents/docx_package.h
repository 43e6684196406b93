// The parts of a .docx: a zip archive of XML.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::reporting {

// By name, e.g. `word/document.xml`.
using DocxParts = std::map<std::string, std::string>;

// INVALID_ARGUMENT with reason TEMPLATE_UNREADABLE for what is no .docx, or one of more than 16 MiB
// or 512 parts.
Result<DocxParts> ReadDocx(std::string_view bytes);

// Equal parts have equal bytes. INTERNAL if they cannot be packed.
Result<std::string> WriteDocx(const DocxParts& parts);

}  // namespace gongkai::reporting
