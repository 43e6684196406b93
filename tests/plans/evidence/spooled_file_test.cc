#include "services/plans/evidence/spooled_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace gongkai::plans {
namespace {

class SpooledFileTest : public ::testing::Test {
 protected:
  SpooledFileTest() { std::filesystem::create_directories(directory_); }
  ~SpooledFileTest() override { std::filesystem::remove_all(directory_); }

  const std::filesystem::path directory_ =
      std::filesystem::path(::testing::TempDir()) /
      ("spool-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
       std::to_string(getpid()));
};

TEST_F(SpooledFileTest, GivesBackWhatWasAppended) {
  auto file = SpooledFile::Create(directory_);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->Append("abc"));
  ASSERT_TRUE(file->Append("def"));
  EXPECT_EQ(file->size(), 6);
  EXPECT_EQ(file->Read(0, 100), "abcdef");
  EXPECT_EQ(file->Read(2, 3), "cde");
  EXPECT_EQ(file->Read(6, 3), "");
}

TEST_F(SpooledFileTest, KnowsItsDigest) {
  auto file = SpooledFile::Create(directory_);
  ASSERT_TRUE(file->Append("a"));
  ASSERT_TRUE(file->Append("bc"));
  EXPECT_EQ(file->Sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(SpooledFileTest, HasNoNameThatCouldBeLeftBehind) {
  auto file = SpooledFile::Create(directory_);
  ASSERT_TRUE(file->Append("abc"));
  EXPECT_TRUE(std::filesystem::is_empty(directory_));
}

TEST_F(SpooledFileTest, IsRefusedWhereThereIsNoDirectory) {
  EXPECT_EQ(SpooledFile::Create(directory_ / "none").error().reason, "SPOOL_UNAVAILABLE");
}

}  // namespace
}  // namespace gongkai::plans
