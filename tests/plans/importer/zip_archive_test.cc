#include "services/plans/importer/zip_archive.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/plans/support/office_file.h"

namespace gongkai::plans::importer {
namespace {

constexpr size_t kMebibyte = size_t{1} << 20;

// Bytes that shrink, though not as much as a part may: about 30 times.
std::string Bytes(size_t size) {
  std::mt19937 random(20240421);
  std::string bytes(size, 'a');
  for (size_t at = 0; at + 8 < size; at += 256) {
    for (size_t i = 0; i < 8; ++i) bytes[at + i] = static_cast<char>('a' + random() % 26);
  }
  return bytes;
}

std::string MessageOf(const Result<std::string>& part) {
  return part ? "read" : part.error().reason + ": " + part.error().message;
}

TEST(ZipArchive, RefusesAPartThatUnpacksToTooMuch) {
  const std::string bytes = MakeZip({{"part", Bytes(64 * kMebibyte + 1)}});
  EXPECT_LT(bytes.size(), 8 * kMebibyte) << "small enough to be sent";
  const auto archive = ZipArchive::Open(bytes);
  ASSERT_TRUE(archive);
  const auto part = archive->Read("part");
  ASSERT_FALSE(part);
  EXPECT_EQ(part.error().reason, "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(part.error().metadata.at("limit"), std::to_string(64 * kMebibyte));
}

TEST(ZipArchive, CountsEverythingThatIsRead) {
  const std::string bytes = MakeZip({{"part", Bytes(48 * kMebibyte)}});
  const auto archive = ZipArchive::Open(bytes);
  ASSERT_TRUE(archive);
  EXPECT_EQ(MessageOf(archive->Read("part")), "read");
  EXPECT_EQ(MessageOf(archive->Read("part")), "read");
  const auto third = archive->Read("part");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().reason, "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(third.error().metadata.at("limit"), std::to_string(128 * kMebibyte));
}

TEST(ZipArchive, RefusesALargePartThatWasPackedTooWellAndReadsASmallOne) {
  const std::string bytes = MakeZip({{"small", std::string(8 * kMebibyte, 'a')},
                                     {"large", std::string(8 * kMebibyte + kMebibyte, 'a')}});
  const auto archive = ZipArchive::Open(bytes);
  ASSERT_TRUE(archive);
  EXPECT_EQ(MessageOf(archive->Read("small")), "read");
  const auto large = archive->Read("large");
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().metadata.at("limit"), std::to_string(ZipArchive::kMaxRatio));
}

TEST(ZipArchive, RefusesTooManyParts) {
  ZipParts parts;
  for (size_t i = 0; i < ZipArchive::kMaxEntries; ++i) parts.emplace_back(std::to_string(i), "");
  EXPECT_TRUE(ZipArchive::Open(MakeZip(parts)));
  parts.emplace_back("one more", "");
  const auto archive = ZipArchive::Open(MakeZip(parts));
  ASSERT_FALSE(archive);
  EXPECT_EQ(archive.error().reason, "DOCUMENT_TOO_LARGE");
}

}  // namespace
}  // namespace gongkai::plans::importer
