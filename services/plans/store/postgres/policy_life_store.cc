#include "services/plans/store/policy_life_store.h"

#include "services/plans/store/postgres/deletable_rows.h"
#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/policy_rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kStandingDocument{"standing_policy_document", R"sql(
  select resource(p), revision, delete_time is not null, publish_date
  from policy_document p where division = $1 and policy_document = $2
)sql"};

constexpr Statement kUpdateDocument{"update_policy_document", R"sql(
  with updated as (
    update policy_document p
    set title = $2, document_number = $3, unit = $4, issuing_level = $5::issuing_level,
        publish_date = $6::date, disclosure = $7::disclosure, disclosure_reason = $8,
        must_interpret = $9, issuer = $10, normative = $11, concerns_public = $12,
        must_interpret_by_rule = $13, must_interpret_reason = $14, interpretation_plan = $15::json,
        interpretation_material = $16::json, update_time = now(), revision = p.revision + 1
    where division = $1 and policy_document = $18
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'policy_document', resource(p), $17 from updated
  )
  select resource(p) from updated
)sql"};

// Also behind a change of the stages, which are part of the resource.
constexpr Statement kTouchDocument{"touch_policy_document", R"sql(
  with touched as (
    update policy_document p
    set delete_time = case when $4 then now() end, update_time = now(), revision = p.revision + 1
    where division = $1 and policy_document = $2
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'policy_document', resource(p), $3 from touched
  )
  select resource(p) from touched
)sql"};

// $4 is null for PUBLISHED.
constexpr Statement kStageOutOfOrder{"policy_stage_out_of_order", R"sql(
  select s.stage, s.stage_date from policy_stage s
  where division = $1 and policy_document = $2
    and ((s.stage < $3::policy_stage_kind and s.stage_date > $4::date)
      or (s.stage > $3::policy_stage_kind and s.stage_date < $4::date))
  order by s.stage limit 1
)sql"};

constexpr Statement kMissingAttachment{"missing_attachment", R"sql(
  select case when $3 and interpretation_plan is null then 'interpretation_plan'
              else 'interpretation_material' end
  from policy_document
  where division = $1 and policy_document = $2
    and (($3 and interpretation_plan is null) or ($4 and interpretation_material is null))
)sql"};

constexpr Statement kRecordStage{"record_policy_stage", R"sql(
  insert into policy_stage (division, policy_document, stage, stage_date, with_plan, with_material,
                            comment, recorder)
  values ($1, $2, $3::policy_stage_kind, $4::date, $5, $6, $7, $8)
  on conflict (division, policy_document, stage) do update
    set stage_date = excluded.stage_date, with_plan = excluded.with_plan,
        with_material = excluded.with_material, comment = excluded.comment,
        recorder = excluded.recorder, record_time = now()
)sql"};

constexpr Statement kRemoveStage{"remove_policy_stage", R"sql(
  delete from policy_stage
  where division = $1 and policy_document = $2 and stage = $3::policy_stage_kind
  returning stage
)sql"};

constexpr Statement kStandingInterpretation{"standing_interpretation", R"sql(
  select resource(i), revision, delete_time is not null
  from interpretation i where division = $1 and interpretation = $2
)sql"};

constexpr Statement kUpdateInterpretation{"update_interpretation", R"sql(
  with updated as (
    update interpretation i
    set title = $2, unit = $3, form = $4::interpretation_form, interpreter = $5::interpreter,
        policy_documents = $6::int[], publish_date = $7::date, url = $8, repost_urls = $9::text[],
        pre_publication = $10, interpreter_post = $11, address_keys = $12::text[],
        update_time = now(), revision = i.revision + 1
    where division = $1 and interpretation = $14
    returning i
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (i).division, 'interpretation', resource(i), $13 from updated
  )
  select resource(i) from updated
)sql"};

constexpr Statement kTouchInterpretation{"touch_interpretation", R"sql(
  with touched as (
    update interpretation i
    set delete_time = case when $4 then now() end, update_time = now(), revision = i.revision + 1
    where division = $1 and interpretation = $2
    returning i
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (i).division, 'interpretation', resource(i), $3 from touched
  )
  select resource(i) from touched
)sql"};

