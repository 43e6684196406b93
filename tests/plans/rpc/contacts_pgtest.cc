// Contacts of persons over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <thread>

#include "gongkai/plans/v1/audit.grpc.pb.h"
#include "gongkai/plans/v1/contacts.grpc.pb.h"
#include "services/plans/contacts/contact_rotation.h"
#include "services/plans/store/postgres/stores.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::PlansWorld;
using testing::Unit;

constexpr char kContact[] = "13800001234";

class Contacts : public ::testing::Test {
 protected:
  Contacts() {
    world_.Claim(assignment_);
    File(assignment_, kContact, "file-1");
  }

  void File(const std::string& assignment, const std::string& contact,
            const std::string& request_id = "") {
    v1::FileMeasuresRequest request;
    request.set_name(assignment);
    request.set_measures("每月核对一次");
    request.set_section("办公室");
    request.set_person("经办人");
    request.set_contact(contact);
    request.set_request_id(request_id);
    const auto filed =
        world_.Call(*world_.assignments, &v1::Assignments::Stub::FileMeasures, request);
    ASSERT_TRUE(filed) << filed.error().message;
    ASSERT_EQ(filed->contact(), "138******34");
  }

  v1::RevealContactRequest Wish(const std::string& reason) {
    v1::RevealContactRequest request;
    request.set_name(assignment_);
    request.set_reason(reason);
    return request;
  }

  Result<v1::ContactReveal> Reveal(const v1::RevealContactRequest& request) {
    return world_.Call(*contacts_, &v1::Contacts::Stub::RevealContact, request);
  }

  std::string Query(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    return pqxx::work(connection).exec1(sql)[0].c_str();
  }

  void Execute(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    pqxx::work transaction(connection);
    transaction.exec(sql);
    transaction.commit();
  }

  // Every row of every table, as text.
  std::string WholeDatabase() {
    pqxx::connection connection(world_.conninfo());
    pqxx::work transaction(connection);
    std::string text;
    for (const auto& table :
         transaction.exec("select oid::regclass::text from pg_class "
                          "where relkind = 'r' and relnamespace = 'public'::regnamespace")) {
      const auto name = table[0].as<std::string>();
      for (const auto& row : transaction.exec("select t::text from " + name + " t")) {
        text += row[0].c_str();
        text += '\n';
      }
    }
    return text;
  }

  ContactVault WithNewKey() {
    return ContactVault(*ContactKeys::Parse("new sm4-ctr-hmac-sm3 " + std::string(96, '1') +
                                            "\ntest aes-256-gcm " + std::string(64, '0')));
  }

  PlansWorld world_;
  const std::unique_ptr<v1::Contacts::Stub> contacts_ = v1::Contacts::NewStub(world_.channel());
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  const std::string assignment_ = plan_ + "/tasks/1/assignments/2-responsible";
  postgres::Database database_{{.conninfo = world_.conninfo(), .connections = 2}};
  Access access_{database_, [] {}};
  const std::unique_ptr<ContactStore> store_ = MakeContactStore(access_);
};

TEST_F(Contacts, StandInNoTableInClear) {
  ASSERT_EQ(Reveal(Wish("电话催办"))->contact(), kContact);
  const auto everything = WholeDatabase();
  EXPECT_THAT(everything, HasSubstr("138******34"));
  EXPECT_THAT(everything, Not(HasSubstr(kContact)));
}

TEST_F(Contacts, AreMaskedToWhoeverReads) {
  EXPECT_EQ(world_.GetAssignment(assignment_).contact(), "138******34");
}

TEST_F(Contacts, AreShownForAReasonThatTheAuditTrailKeeps) {
  const auto reveal = Reveal(Wish("电话催办"));
  ASSERT_TRUE(reveal) << reveal.error().message;
  EXPECT_EQ(reveal->contact(), kContact);
  EXPECT_EQ(reveal->person(), "经办人");
  EXPECT_EQ(reveal->revealer(), "tester");
  EXPECT_EQ(reveal->name(), assignment_ + "/contactReveals/1");

  v1::ListAuditEntriesRequest list;
  list.set_parent("divisions/370124");
  list.set_resource(reveal->name());
  const auto audit = v1::Audit::NewStub(world_.channel());
  const auto entries = world_.Call(*audit, &v1::Audit::Stub::ListAuditEntries, list);
  ASSERT_EQ(entries->audit_entries_size(), 1);
  const auto& entry = entries->audit_entries(0);
  EXPECT_EQ(entry.actor(), "tester");
  EXPECT_EQ(entry.method(), "gongkai.plans.v1.RevealContactRequest");
  EXPECT_EQ(entry.after().fields().at("reason").string_value(), "电话催办");
  EXPECT_THAT(entry.DebugString(), Not(HasSubstr(kContact)));
}

