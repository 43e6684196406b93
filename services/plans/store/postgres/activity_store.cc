#include "services/plans/store/activity_store.h"

#include "services/plans/store/postgres/deletable_rows.h"
#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/policy_rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kInsertActivity{"insert_activity", R"sql(
  with added as (
    insert into activity as a (division, kind, units, activity_date, title, participant_count,
                               evidence, activity)
    select $1, $2::activity_kind, $3::int[], $4::date, $5, $6, $7::json,
           coalesce(max(o.activity), 0) + 1
    from activity o where o.division = $1
    returning a
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (a).division, 'activity', resource(a), $8 from added
  )
  select resource(a) from added
)sql"};

constexpr Statement kGetActivity{"get_activity", R"sql(
  select resource(a), revision, delete_time is not null
  from activity a where division = $1 and activity = $2
)sql"};

constexpr Statement kUpdateActivity{"update_activity", R"sql(
  with updated as (
    update activity a
    set kind = $2::activity_kind, units = $3::int[], activity_date = $4::date, title = $5,
        participant_count = $6, evidence = $7::json, update_time = now(), revision = a.revision + 1
    where division = $1 and activity = $9
    returning a
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (a).division, 'activity', resource(a), $8 from updated
  )
  select resource(a) from updated
)sql"};

constexpr Statement kTouchActivity{"touch_activity", R"sql(
  with touched as (
    update activity a
    set delete_time = case when $4 then now() end, update_time = now(), revision = a.revision + 1
    where division = $1 and activity = $2
    returning a
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (a).division, 'activity', resource(a), $3 from touched
  )
  select resource(a) from touched
)sql"};

// Runs a statement with the parameters $1 division, $2 to $7 the facts, then `further`.
template <typename... Further>
Result<Document> ExecuteWith(Session& session, const Statement& statement, DivisionCode division,
                             const ActivityFacts& facts, Further&&... further) {
  return OneDocument(
      session.Execute(statement, division.value, facts.kind, NumbersLiteral(facts.units),
                      FormatDate(facts.date), facts.title, facts.participant_count, facts.evidence,
                      std::forward<Further>(further)...),
      "");
}

class PostgresActivityStore : public ActivityStore {
 public:
  explicit PostgresActivityStore(Access& access) : access_(access) {}

  Result<Document> CreateActivity(const WriteContext& context, DivisionCode division,
                                  const ActivityFacts& facts) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      LockPolicies(session, division);
      if (auto units = CheckUnits(session, division, facts.units); !units) {
        return Fail(units.error());
      }
      return ExecuteWith(session, kInsertActivity, division, facts, context.actor);
    });
  }

  Result<Document> GetActivity(const ActivityKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetActivity, key.division.value, key.activity),
                         FormatName(key));
    });
  }

  Result<Page> ListActivities(DivisionCode division, bool with_deleted,
                              const ListQuery& query) override {
    auto scope = list::Scope().Equal("division", division.value);
    if (!with_deleted) scope.Compare("(delete_time is null)", "=", "boolean", "true");
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kActivityList, scope, query); });
  }

  Result<Document> UpdateActivity(const WriteContext& context, const ActivityKey& key,
                                  ExpectedRevision expected, const ActivityEdit& edit) override {
    return Change(context, key, expected, Standing::kThere,
                  [&](Session& session, const Document& stored) -> Result<Document> {
                    const auto facts = edit(stored);
                    if (!facts) return Fail(facts.error());
                    if (auto units = CheckUnits(session, key.division, facts->units); !units) {
                      return Fail(units.error());
                    }
                    return ExecuteWith(session, kUpdateActivity, key.division, *facts,
                                       context.actor, key.activity);
                  });
  }

  Result<Document> DeleteActivity(const WriteContext& context, const ActivityKey& key,
                                  ExpectedRevision expected) override {
    return Change(context, key, expected, Standing::kThere, [&](Session& session, const Document&) {
      return Touch(session, context, key, true);
    });
  }

  Result<Document> UndeleteActivity(const WriteContext& context, const ActivityKey& key,
                                    ExpectedRevision expected) override {
    return Change(
        context, key, expected, Standing::kDeleted,
        [&](Session& session, const Document&) { return Touch(session, context, key, false); });
  }

 private:
  // `work(session, stored)` on the locked activity if it stands as asked.
  template <typename Work>
  Result<Document> Change(const WriteContext& context, const ActivityKey& key,
                          ExpectedRevision expected, Standing standing, Work work) {
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      LockPolicies(session, key.division);
      const auto stored =
          StandingDocument(session.Execute(kGetActivity, key.division.value, key.activity),
                           FormatName(key), expected, standing);
      if (!stored) return Fail(stored.error());
      return work(session, *stored);
    });
  }

  static Result<Document> Touch(Session& session, const WriteContext& context,
                                const ActivityKey& key, bool deleted) {
    return OneDocument(
        session.Execute(kTouchActivity, key.division.value, key.activity, context.actor, deleted),
        "");
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<ActivityStore> MakeActivityStore(Access& access) {
  return std::make_unique<PostgresActivityStore>(access);
}

}  // namespace gongkai::plans
