#include "services/plans/evidence/file_type.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace gongkai::plans {
namespace {

using Extensions = std::string_view[];

constexpr Extensions kPdf = {"pdf"};
constexpr Extensions kOle = {"doc", "xls", "ppt", "wps", "et", "dps"};
constexpr Extensions kDocx = {"docx"};
constexpr Extensions kXlsx = {"xlsx"};
constexpr Extensions kPptx = {"pptx"};
constexpr Extensions kOfd = {"ofd"};
constexpr Extensions kPng = {"png"};
constexpr Extensions kJpeg = {"jpg", "jpeg"};
constexpr Extensions kGif = {"gif"};
constexpr Extensions kWebp = {"webp"};
constexpr Extensions kMp4 = {"mp4", "m4v", "mov"};
constexpr Extensions kText = {"txt", "csv", "md"};
// Packages whose kind does not show at their beginning are ZIP archives as well.
constexpr Extensions kZip = {"zip", "docx", "xlsx", "pptx", "ofd"};

constexpr FileType kZipType{"application/zip", kZip};
constexpr FileType kTextType{"text/plain; charset=utf-8", kText};

// What a file begins with, and where it has to go on how.
struct Signature {
  std::string_view beginning;
  std::size_t offset;
  std::string_view bytes;
  FileType type;
};

using namespace std::string_view_literals;

constexpr Signature kSignatures[] = {
    {"%PDF-"sv, 0, ""sv, {"application/pdf", kPdf}},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, 0, ""sv, {"application/x-ole-storage", kOle}},
    {"\x89PNG\r\n\x1A\n"sv, 0, ""sv, {"image/png", kPng}},
    {"\xFF\xD8\xFF"sv, 0, ""sv, {"image/jpeg", kJpeg}},
    {"GIF87a"sv, 0, ""sv, {"image/gif", kGif}},
    {"GIF89a"sv, 0, ""sv, {"image/gif", kGif}},
    {"RIFF"sv, 8, "WEBP"sv, {"image/webp", kWebp}},
    {"\0\0\0"sv, 4, "ftyp"sv, {"video/mp4", kMp4}},
};

// Packages, by the beginning of the name of a file in them.
struct PackagePart {
  std::string_view name;
  FileType type;
};

constexpr PackagePart kPackageParts[] = {
    {"word/", {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", kDocx}},
    {"xl/", {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kXlsx}},
    {"ppt/", {"application/vnd.openxmlformats-officedocument.presentationml.presentation", kPptx}},
    {"OFD.xml", {"application/ofd", kOfd}},
};

constexpr std::string_view kZipHeader = "PK\x03\x04"sv;
constexpr std::size_t kZipName = 30;  // where the name stands behind a header's beginning

const FileType& PackageTypeOf(std::string_view head) {
  for (auto at = head.find(kZipHeader); at != std::string_view::npos;
       at = head.find(kZipHeader, at + 1)) {
    const auto name = head.substr(std::min(at + kZipName, head.size()));
    for (const auto& part : kPackageParts) {
      if (name.starts_with(part.name)) return part.type;
    }
  }
  return kZipType;
}

// UTF-8 without control characters that does not look like a script or a page.
bool IsPlainText(std::string_view head) {
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.starts_with("#!")) return false;
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] == '<') return false;
  const auto size = static_cast<int32_t>(text.size());
  // The last character may have been cut in two.
  const int32_t checked = head.size() < kFileHeadBytes ? size : size - U8_MAX_LENGTH + 1;
  for (int32_t at = 0; at < checked;) {
    UChar32 character = 0;
    U8_NEXT(text.data(), at, size, character);
    if (character < 0) return false;
    constexpr std::string_view kLayout = "\t\r\n\f";
    const bool control = character < ' ' || character == 0x7F;
    if (control && kLayout.find(static_cast<char>(character)) == kLayout.npos) return false;
  }
  return true;
}

std::string LowerExtension(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  std::string extension(dot == std::string_view::npos ? "" : file_name.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return extension;
}

}  // namespace

const FileType* FileTypeOf(std::string_view head) {
  for (const auto& signature : kSignatures) {
    if (!head.starts_with(signature.beginning) || head.size() < signature.offset) continue;
    if (head.substr(signature.offset).starts_with(signature.bytes)) return &signature.type;
  }
  if (head.starts_with(kZipHeader)) return &PackageTypeOf(head);
  return IsPlainText(head) ? &kTextType : nullptr;
}

bool FitsName(const FileType& type, std::string_view file_name) {
  const auto extension = LowerExtension(file_name);
  return std::find(type.extensions.begin(), type.extensions.end(), extension) !=
         type.extensions.end();
}

std::string AcceptedExtensions() {
  std::set<std::string_view> all(std::begin(kText), std::end(kText));
  all.insert(std::begin(kZip), std::end(kZip));
  for (const auto& signature : kSignatures) {
    all.insert(signature.type.extensions.begin(), signature.type.extensions.end());
  }
  std::string list;
  for (auto extension : all) list += (list.empty() ? "" : ", ") + std::string(extension);
  return list;
}

}  // namespace gongkai::plans
