#include "services/plans/contacts/contact_vault.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

constexpr char kAssignment[] = "divisions/370124/plans/202601/tasks/1/assignments/2-lead";
constexpr char kOther[] = "divisions/370124/plans/202601/tasks/1/assignments/3-lead";
constexpr char kContact[] = "13800001234";

std::string Line(const std::string& id, ContactSuite suite, char digit) {
  return id + " " + std::string(Label(suite)) + " " + std::string(KeyBytes(suite) * 2, digit) +
         "\n";
}

ContactVault Vault(const std::string& keys) { return ContactVault(*ContactKeys::Parse(keys)); }

class ContactVaultTest : public ::testing::TestWithParam<ContactSuite> {
 protected:
  const std::string line_ = Line("a", GetParam(), '1');
  const ContactVault vault_ = Vault(line_);
};

TEST_P(ContactVaultTest, OpensWhatItSealed) {
  for (const std::string contact : {"13800001234", "", "县府办 0531-87654321"}) {
    const auto sealed = vault_.Seal(contact, kAssignment);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->key_id, "a");
    EXPECT_EQ(sealed->masked, Masked(contact));
    EXPECT_EQ(vault_.Open(*sealed, kAssignment), contact);
  }
}

TEST_P(ContactVaultTest, SealsTheSameContactDifferentlyEachTime) {
  EXPECT_NE(vault_.Seal(kContact, kAssignment)->ciphertext,
            vault_.Seal(kContact, kAssignment)->ciphertext);
}

TEST_P(ContactVaultTest, DoesNotOpenWhatWasMovedToAnotherAssignment) {
  EXPECT_EQ(vault_.Open(*vault_.Seal(kContact, kAssignment), kOther).error().reason,
            "CONTACT_DAMAGED");
}

TEST_P(ContactVaultTest, DoesNotOpenWhatWasChangedAnywhere) {
  const auto sealed = *vault_.Seal(kContact, kAssignment);
  for (std::size_t i = 0; i < sealed.ciphertext.size(); ++i) {
    auto changed = sealed;
    changed.ciphertext[i] = changed.ciphertext[i] == '0' ? '1' : '0';
    ASSERT_EQ(vault_.Open(changed, kAssignment).error().code, ErrorCode::kDataLoss) << i;
  }
}

TEST_P(ContactVaultTest, DoesNotOpenWhatWasCut) {
  const auto sealed = *vault_.Seal(kContact, kAssignment);
  for (std::size_t size = 0; size < sealed.ciphertext.size(); ++size) {
    auto cut = sealed;
    cut.ciphertext.resize(size);
    ASSERT_FALSE(vault_.Open(cut, kAssignment)) << size;
  }
}

TEST_P(ContactVaultTest, EncryptsWithTheFirstKeyAndDecryptsWithAll) {
  const auto old = *vault_.Seal(kContact, kAssignment);
  const auto rotated = Vault(Line("b", GetParam(), '2') + line_);
  EXPECT_EQ(rotated.Open(old, kAssignment), kContact);
  EXPECT_EQ(rotated.Seal(kContact, kAssignment)->key_id, "b");
  const auto without = Vault(Line("b", GetParam(), '2'));
  EXPECT_EQ(without.Open(old, kAssignment).error().reason, "CONTACT_KEY_UNKNOWN");
  const auto same_id = Vault(Line("a", GetParam(), '2'));
  EXPECT_EQ(same_id.Open(old, kAssignment).error().reason, "CONTACT_DAMAGED");
}

INSTANTIATE_TEST_SUITE_P(Suites, ContactVaultTest,
                         ::testing::Values(ContactSuite::kAes256Gcm, ContactSuite::kSm4CtrHmacSm3),
                         [](const auto& suite) {
                           return suite.param == ContactSuite::kAes256Gcm ? "Aes" : "Sm4";
                         });

TEST(ContactVaultSuites, GoesOverFromOneSuiteToTheOther) {
  const auto aes = Line("a", ContactSuite::kAes256Gcm, '1');
  const auto sm4 = Line("b", ContactSuite::kSm4CtrHmacSm3, '2');
  const auto old = *Vault(aes).Seal(kContact, kAssignment);
  EXPECT_EQ(Vault(sm4 + aes).Open(old, kAssignment), kContact);
}

}  // namespace
}  // namespace gongkai::plans
