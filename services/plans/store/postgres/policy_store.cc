#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLock{"lock_policies", "select lock_aggregate($1, 1)"};

constexpr Statement kFindUnit{"find_unit", "select 1 from unit where division = $1 and unit = $2"};

constexpr Statement kInsertDocument{"insert_policy_document", R"sql(
  with added as (
    insert into policy_document as p (division, policy_document, title, document_number, unit,
                                      issuing_level, publish_date, disclosure, disclosure_reason,
                                      must_interpret)
    select $1, coalesce(max(o.policy_document), 0) + 1, $2, $3, $4, $5::issuing_level, $6::date,
           $7::disclosure, $8, $9
    from policy_document o where o.division = $1
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'policy_document', resource(p), $10 from added
  )
  select resource(p) from added
)sql"};

constexpr Statement kGetDocument{"get_policy_document", R"sql(
  select resource(p) from policy_document p where division = $1 and policy_document = $2
)sql"};

constexpr Statement kMissingDocument{"missing_policy_document", R"sql(
  select linked from unnest($2::int[]) as linked
  where not exists (select 1 from policy_document where division = $1 and policy_document = linked)
  limit 1
)sql"};

constexpr Statement kFindUrl{
    "find_interpretation",
    "select interpretation from interpretation where division = $1 and url = $2"};

constexpr Statement kInsertInterpretation{"insert_interpretation", R"sql(
  with added as (
    insert into interpretation as i (division, interpretation, title, unit, form, interpreter,
                                     policy_documents, publish_date, url)
    select $1, coalesce(max(o.interpretation), 0) + 1, $2, $3, $4::interpretation_form,
           $5::interpreter, $6::int[], $7::date, $8
    from interpretation o where o.division = $1
    returning i
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (i).division, 'interpretation', resource(i), $9 from added
  )
  select resource(i) from added
)sql"};

constexpr Statement kGetInterpretation{"get_interpretation", R"sql(
  select resource(i) from interpretation i where division = $1 and interpretation = $2
)sql"};

Error AlreadyRecorded(const InterpretationKey& key) {
  const auto name = FormatName(key);
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "INTERPRETATION_RECORDED",
          .message = "this address is recorded as " + name + " already; one act is counted once",
          .message_zh = "该解读链接已登记，同一解读只计一次",
          .metadata = {{"resource", name}}};
}

class PostgresPolicyStore : public PolicyStore {
 public:
  explicit PostgresPolicyStore(Access& access) : access_(access) {}

  Result<Document> CreatePolicyDocument(const WriteContext& context, DivisionCode division,
                                        const NewPolicyDocument& document) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      if (session.Execute(kFindUnit, division.value, document.unit).empty()) {
        return Fail(NotFound(FormatName(UnitKey{division, document.unit})));
      }
      return OneDocument(
          session.Execute(kInsertDocument, division.value, document.title, document.document_number,
                          document.unit, document.issuing_level, FormatDate(document.publish_date),
                          document.disclosure, document.disclosure_reason, document.must_interpret,
                          context.actor),
          "");
    });
  }

  Result<Document> GetPolicyDocument(const PolicyDocumentKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetDocument, key.division.value, key.policy_document),
                         FormatName(key));
    });
  }

  Result<Page> ListPolicyDocuments(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().Equal("division", division.value);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kPolicyDocumentList, scope, query); });
  }

  Result<Document> CreateInterpretation(const WriteContext& context, DivisionCode division,
                                        const NewInterpretation& given) override {
    std::vector<std::string> documents;
    for (int document : given.policy_documents) documents.push_back(std::to_string(document));
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      if (session.Execute(kFindUnit, division.value, given.unit).empty()) {
        return Fail(NotFound(FormatName(UnitKey{division, given.unit})));
      }
      const auto missing =
          session.Execute(kMissingDocument, division.value, ArrayLiteral(documents));
      if (!missing.empty()) {
        return Fail(NotFound(FormatName(PolicyDocumentKey{division, missing[0][0].as<int>()})));
      }
      const auto recorded = session.Execute(kFindUrl, division.value, given.url);
      if (!recorded.empty()) {
        return Fail(AlreadyRecorded({division, recorded[0][0].as<int>()}));
      }
      return OneDocument(
          session.Execute(kInsertInterpretation, division.value, given.title, given.unit,
                          given.form, given.interpreter, ArrayLiteral(documents),
                          FormatDate(given.publish_date), given.url, context.actor),
          "");
    });
  }

  Result<Document> GetInterpretation(const InterpretationKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(
          session.Execute(kGetInterpretation, key.division.value, key.interpretation),
          FormatName(key));
    });
  }

  Result<Page> ListInterpretations(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().Equal("division", division.value);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kInterpretationList, scope, query); });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<PolicyStore> MakePolicyStore(Access& access) {
  return std::make_unique<PostgresPolicyStore>(access);
}

}  // namespace gongkai::plans