TEST_F(Contacts, AreNotShownWithoutAReason) {
  EXPECT_EQ(Reveal(Wish("")).error().violations[0].field, "reason");
  std::string long_reason;
  for (int i = 0; i < 501; ++i) long_reason += "因";
  EXPECT_EQ(Reveal(Wish(long_reason)).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(Query("select count(*) from contact_reveal"), "0");
}

TEST_F(Contacts, AreNotShownByARequestThatOnlyValidates) {
  auto request = Wish("电话催办");
  request.set_validate_only(true);
  const auto tried = Reveal(request);
  ASSERT_TRUE(tried) << tried.error().message;
  EXPECT_EQ(tried->contact(), "");
  EXPECT_EQ(Query("select count(*) from contact_reveal"), "0");
}

TEST_F(Contacts, AreShownAgainForTheSameRequestIdOnlyAsTheyWere) {
  auto request = Wish("电话催办");
  request.set_request_id("reveal-1");
  ASSERT_TRUE(Reveal(request));
  const auto again = Reveal(request);
  EXPECT_EQ(again->contact(), kContact);
  EXPECT_EQ(again->name(), assignment_ + "/contactReveals/1");
  EXPECT_EQ(Query("select count(*) from contact_reveal"), "1");

  grpc::ClientContext context;
  context.AddMetadata("x-gongkai-actor", "somebody else");
  v1::ContactReveal answer;
  EXPECT_EQ(contacts_->RevealContact(&context, request, &answer).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(answer.contact(), "");

  Execute("update assignment set revision = revision + 1 where contact_key <> ''");
  EXPECT_EQ(Reveal(request).error().reason, "CONTACT_CHANGED");
}

TEST_F(Contacts, ThatWereNotFiledCannotBeShown) {
  auto request = Wish("电话催办");
  request.set_name(plan_ + "/tasks/1/assignments/1-responsible");
  EXPECT_EQ(Reveal(request).error().reason, "CONTACT_NOT_FILED");
  request.set_name(plan_ + "/tasks/1/assignments/3-responsible");
  EXPECT_EQ(Reveal(request).error().code, ErrorCode::kNotFound);
}

TEST_F(Contacts, MovedToAnotherRowDoNotOpen) {
  Execute(
      "update assignment a set contact_masked = b.contact_masked, contact_key = b.contact_key, "
      "contact_sealed = b.contact_sealed, contact = '' from assignment b "
      "where a.unit = 1 and b.unit = 2");
  auto request = Wish("电话催办");
  request.set_name(plan_ + "/tasks/1/assignments/1-responsible");
  EXPECT_EQ(Reveal(request).error().reason, "CONTACT_DAMAGED");
}

TEST_F(Contacts, OfAReassignedTaskAreForgotten) {
  v1::ReassignAssignmentRequest away;
  away.set_name(assignment_);
  away.set_unit("divisions/370124/units/3");
  away.set_reason("职责调整");
  ASSERT_TRUE(world_.Call(*world_.decisions, &v1::Decisions::Stub::ReassignAssignment, away));
  v1::ReassignAssignmentRequest back;
  back.set_name(plan_ + "/tasks/1/assignments/3-responsible");
  back.set_unit("divisions/370124/units/2");
  back.set_reason("退回原单位");
  ASSERT_TRUE(world_.Call(*world_.decisions, &v1::Decisions::Stub::ReassignAssignment, back));
  EXPECT_EQ(world_.GetAssignment(assignment_).contact(), "");
  EXPECT_EQ(Reveal(Wish("电话催办")).error().reason, "CONTACT_NOT_FILED");
}

TEST_F(Contacts, FromBeforeEncryptionAreMaskedShownAndEncryptedByTheCommand) {
  Execute(
      "update assignment set contact = '0531-87654321', contact_masked = '', contact_key = '', "
      "contact_sealed = '' where unit = 2");
  EXPECT_EQ(*store_->CountClear(), 1);
  EXPECT_EQ(world_.GetAssignment(assignment_).contact(), "053********21");
  EXPECT_EQ(Reveal(Wish("电话催办"))->contact(), "0531-87654321");

  EXPECT_EQ(*RotateContactKeys(*store_, ContactVault(PlansWorld::contact_keys())), 1);
  EXPECT_EQ(*store_->CountClear(), 0);
  EXPECT_EQ(world_.GetAssignment(assignment_).contact(), "053********21");
  EXPECT_EQ(Reveal(Wish("电话催办"))->contact(), "0531-87654321");
}

TEST_F(Contacts, ComeUnderANewKeyWithoutAChangeOfTheAssignment) {
  world_.Claim(plan_ + "/tasks/1/assignments/1-responsible");
  File(plan_ + "/tasks/1/assignments/1-responsible", "13811112234");
  const auto before = world_.GetAssignment(assignment_);
  const auto vault = WithNewKey();
  EXPECT_EQ(*RotateContactKeys(*store_, vault), 2);
  EXPECT_EQ(*RotateContactKeys(*store_, vault), 0);
  EXPECT_EQ(Query("select string_agg(distinct contact_key, ' ') from assignment "
                  "where contact_key <> ''"),
            "new");
  EXPECT_EQ(world_.GetAssignment(assignment_).SerializeAsString(), before.SerializeAsString());
  const auto key = *ParseAssignmentName(assignment_);
  EXPECT_EQ(vault.Open(store_->ReadContact(key)->sealed, assignment_), kContact);
  // This service does not have the new key: it says so instead of showing something else.
  EXPECT_EQ(Reveal(Wish("电话催办")).error().reason, "CONTACT_KEY_UNKNOWN");
}

TEST_F(Contacts, OfManyAssignmentsAreRotatedInBatchesWhileOthersFile) {
  Execute(
      "insert into task (division, plan, task, content) "
      "select division, plan, t, '{}' from plan, generate_series(2, 1300) t");
  Execute(
      "insert into assignment (division, plan, task, unit, role, source_text, contact) "
      "select division, plan, task, 1, 'SUPPORTING', '', '138' || lpad(task::text, 8, '0') "
      "from task where task > 1");
  std::thread filing([&] {
    world_.Claim(plan_ + "/tasks/1/assignments/1-responsible");
    File(plan_ + "/tasks/1/assignments/1-responsible", "13811112234");
  });
  EXPECT_GE(*RotateContactKeys(*store_, ContactVault(PlansWorld::contact_keys())), 1299);
  filing.join();
  EXPECT_EQ(*store_->CountClear(), 0);
  EXPECT_EQ(world_.GetAssignment(plan_ + "/tasks/1/assignments/1-responsible").contact(),
            "138******34");
}

}  // namespace
}  // namespace gongkai::plans