// Nothing for PUBLISHED, which has the document's own day.
Result<std::optional<std::string>> DayOf(const PolicyStageFacts& stage,
                                         const std::string& published) {
  if (stage.kind == "PUBLISHED") {
    if (!stage.date || FormatDate(*stage.date) == published) return std::optional<std::string>();
    return Fail(InvalidArgument(
        "stage.date",
        "must be the document's publish_date " + published + " for PUBLISHED, or be left out",
        "部署日期应与文件公布日期" + published + "一致"));
  }
  const auto date = FormatDate(*stage.date);
  if (date <= published) return std::optional(date);
  return Fail(InvalidArgument("stage.date",
                              "must not be after the document's publish_date " + published,
                              "日期不得晚于文件公布日期" + published));
}

Error StageOutOfOrder(const pqxx::row& other) {
  const std::string stage = other[0].c_str();
  const std::string day = other[1].c_str();
  return InvalidArgument("stage.date",
                         "does not go with " + stage + " on " + day +
                             ": a document is DRAFTED, SUBMITTED, APPROVED and PUBLISHED in this " +
                             "order",
                         "日期与已登记的流程日期" + day + "先后矛盾，请核对");
}

Error AttachmentMissing(const std::string& name, const std::string& field) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "ATTACHMENT_MISSING",
          .message = name + " has no " + field + ": set it before a stage says that it was there",
          .message_zh = "该文件尚未登记解读方案或解读材料，请先补登",
          .metadata = {{"resource", name}, {"field", field}}};
}

class PostgresPolicyLifeStore : public PolicyLifeStore {
 public:
  explicit PostgresPolicyLifeStore(Access& access) : access_(access) {}

  Result<Document> UpdatePolicyDocument(const WriteContext& context, const PolicyDocumentKey& key,
                                        ExpectedRevision expected,
                                        const PolicyDocumentEdit& edit) override {
    const auto work = [&](Session& session, const Document& stored) -> Result<Document> {
      const auto facts = edit(stored);
      if (!facts) return Fail(facts.error());
      if (auto units = CheckUnits(session, key.division, {facts->unit}); !units) {
        return Fail(units.error());
      }
      const auto updated = ExecuteWith(session, kUpdateDocument, key.division, *facts,
                                       context.actor, key.policy_document);
      if (auto fits = CheckPolicyDocument(session, key); !fits) return Fail(fits.error());
      return OneDocument(updated, "");
    };
    return Change(context, key, expected, Standing::kThere, work);
  }

  Result<Document> DeletePolicyDocument(const WriteContext& context, const PolicyDocumentKey& key,
                                        ExpectedRevision expected) override {
    return Change(context, key, expected, Standing::kThere, [&](Session& session, const Document&) {
      return Touch(session, context, key, true);
    });
  }

  Result<Document> UndeletePolicyDocument(const WriteContext& context, const PolicyDocumentKey& key,
                                          ExpectedRevision expected) override {
    const auto work = [&](Session& session, const Document&) -> Result<Document> {
      auto undeleted = Touch(session, context, key, false);
      if (auto fits = CheckPolicyDocument(session, key); !fits) return Fail(fits.error());
      return undeleted;
    };
    return Change(context, key, expected, Standing::kDeleted, work);
  }

