#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

class PostgresAuditStore : public AuditStore {
 public:
  explicit PostgresAuditStore(Access& access) : access_(access) {}

  Result<Page> ListEntries(DivisionCode division, const std::string& resource,
                           const ListQuery& query) override {
    auto scope = list::Scope().Equal("division", division.value);
    if (!resource.empty()) {
      scope.Compare("resource || '/'", "^@", "text", resource + "/");
    }
    return access_.Read([&](postgres::Session& session) {
      return ReadPage(session, kAuditEntryList, scope, query);
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
