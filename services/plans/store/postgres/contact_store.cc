#include "services/plans/store/contact_store.h"

#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kRecordReveal{"record_contact_reveal", R"sql(
  insert into contact_reveal as r (division, plan, task, unit, role, contact_reveal,
                                   assignment_revision, reason, revealer)
  select a.division, a.plan, a.task, a.unit, a.role,
         (select coalesce(max(contact_reveal), 0) + 1 from contact_reveal
          where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)),
         a.revision, $6, $7
  from assignment a
  where (a.division, a.plan, a.task, a.unit, a.role) = ($1, $2, $3, $4, $5::unit_role)
    and (a.contact <> '' or a.contact_key <> '')
  returning resource(r)
)sql"};

constexpr Statement kReadContact{"read_contact", R"sql(
  select contact, contact_masked, contact_key, encode(contact_sealed, 'hex'), person, revision
  from assignment where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
)sql"};

constexpr Statement kCountClear{"count_clear_contacts",
                                "select count(*) from assignment where contact <> ''"};

constexpr Statement kStaleContacts{"stale_contacts", R"sql(
  select contact, contact_masked, contact_key, encode(contact_sealed, 'hex'), person, revision,
         division, plan, task, unit, role
  from assignment
  where (division, plan, task, unit, role) > ($1, $2, $3, $4, $5::unit_role)
    and (contact <> '' or contact_key not in ('', $6))
  order by division, plan, task, unit, role limit $7 for update
)sql"};

constexpr Statement kReplaceContact{"replace_contact", R"sql(
  update assignment
  set contact = '', contact_masked = $6, contact_key = $7, contact_sealed = decode($8, 'hex')
  where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
)sql"};

StoredContact ContactOf(const pqxx::row& row) {
  return {.clear = row[0].c_str(),
          .sealed = {row[1].c_str(), row[2].c_str(), row[3].c_str()},
          .person = row[4].c_str(),
          .revision = row[5].as<int>()};
}

Error ContactNotFiled(const AssignmentKey& key) {
  const auto name = FormatName(key);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "CONTACT_NOT_FILED",
          .message = name + " has no contact: its measures were not filed",
          .message_zh = "该任务尚未备案，没有联系方式",
          .metadata = {{"resource", name}}};
}

class PostgresContactStore : public ContactStore {
 public:
  explicit PostgresContactStore(Access& access) : access_(access) {}

  Result<Document> RecordReveal(const WriteContext& context, const AssignmentKey& key,
                                const std::string& reason) override {
    const auto division = key.task.plan.division;
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      LockAssignments(session, {key});
      const auto rows = ExecuteFor(session, kRecordReveal, key, reason, context.actor);
      if (!rows.empty()) return Document(rows[0][0].c_str());
      if (ExecuteFor(session, kReadContact, key).empty()) return Fail(NotFound(FormatName(key)));
      return Fail(ContactNotFiled(key));
    });
  }

  Result<StoredContact> ReadContact(const AssignmentKey& key) override {
    return access_.Read([&](Session& session) -> Result<StoredContact> {
      const auto rows = ExecuteFor(session, kReadContact, key);
      if (rows.empty()) return Fail(NotFound(FormatName(key)));
      return ContactOf(rows[0]);
    });
  }

  Result<int> CountClear() override {
    return access_.Read([](Session& session) -> Result<int> {
      return session.Execute(kCountClear)[0][0].as<int>();
    });
  }

  Result<ResealedBatch> ResealContacts(const std::optional<AssignmentKey>& after,
                                       const std::string& key_id, int limit,
                                       const Reseal& reseal) override {
    const auto begin = after.value_or(AssignmentKey{.role = UnitRole::kLead});
    return access_.database().Write(
        [&](Session& session) -> Result<ResealedBatch> {
          ResealedBatch batch;
          for (const auto& row : ExecuteFor(session, kStaleContacts, begin, key_id, limit)) {
            const AssignmentKey key{{{{row[6].as<int>()}, row[7].as<int>()}, row[8].as<int>()},
                                    row[9].as<int>(),
                                    RoleOf(row[10].c_str())};
            const auto sealed = reseal(key, ContactOf(row));
            if (!sealed) return Fail(sealed.error());
            ExecuteFor(session, kReplaceContact, key, sealed->masked, sealed->key_id,
                       sealed->ciphertext);
            ++batch.resealed;
            batch.last = key;
          }
          return batch;
        },
        R"({"actor":"rotate-contact-keys"})");
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<ContactStore> MakeContactStore(Access& access) {
  return std::make_unique<PostgresContactStore>(access);
}

}  // namespace gongkai::plans
