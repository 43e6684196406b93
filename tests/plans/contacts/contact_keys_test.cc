#include "services/plans/contacts/contact_keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace gongkai::plans {
namespace {

const std::string kAesKey(64, 'a');
const std::string kSm4Key(96, 'b');

TEST(ContactKeys, AreReadFromLinesWithIdSuiteAndKey) {
  const auto keys = ContactKeys::Parse("# the newest first\n\n2026b sm4-ctr-hmac-sm3 " + kSm4Key +
                                       "\n2026a aes-256-gcm " + kAesKey + "\n");
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(keys->current().id, "2026b");
  EXPECT_EQ(keys->current().bytes.size(), 48u);
  ASSERT_TRUE(keys->Find("2026a"));
  EXPECT_EQ(keys->Find("2026a")->bytes, std::string(32, '\xAA'));
  EXPECT_FALSE(keys->Find("2025"));
}

TEST(ContactKeys, ThatAreMalformedAreRefusedByLineAndNeverShown) {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"", "have no key"},
           {"a aes-256-gcm", "line 1 must have an id, a suite and a key"},
           {"a aes-256-gcm " + kAesKey + " x", "line 1 must have"},
           {"# x\na aes-128-gcm " + kAesKey, "line 2 has a suite other than"},
           {"a aes-256-gcm " + kSm4Key, "must have a key of 64 hexadecimal digits"},
           {"a aes-256-gcm " + std::string(64, 'g'), "must have a key of 64"},
           {"a/b aes-256-gcm " + kAesKey, "has an id that is not"},
           {"a aes-256-gcm " + kAesKey + "\na aes-256-gcm " + kAesKey, "line 2 has an id that"}}) {
    const auto keys = ContactKeys::Parse(text);
    ASSERT_FALSE(keys) << text;
    EXPECT_NE(keys.error().message.find(part), std::string::npos) << keys.error().message;
    EXPECT_EQ(keys.error().message.find("aaaa"), std::string::npos);
  }
}

class ContactKeyFile : public ::testing::Test {
 protected:
  ContactKeyFile() { std::filesystem::remove(file_); }
  ~ContactKeyFile() override { std::filesystem::remove(file_); }

  const std::filesystem::path file_ =
      std::filesystem::path(::testing::TempDir()) / ("contact-keys-" + std::to_string(getpid()));
};

TEST_F(ContactKeyFile, IsMadeForItsOwnerOnly) {
  ASSERT_TRUE(AddContactKey(file_, ContactSuite::kAes256Gcm));
  struct stat status {};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(ContactKeyFile, GetsEachNewKeyBeforeTheOthers) {
  const auto first = AddContactKey(file_, ContactSuite::kAes256Gcm);
  const auto second = AddContactKey(file_, ContactSuite::kSm4CtrHmacSm3);
  ASSERT_TRUE(first && second);
  const auto keys = ContactKeys::Load(file_);
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->current().id, *second);
  EXPECT_EQ(keys->current().suite, ContactSuite::kSm4CtrHmacSm3);
  ASSERT_TRUE(keys->Find(*first));
  EXPECT_NE(keys->Find(*first)->bytes, std::string(32, '\0'));
}

TEST_F(ContactKeyFile, ThatEverybodyMayReadIsRefused) {
  ASSERT_TRUE(AddContactKey(file_, ContactSuite::kAes256Gcm));
  ASSERT_EQ(chmod(file_.c_str(), 0644), 0);
  EXPECT_EQ(ContactKeys::Load(file_).error().reason, "CONTACT_KEYS_EXPOSED");
}

TEST_F(ContactKeyFile, ThatIsMissingSaysHowToMakeOne) {
  const auto missing = ContactKeys::Load(file_);
  EXPECT_EQ(missing.error().reason, "CONTACT_KEYS_UNREADABLE");
  EXPECT_NE(missing.error().message.find("make-contact-key"), std::string::npos);
}

}  // namespace
}  // namespace gongkai::plans
