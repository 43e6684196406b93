// The audit trail, on a real PostgreSQL under the running service.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "gongkai/plans/v1/audit.grpc.pb.h"
#include "services/plans/audit/audit_chain.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::PlansWorld;
using testing::Unit;

constexpr int kAll = 1 << 30;

class AuditTrail : public ::testing::Test {
 protected:
  v1::ListAuditEntriesResponse List(const std::string& resource, const std::string& token = "") {
    v1::ListAuditEntriesRequest request;
    request.set_parent("divisions/370124");
    request.set_resource(resource);
    request.set_page_size(token.empty() ? 0 : 1);
    request.set_page_token(token);
    return *world_.Call(*audit_, &v1::Audit::Stub::ListAuditEntries, request);
  }

  void Claim() {
    grpc::ClientContext context;
    context.AddMetadata("x-gongkai-actor", "clerk");
    context.AddMetadata("x-forwarded-for", "10.1.2.3, 10.0.0.1");
    context.AddMetadata("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    v1::ClaimAssignmentRequest request;
    request.set_name(assignment_);
    v1::Assignment response;
    ASSERT_TRUE(world_.assignments->ClaimAssignment(&context, request, &response).ok());
  }

  // As an administrator of the database would.
  void Execute(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    pqxx::work transaction(connection);
    transaction.exec(sql);
    transaction.commit();
  }

  // The service seals as well; whoever comes second finds nothing left.
  void SealEverything() {
    while (true) {
      const auto sealed = chain_.Seal(AuditDigest::kSha256);
      ASSERT_TRUE(sealed);
      if (*sealed == 0 && Query("select coalesce(max(txid), '0') = "
                                "(select max(last_txid) from audit_seal) from audit_entry") == "t")
        return;
    }
  }

  std::string Query(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    return pqxx::work(connection).exec1(sql)[0].c_str();
  }

  PlansWorld world_;
  const std::unique_ptr<v1::Audit::Stub> audit_ = v1::Audit::NewStub(world_.channel());
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局")});
  const std::string assignment_ = plan_ + "/tasks/1/assignments/2-responsible";
  postgres::Database database_{{.conninfo = world_.conninfo(), .connections = 1}};
  AuditChain chain_{database_};
};

TEST_F(AuditTrail, TellsWhoWhenFromWhereAndWhatStoodThereBefore) {
  Claim();
  const auto entries = List(assignment_);
  ASSERT_EQ(entries.audit_entries_size(), 3);  // the assignment, its occurrence, the claim
  const auto& claim = entries.audit_entries(0);
  EXPECT_EQ(claim.resource(), assignment_);
  EXPECT_EQ(claim.action(), v1::AuditEntry::UPDATE);
  EXPECT_EQ(claim.actor(), "clerk");
  EXPECT_EQ(claim.address(), "10.1.2.3");
  EXPECT_EQ(claim.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(claim.method(), "gongkai.plans.v1.ClaimAssignmentRequest");
  EXPECT_TRUE(claim.has_entry_time());
  EXPECT_EQ(claim.before().fields().at("state").string_value(), "ASSIGNED");
  EXPECT_EQ(claim.after().fields().at("state").string_value(), "CLAIMED");
  EXPECT_FALSE(claim.after().fields().contains("source_text")) << "which did not change";
  EXPECT_EQ(entries.audit_entries(2).action(), v1::AuditEntry::CREATE);
  EXPECT_FALSE(entries.audit_entries(2).has_before());
}

TEST_F(AuditTrail, MasksContacts) {
  Claim();
  v1::FileMeasuresRequest request;
  request.set_name(assignment_);
  request.set_measures("每月核对一次目录");
  request.set_section("办公室");
  request.set_person("经办人");
  request.set_contact("13800001234");
  ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::FileMeasures, request));
  EXPECT_EQ(Query("select count(*) from audit_entry where before::text like '%13800001234%' "
                  "or after::text like '%13800001234%'"),
            "0");
}

TEST_F(AuditTrail, HoldsChangesMadePastTheService) {
  Execute("update plan set title = '改名' where division = 370124");
  const auto entries = List(plan_);
  EXPECT_EQ(entries.audit_entries(0).after().fields().at("title").string_value(), "改名");
  EXPECT_THAT(entries.audit_entries(0).actor(), HasSubstr("database role "));
  EXPECT_EQ(entries.audit_entries(0).method(), "");
}

TEST_F(AuditTrail, KeepsNothingOfARequestThatIsOnlyValidated) {
  v1::ClaimAssignmentRequest request;
  request.set_name(assignment_);
  request.set_validate_only(true);
  const int before = List(assignment_).audit_entries_size();
  ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::ClaimAssignment, request));
  EXPECT_EQ(List(assignment_).audit_entries_size(), before);
}

