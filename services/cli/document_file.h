// Documents that the user names on the command line.
#pragma once

#include <optional>
#include <string>

namespace gongkai::cli {

// How the commands describe the document that they take.
inline constexpr char kDocumentHelp[] =
    "Plan as .docx, .xlsx, .html, .md, .csv or text, told by its content; with LibreOffice .doc, "
    ".wps, .rtf, .xls and .et, with poppler .pdf; - reads standard input.";

// The bytes of a file, or of standard input for `-`; nothing if it cannot be read. Stops one byte
// above what the importer takes, which is enough for it to refuse the document.
std::optional<std::string> ReadDocument(const std::string& file);

// The file as messages call it: `stdin` for `-`.
std::string DisplayName(const std::string& file);

}  // namespace gongkai::cli
