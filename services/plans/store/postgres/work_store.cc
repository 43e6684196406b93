#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kGetAssignment{"get_assignment", R"sql(
  select resource(a) from assignment a
  where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
)sql"};

// Parameters 1 to 11 of every change: division, lock, the rest of the key, allowed states,
// revision, actor, request_id, method. What is filed stays as it is where the change brings
// nothing.
constexpr Statement kChangeAssignment{"change_assignment", R"sql(
  with locked as materialized (select lock_work($1, $3, $2) as open),
  changed as (
    update assignment a
    set state = $12::assignment_state, state_comment = $14,
        claim_time = case when $12 = 'CLAIMED' then now() else a.claim_time end,
        file_time = case when $12 = 'FILED' then now() else a.file_time end,
        measures = coalesce($15, a.measures), section = coalesce($16, a.section),
        person = coalesce($17, a.person),
        contact = case when $18::text is null then a.contact else '' end,
        contact_masked = coalesce($18, a.contact_masked),
        contact_key = coalesce($19, a.contact_key),
        contact_sealed = coalesce(decode($20, 'hex'), a.contact_sealed),
        revision = a.revision + 1
    from locked
    where locked.open
      and (a.division, a.plan, a.task, a.unit, a.role) = ($1, $3, $4, $5, $6::unit_role)
      and a.state = any($7::assignment_state[]) and ($8::int is null or a.revision = $8)
    returning a
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (a).division, (a).plan, (a).task, (a).unit, (a).role, 0, (a).revision, $13, (a).state,
           $9, $14
    from changed
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (a).division, 'assignment', public_resource(a), $9 from changed
  ), answered as (
    insert into answered_request (division, request_id, method, answer)
    select (a).division, $10, $11, resource(a) from changed where $10 <> ''
  )
  select resource(a) from changed
)sql"};

constexpr Statement kGetOccurrence{"get_occurrence", R"sql(
  select read_resource(o) from occurrence o
  where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
)sql"};

