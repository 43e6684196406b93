#include <limits>

#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kListEntries{"list_audit_entries", R"sql(
  select resource(e) from audit_entry e
  where division = $1 and ($2 = '' or resource = $2 or resource ^@ ($2 || '/'))
    and (txid, seq) < ($3::xid8, $4)
  order by txid desc, seq desc limit $5
)sql"};

class PostgresAuditStore : public AuditStore {
 public:
  explicit PostgresAuditStore(Access& access) : access_(access) {}

  Result<Page> ListEntries(DivisionCode division, const std::string& resource,
                           const std::optional<AuditPosition>& before, int limit) override {
    constexpr AuditPosition kEnd{std::numeric_limits<std::int64_t>::max(), 0};
    const auto& position = before ? *before : kEnd;
    return access_.Read([&](Session& session) -> Result<Page> {
      return OnePage(session.Execute(kListEntries, division.value, resource,
                                     std::to_string(position.txid), position.seq, limit + 1),
                     limit);
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<AuditStore> MakeAuditStore(Access& access) {
  return std::make_unique<PostgresAuditStore>(access);
}

}  // namespace gongkai::plans