TEST_F(AuditTrail, PagesFromTheNewestOn) {
  Claim();
  const auto all = List(plan_);
  ASSERT_GE(all.audit_entries_size(), 3);
  const std::string second = all.audit_entries(1).name();
  v1::ListAuditEntriesRequest request;
  request.set_parent("divisions/370124");
  request.set_resource(plan_);
  request.set_page_size(1);
  const auto first = world_.Call(*audit_, &v1::Audit::Stub::ListAuditEntries, request);
  ASSERT_EQ(first->audit_entries_size(), 1);
  Execute("update plan set title = '改名' where division = 370124");  // moves no page
  EXPECT_EQ(List(plan_, first->next_page_token()).audit_entries(0).name(), second);
}

TEST_F(AuditTrail, IsRefusedForAResourceElsewhere) {
  v1::ListAuditEntriesRequest request;
  request.set_parent("divisions/370124");
  request.set_resource("divisions/370100/plans/202301");
  EXPECT_EQ(world_.Call(*audit_, &v1::Audit::Stub::ListAuditEntries, request).error().code,
            ErrorCode::kInvalidArgument);
}

TEST_F(AuditTrail, IsAppendOnly) {
  for (const char* table : {"audit_entry", "audit_seal", "transition"}) {
    EXPECT_THROW(Execute(std::string("delete from ") + table), pqxx::sql_error) << table;
    EXPECT_THROW(Execute(std::string("truncate ") + table), pqxx::sql_error) << table;
  }
  EXPECT_THROW(Execute("update audit_entry set actor = 'nobody'"), pqxx::sql_error);
}

// A table without a trigger is either no fact or fails this test.
TEST_F(AuditTrail, CoversEveryTableOfFacts) {
  pqxx::connection connection(world_.conninfo());
  std::vector<std::string> uncovered;
  for (const auto& row :
       pqxx::work(connection)
           .exec(
               "select relname from pg_class c where relkind = 'r' "
               "and relnamespace = 'public'::regnamespace and not exists "
               "(select from pg_trigger where tgrelid = c.oid and tgname = 'audit') order by 1")) {
    uncovered.push_back(row[0].c_str());
  }
  EXPECT_THAT(uncovered,
              ElementsAre("answered_request", "audit_entry", "audit_seal", "change",
                          "evidence_chunk", "evidence_content", "evidence_use", "feed_floor",
                          "plan_revision", "schema_functions", "schema_version", "sign_in_attempt",
                          "transition", "webhook_delivery", "webhook_position"));
}

TEST_F(AuditTrail, IsSealedByAChainThatFits) {
  Claim();
  SealEverything();
  const auto report = chain_.Verify(0, kAll);
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->broken_seal);
  EXPECT_EQ(std::to_string(report->entries), Query("select count(*) from audit_entry"));
  EXPECT_EQ(report->last_digest.size(), 64);

  v1::VerifyAuditChainRequest request;
  const auto answer = world_.Call(*audit_, &v1::Audit::Stub::VerifyAuditChain, request);
  EXPECT_EQ(answer->broken_seal(), 0);
  EXPECT_EQ(answer->last_digest(), report->last_digest);
  EXPECT_FALSE(answer->more());
}

TEST_F(AuditTrail, GoesOnWithAnotherDigest) {
  SealEverything();
  Claim();
  while (Query("select count(*) from audit_seal where algorithm = 'sm3'") == "0") {
    // Whichever seals first, the chain must fit: the service may have taken the claim with SHA-256.
    ASSERT_TRUE(chain_.Seal(AuditDigest::kSm3));
    Execute("update plan set revision = revision + 1");
  }
  EXPECT_FALSE(chain_.Verify(0, kAll)->broken_seal);
}

struct Forgery {
  const char* name;
  const char* sql;
};

class ForgedTrail : public AuditTrail, public ::testing::WithParamInterface<Forgery> {};

// As somebody who may switch triggers off.
TEST_P(ForgedTrail, ShowsInTheChain) {
  SealEverything();  // so that there is a seal before the one that holds the claim
  Claim();
  SealEverything();
  Execute(std::string("set session_replication_role = replica;") + GetParam().sql);
  EXPECT_TRUE(chain_.Verify(0, kAll)->broken_seal);
}

INSTANTIATE_TEST_SUITE_P(
    Chain, ForgedTrail,
    ::testing::Values(
        Forgery{"ChangedEntry", "update audit_entry set actor = 'nobody' where actor = 'clerk'"},
        Forgery{"RemovedEntry", "delete from audit_entry where actor = 'clerk'"},
        Forgery{"AddedEntry",
                "insert into audit_entry (txid, seq, division, resource, action, actor, address, "
                "trace_id, method) overriding system value select txid, seq - 100000, division, "
                "resource, action, 'nobody', '', '', '' from audit_entry where actor = 'clerk'"},
        Forgery{"ChangedSeal", "update audit_seal set digest = sha256('') where seal = 1"},
        Forgery{"RemovedSeal", "delete from audit_seal where seal = 1"}),
    [](const auto& forgery) { return forgery.param.name; });

}  // namespace
}  // namespace gongkai::plans
