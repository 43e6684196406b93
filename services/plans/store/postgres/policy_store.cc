#include "services/plans/store/policy_store.h"

#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/policy_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kInsertDocument{"insert_policy_document", R"sql(
  with added as (
    insert into policy_document as p (
      division, title, document_number, unit, issuing_level, publish_date, disclosure,
      disclosure_reason, must_interpret, issuer, normative, concerns_public,
      must_interpret_by_rule, must_interpret_reason, interpretation_plan, interpretation_material,
      policy_document)
    select $1, $2, $3, $4, $5::issuing_level, $6::date, $7::disclosure, $8, $9, $10, $11, $12, $13,
           $14, $15::json, $16::json, coalesce(max(o.policy_document), 0) + 1
    from policy_document o where o.division = $1
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'policy_document', resource(p), $17 from added
  )
  select resource(p), (p).policy_document from added
)sql"};

constexpr Statement kGetDocument{"get_policy_document", R"sql(
  select resource(p) from policy_document p where division = $1 and policy_document = $2
)sql"};

constexpr Statement kInsertInterpretation{"insert_interpretation", R"sql(
  with added as (
    insert into interpretation as i (
      division, title, unit, form, interpreter, policy_documents, publish_date, url, repost_urls,
      pre_publication, interpreter_post, address_keys, interpretation)
    select $1, $2, $3, $4::interpretation_form, $5::interpreter, $6::int[], $7::date, $8,
           $9::text[], $10, $11, $12::text[], coalesce(max(o.interpretation), 0) + 1
    from interpretation o where o.division = $1
    returning i
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (i).division, 'interpretation', resource(i), $13 from added
  )
  select resource(i), (i).interpretation from added
)sql"};

constexpr Statement kGetInterpretation{"get_interpretation", R"sql(
  select resource(i) from interpretation i where division = $1 and interpretation = $2
)sql"};

list::Scope ScopeOf(DivisionCode division, bool with_deleted) {
  auto scope = list::Scope().Equal("division", division.value);
  if (!with_deleted) scope.Compare("(delete_time is null)", "=", "boolean", "true");
  return scope;
}

class PostgresPolicyStore : public PolicyStore {
 public:
  explicit PostgresPolicyStore(Access& access) : access_(access) {}

  Result<Document> CreatePolicyDocument(const WriteContext& context, DivisionCode division,
                                        const PolicyDocumentFacts& facts) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      LockPolicies(session, division);
      if (auto units = CheckUnits(session, division, {facts.unit}); !units) {
        return Fail(units.error());
      }
      const auto added = ExecuteWith(session, kInsertDocument, division, facts, context.actor);
      const PolicyDocumentKey key{division, added[0][1].as<int>()};
      if (auto fits = CheckPolicyDocument(session, key); !fits) return Fail(fits.error());
      return OneDocument(added, "");
    });
  }

  Result<Document> GetPolicyDocument(const PolicyDocumentKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetDocument, key.division.value, key.policy_document),
                         FormatName(key));
    });
  }

  Result<Page> ListPolicyDocuments(DivisionCode division, bool with_deleted,
                                   const ListQuery& query) override {
    return access_.Read([&](Session& session) {
      return ReadPage(session, kPolicyDocumentList, ScopeOf(division, with_deleted), query);
    });
  }

  Result<Document> CreateInterpretation(const WriteContext& context, DivisionCode division,
                                        const InterpretationFacts& facts) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      LockPolicies(session, division);
      if (auto units = CheckUnits(session, division, {facts.unit}); !units) {
        return Fail(units.error());
      }
      if (auto linked = CheckDocuments(session, {division, 0}, facts.policy_documents); !linked) {
        return Fail(linked.error());
      }
      const auto added =
          ExecuteWith(session, kInsertInterpretation, division, facts, context.actor);
      const InterpretationKey key{division, added[0][1].as<int>()};
      if (auto fits = CheckInterpretation(session, key); !fits) return Fail(fits.error());
      return OneDocument(added, "");
    });
  }

  Result<Document> GetInterpretation(const InterpretationKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(
          session.Execute(kGetInterpretation, key.division.value, key.interpretation),
          FormatName(key));
    });
  }

  Result<Page> ListInterpretations(DivisionCode division, bool with_deleted,
                                   const ListQuery& query) override {
    return access_.Read([&](Session& session) {
      return ReadPage(session, kInterpretationList, ScopeOf(division, with_deleted), query);
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<PolicyStore> MakePolicyStore(Access& access) {
  return std::make_unique<PostgresPolicyStore>(access);
}

}  // namespace gongkai::plans
