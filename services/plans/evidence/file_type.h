// Which files are taken as evidence, told by their first bytes and never by their name.
//
//   FileTypeOf("%PDF-1.7\n…")   → application/pdf
//   FileTypeOf("<html>…")       → nothing
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace gongkai::plans {

struct FileType {
  std::string_view content_type;
  // Lower case; the first one is the usual one.
  std::span<const std::string_view> extensions;
};

// How much of a file is looked at.
inline constexpr std::size_t kFileHeadBytes = 64 * 1024;

// `head`: the first kFileHeadBytes of the file, or all of a shorter one. Null for a file that is
// not taken: programs, scripts, HTML, SVG, and whatever is not known.
const FileType* FileTypeOf(std::string_view head);

// Whether the name ends with an extension of the type, in upper or lower case: a file must not be
// saved under a name by which it would be run.
bool FitsName(const FileType& type, std::string_view file_name);

// `csv, doc, docx …`: every extension that is taken.
std::string AcceptedExtensions();

}  // namespace gongkai::plans