  Result<Document> RecordStage(const WriteContext& context, const PolicyDocumentKey& key,
                               ExpectedRevision expected, const PolicyStageFacts& stage) override {
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      LockPolicies(session, key.division);
      const auto rows = Execute(session, kStandingDocument, key);
      const auto stored = StandingDocument(rows, FormatName(key), expected, Standing::kThere);
      if (!stored) return Fail(stored.error());
      const auto date = DayOf(stage, rows[0][3].c_str());
      if (!date) return Fail(date.error());
      const auto other = Execute(session, kStageOutOfOrder, key, stage.kind, *date);
      if (!other.empty()) return Fail(StageOutOfOrder(other[0]));
      const auto missing =
          Execute(session, kMissingAttachment, key, stage.with_plan, stage.with_material);
      if (!missing.empty()) {
        return Fail(AttachmentMissing(FormatName(key), missing[0][0].c_str()));
      }
      Execute(session, kRecordStage, key, stage.kind, *date, stage.with_plan, stage.with_material,
              stage.comment, context.actor);
      return Touch(session, context, key, false);
    });
  }

  Result<Document> RemoveStage(const WriteContext& context, const PolicyDocumentKey& key,
                               ExpectedRevision expected, const std::string& kind) override {
    const auto work = [&](Session& session, const Document&) -> Result<Document> {
      if (Execute(session, kRemoveStage, key, kind).empty()) {
        return Fail(NotFound(FormatName(key) + ", stage " + kind));
      }
      return Touch(session, context, key, false);
    };
    return Change(context, key, expected, Standing::kThere, work);
  }

  Result<Document> UpdateInterpretation(const WriteContext& context, const InterpretationKey& key,
                                        ExpectedRevision expected,
                                        const InterpretationEdit& edit) override {
    const auto work = [&](Session& session, const Document& stored) -> Result<Document> {
      const auto facts = edit(stored);
      if (!facts) return Fail(facts.error());
      if (auto units = CheckUnits(session, key.division, {facts->unit}); !units) {
        return Fail(units.error());
      }
      if (auto linked = CheckDocuments(session, key, facts->policy_documents); !linked) {
        return Fail(linked.error());
      }
      const auto updated = ExecuteWith(session, kUpdateInterpretation, key.division, *facts,
                                       context.actor, key.interpretation);
      if (auto fits = CheckInterpretation(session, key); !fits) return Fail(fits.error());
      return OneDocument(updated, "");
    };
    return Change(context, key, expected, Standing::kThere, work);
  }

  Result<Document> DeleteInterpretation(const WriteContext& context, const InterpretationKey& key,
                                        ExpectedRevision expected) override {
    return Change(context, key, expected, Standing::kThere, [&](Session& session, const Document&) {
      return Touch(session, context, key, true);
    });
  }

  Result<Document> UndeleteInterpretation(const WriteContext& context, const InterpretationKey& key,
                                          ExpectedRevision expected) override {
    const auto work = [&](Session& session, const Document&) -> Result<Document> {
      auto undeleted = Touch(session, context, key, false);
      if (auto fits = CheckInterpretation(session, key); !fits) return Fail(fits.error());
      return undeleted;
    };
    return Change(context, key, expected, Standing::kDeleted, work);
  }

 private:
  // `work(session, stored)` on the locked resource if it stands as asked.
  template <typename Key, typename Work>
  Result<Document> Change(const WriteContext& context, const Key& key, ExpectedRevision expected,
                          Standing standing, Work work) {
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      const auto stored = Stand(session, key, expected, standing);
      if (!stored) return Fail(stored.error());
      return work(session, *stored);
    });
  }

  template <typename... Further>
  static pqxx::result Execute(Session& session, const Statement& statement,
                              const PolicyDocumentKey& key, Further&&... further) {
    return session.Execute(statement, key.division.value, key.policy_document,
                           std::forward<Further>(further)...);
  }

  // Locks; the resource if it stands as asked.
  static Result<Document> Stand(Session& session, const PolicyDocumentKey& key,
                                ExpectedRevision expected, Standing standing) {
    LockPolicies(session, key.division);
    return StandingDocument(Execute(session, kStandingDocument, key), FormatName(key), expected,
                            standing);
  }
  static Result<Document> Stand(Session& session, const InterpretationKey& key,
                                ExpectedRevision expected, Standing standing) {
    LockPolicies(session, key.division);
    return StandingDocument(
        session.Execute(kStandingInterpretation, key.division.value, key.interpretation),
        FormatName(key), expected, standing);
  }

  // The next revision, deleted or not.
  static Result<Document> Touch(Session& session, const WriteContext& context,
                                const PolicyDocumentKey& key, bool deleted) {
    return OneDocument(Execute(session, kTouchDocument, key, context.actor, deleted), "");
  }
  static Result<Document> Touch(Session& session, const WriteContext& context,
                                const InterpretationKey& key, bool deleted) {
    return OneDocument(session.Execute(kTouchInterpretation, key.division.value, key.interpretation,
                                       context.actor, deleted),
                       "");
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<PolicyLifeStore> MakePolicyLifeStore(Access& access) {
  return std::make_unique<PostgresPolicyLifeStore>(access);
}

}  // namespace gongkai::plans