// Submitting again replaces the time of submission: one that was returned does not count. The
// row of the assignment is checked only for the change that needs it claimed.
constexpr Statement kChangeOccurrence{"change_occurrence", R"sql(
  with locked as materialized (select lock_work($1, $3, $2) as open),
  changed as (
    update occurrence o
    set state = $13::occurrence_state,
        submit_time = case when $13 = 'SUBMITTED' then now() else o.submit_time end,
        verify_time = case when $13 = 'VERIFIED' then now() end,
        review_comment = $14, revision = o.revision + 1
    from locked
    where locked.open
      and (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = ($1, $3, $4, $5, $6::unit_role, $12)
      and o.state = any($7::occurrence_state[]) and ($8::int is null or o.revision = $8)
      and ($13 <> 'SUBMITTED' or exists (
        select 1 from assignment a
        where (a.division, a.plan, a.task, a.unit, a.role)
            = (o.division, o.plan, o.task, o.unit, o.role)
          and a.state in ('CLAIMED', 'FILED')))
    returning o
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           $15, (o).state, $9, $14
    from changed
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (o).division, 'occurrence', resource(o), $9 from changed
  ), answered as (
    insert into answered_request (division, request_id, method, answer)
    select (o).division, $10, $11, resource(o) from changed where $10 <> ''
  )
  select resource(o) from changed
)sql"};

// The label of the state that an action leads to; every action leads to one, wherever it starts.
std::string Destination(AssignmentAction action) {
  for (auto state :
       {AssignmentState::kAssigned, AssignmentState::kClaimed, AssignmentState::kDeclined}) {
    if (const auto after = After(state, action)) return std::string(Label(*after));
  }
  return "";
}

std::string Destination(OccurrenceAction action) {
  for (auto state : {OccurrenceState::kOpen, OccurrenceState::kSubmitted}) {
    if (const auto after = After(state, action)) return std::string(Label(*after));
  }
  return "";
}

// A part of what is filed; nothing leaves the column as it is.
std::optional<std::string> Part(const std::optional<Measures>& filed, std::string Measures::*part) {
  if (!filed) return std::nullopt;
  return (*filed).*part;
}

std::optional<std::string> Part(const std::optional<Measures>& filed,
                                std::string SealedContact::*part) {
  if (!filed) return std::nullopt;
  return filed->contact.*part;
}

Error AtIndex(Error error, std::size_t index) {
  error.message = "names[" + std::to_string(index) + "]: " + error.message;
  error.metadata["index"] = std::to_string(index);
  return error;
}

class PostgresWorkStore : public WorkStore {
 public:
  explicit PostgresWorkStore(Access& access) : access_(access) {}

  Result<Document> GetAssignment(const AssignmentKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(ExecuteFor(session, kGetAssignment, key), FormatName(key));
    });
  }

  Result<Page> ListAssignments(const WorkScope& scope, const ListQuery& query) override {
    return access_.Read([&](Session& session) {
      return ReadPage(session, kAssignmentList, ListScope(scope), query);
    });
  }

  Result<Document> ChangeAssignment(const WriteContext& context, const AssignmentKey& key,
                                    ExpectedRevision expected, AssignmentAction action,
                                    const std::string& comment) override {
    return WriteAssignment(context, key, expected, action, comment, std::nullopt);
  }

  Result<Document> FileMeasures(const WriteContext& context, const AssignmentKey& key,
                                ExpectedRevision expected, const Measures& measures) override {
    return WriteAssignment(context, key, expected, AssignmentAction::kFileMeasures, "", measures);
  }

  Result<Document> GetOccurrence(const OccurrenceKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(ExecuteFor(session, kGetOccurrence, key), FormatName(key));
    });
  }

  Result<Page> ListOccurrences(const WorkScope& scope, const ListQuery& query) override {
    return access_.Read([&](Session& session) {
      return ReadPage(session, kOccurrenceList, ListScope(scope), query);
    });
  }

  Result<Document> ChangeOccurrence(const WriteContext& context, const OccurrenceKey& key,
                                    ExpectedRevision expected, OccurrenceAction action,
                                    const std::string& comment) override {
    return WriteOccurrence(context, kChangeOccurrence, key, expected, action, Destination(action),
                           comment, std::string(Label(action)));
  }

  Result<Document> ClaimAll(const WriteContext& context,
                            const std::vector<AssignmentKey>& keys) override {
    return ChangeAll(context, "assignments", keys, keys,
                     [](Session& session, const WriteContext& each, const AssignmentKey& key) {
                       return ApplyAssignment(session, each, key, {}, AssignmentAction::kClaim, "",
                                              std::nullopt);
                     });
  }

  Result<Document> VerifyAll(const WriteContext& context, const std::vector<OccurrenceKey>& keys,
                             const std::string& comment) override {
    constexpr auto kVerify = OccurrenceAction::kVerify;
    std::vector<AssignmentKey> assignments;
    for (const auto& key : keys) assignments.push_back(key.assignment);
    return ChangeAll(context, "occurrences", keys, assignments,
                     [&](Session& session, const WriteContext& each, const OccurrenceKey& key) {
                       return ApplyOccurrence(session, each, kChangeOccurrence, key, {}, kVerify,
                                              Destination(kVerify), comment,
                                              std::string(Label(kVerify)));
                     });
  }

 private:
  // `filed` is what the change brings, if anything.
  static Result<Document> ApplyAssignment(Session& session, const WriteContext& context,
                                          const AssignmentKey& key, ExpectedRevision expected,
                                          AssignmentAction action, const std::string& comment,
                                          const std::optional<Measures>& filed) {
    const auto rows =
        ExecuteChange(session, kChangeAssignment, context, key, expected, action,
                      Destination(action), std::string(Label(action)), comment,
                      Part(filed, &Measures::measures), Part(filed, &Measures::section),
                      Part(filed, &Measures::person), Part(filed, &SealedContact::masked),
                      Part(filed, &SealedContact::key_id), Part(filed, &SealedContact::ciphertext));
    if (!rows.empty()) return Document(rows[0][0].c_str());
    return Fail(WhyNot(session, key, expected, action));
  }

  template <typename... Further>
  static Result<Document> ApplyOccurrence(Session& session, const WriteContext& context,
                                          const Statement& statement, const OccurrenceKey& key,
                                          ExpectedRevision expected, OccurrenceAction action,
                                          const Further&... further) {
    const auto rows = ExecuteChange(session, statement, context, key.assignment, expected, action,
                                    key.occurrence, further...);
    if (!rows.empty()) return Document(rows[0][0].c_str());
    return Fail(WhyNot(session, key, expected, action));
  }

  Result<Document> WriteAssignment(const WriteContext& context, const AssignmentKey& key,
                                   ExpectedRevision expected, AssignmentAction action,
                                   const std::string& comment,
                                   const std::optional<Measures>& filed) {
    return access_.WriteOnce(context, key.task.plan.division, [&](Session& session) {
      return ApplyAssignment(session, context, key, expected, action, comment, filed);
    });
  }

  template <typename... Further>
  Result<Document> WriteOccurrence(const WriteContext& context, const Statement& statement,
                                   const OccurrenceKey& key, ExpectedRevision expected,
                                   OccurrenceAction action, const Further&... further) {
    return access_.WriteOnce(context, key.assignment.task.plan.division, [&](Session& session) {
      return ApplyOccurrence(session, context, statement, key, expected, action, further...);
    });
  }

  // `change(session, context, key)` for every key, in one transaction, as `{"field": [ … ]}`.
  template <typename Key, typename Change>
  Result<Document> ChangeAll(const WriteContext& context, std::string_view field,
                             const std::vector<Key>& keys,
                             const std::vector<AssignmentKey>& assignments, Change change) {
    // The request_id belongs to the whole: no single change may remember its answer under it.
    WriteContext each = context;
    each.request_id.clear();
    return access_.Write(context, assignments.front().task.plan.division,
                         [&](Session& session) -> Result<Document> {
                           LockAssignments(session, assignments);
                           Document answer = "{\"" + std::string(field) + "\":[";
                           for (std::size_t i = 0; i < keys.size(); ++i) {
                             const auto changed = change(session, each, keys[i]);
                             if (!changed) return Fail(AtIndex(changed.error(), i));
                             answer += (i ? "," : "") + *changed;
                           }
                           return answer + "]}";
                         });
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<WorkStore> MakeWorkStore(Access& access) {
  return std::make_unique<PostgresWorkStore>(access);
}

}  // namespace gongkai::plans
