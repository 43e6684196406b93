#include "services/plans/store/interpretation_gap_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

class PostgresInterpretationGapStore : public InterpretationGapStore {
 public:
  explicit PostgresInterpretationGapStore(Access& access) : access_(access) {}

  Result<Page> ListInterpretationStates(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope()
                           .Equal("division", division.value)
                           .Compare("must_interpret", "=", "boolean", "true")
                           .Compare("(delete_time is null)", "=", "boolean", "true");
    return access_.Read([&](postgres::Session& session) {
      return ReadPage(session, kInterpretationGapList, scope, query);
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<InterpretationGapStore> MakeInterpretationGapStore(Access& access) {
  return std::make_unique<PostgresInterpretationGapStore>(access);
}

}  // namespace gongkai::plans
