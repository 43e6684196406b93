#include "services/plans/evidence/file_type.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using namespace std::string_literals;

std::string TypeOf(const std::string& head) {
  const auto* type = FileTypeOf(head);
  return type ? std::string(type->content_type) : "refused";
}

// The header of one file in an archive.
std::string ZipEntry(const std::string& name) {
  return "PK\x03\x04"s + std::string(26, '\0') + name;
}

TEST(FileType, IsToldByTheFirstBytes) {
  EXPECT_EQ(TypeOf("%PDF-1.7\n"), "application/pdf");
  EXPECT_EQ(TypeOf("\x89PNG\r\n\x1A\n...."), "image/png");
  EXPECT_EQ(TypeOf("\xFF\xD8\xFF\xE0"), "image/jpeg");
  EXPECT_EQ(TypeOf("GIF89a.."), "image/gif");
  EXPECT_EQ(TypeOf("RIFF\1\2\3\4WEBPVP8 "), "image/webp");
  EXPECT_EQ(TypeOf("\0\0\0\x18"s + "ftypmp42"), "video/mp4");
  EXPECT_EQ(TypeOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...."), "application/x-ole-storage");
}

TEST(FileType, OfAPackageIsToldByWhatIsInIt) {
  const auto first = ZipEntry("[Content_Types].xml") + "compressed";
  EXPECT_TRUE(TypeOf(first + ZipEntry("word/document.xml")).ends_with("wordprocessingml.document"));
  EXPECT_TRUE(TypeOf(first + ZipEntry("xl/workbook.xml")).ends_with("spreadsheetml.sheet"));
  EXPECT_TRUE(
      TypeOf(first + ZipEntry("ppt/presentation.xml")).ends_with("presentationml.presentation"));
  EXPECT_EQ(TypeOf(ZipEntry("OFD.xml")), "application/ofd");
  EXPECT_EQ(TypeOf(ZipEntry("photos/1.jpg")), "application/zip");
}

TEST(FileType, OfTextNeedsUtf8WithoutControlCharacters) {
  EXPECT_EQ(TypeOf("政务公开，已完成。\r\n"), "text/plain; charset=utf-8");
  EXPECT_EQ(TypeOf("\xEF\xBB\xBF单位,数量\n"), "text/plain; charset=utf-8");
  EXPECT_EQ(TypeOf("abcd ftyp and WEBP are words"), "text/plain; charset=utf-8");
  EXPECT_EQ(TypeOf("\xD5\xFE\xCE\xF1"), "refused");  // another encoding
  EXPECT_EQ(TypeOf("a\0b"s), "refused");
  EXPECT_EQ(TypeOf("a\x1B[31m"), "refused");
  EXPECT_EQ(TypeOf(""), "refused");
}

TEST(FileType, OfLongTextDoesNotHangOnWhereItIsCut) {
  for (int before = 0; before < 3; ++before) {
    std::string text(before, 'a');
    while (text.size() < kFileHeadBytes) text += "公";
    EXPECT_EQ(TypeOf(text.substr(0, kFileHeadBytes)), "text/plain; charset=utf-8") << before;
  }
}

TEST(FileType, OfWhatCouldRunIsRefused) {
  EXPECT_EQ(TypeOf("MZ\x90\0\3\0\0\0"s), "refused");
  EXPECT_EQ(TypeOf("\x7F"
                   "ELF\2\1\1\0"s),
            "refused");
  EXPECT_EQ(TypeOf("#!/bin/sh\necho"), "refused");
  EXPECT_EQ(TypeOf("<!DOCTYPE html><script>"), "refused");
  EXPECT_EQ(TypeOf("\n  <svg xmlns='http://www.w3.org/2000/svg'>"), "refused");
  EXPECT_EQ(TypeOf("\xEF\xBB\xBF<?xml version='1.0'?>"), "refused");
}

TEST(FileType, DecidesWhichNamesTheFileMayHave) {
  const auto* pdf = FileTypeOf("%PDF-1.7");
  EXPECT_TRUE(FitsName(*pdf, "公示.PDF"));
  EXPECT_FALSE(FitsName(*pdf, "公示.pdf.exe"));
  EXPECT_FALSE(FitsName(*pdf, "公示"));
  const auto* text = FileTypeOf("start calc");
  EXPECT_TRUE(FitsName(*text, "说明.txt"));
  for (const char* name : {"a.bat", "a.js", "a.vbs", "a.html", "a.ps1"}) {
    EXPECT_FALSE(FitsName(*text, name)) << name;
  }
}

TEST(FileType, ListsEveryExtensionOnce) {
  EXPECT_EQ(AcceptedExtensions(),
            "csv, doc, docx, dps, et, gif, jpeg, jpg, m4v, md, mov, mp4, ofd, pdf, png, ppt, pptx, "
            "txt, webp, wps, xls, xlsx, zip");
}

}  // namespace
}  // namespace gongkai::plans
