#include "services/plans/store/postgres/policy_rows.h"

#include <string_view>

#include "services/plans/store/deletion.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLock{"lock_policies", "select lock_aggregate($1, 1)"};

constexpr Statement kUnfitDocument{"unfit_policy_document", R"sql(
  select linked, p.division is null
  from unnest($2::int[]) as linked
    left join policy_document p on (p.division, p.policy_document) = ($1, linked)
  where p.division is null
     or (p.delete_time is not null
         and not exists (select from interpretation
                         where division = $1 and interpretation = $3
                           and policy_documents @> array[linked]))
  limit 1
)sql"};

// Each row is one disagreement: which, with what, and since when.
constexpr Statement kDocumentConflict{"policy_document_conflict", R"sql(
  with written as (
    select * from policy_document
    where division = $1 and policy_document = $2 and delete_time is null
  )
  select 'number' as conflict, other.policy_document::text as with_what, '' as day
  from written join policy_document other using (division, number_key)
  where number_key <> '' and other.policy_document <> written.policy_document
    and other.delete_time is null
  union all
  select 'stage', s.stage::text, s.stage_date::text
  from written join policy_stage s using (division, policy_document)
  where s.stage_date > written.publish_date
  union all
  select 'interpretation', i.interpretation::text, i.publish_date::text
  from written join interpretation i
    on i.division = written.division and i.policy_documents @> array[written.policy_document]
  where i.delete_time is null and not i.pre_publication and i.publish_date < written.publish_date
  union all
  select case when s.with_plan and written.interpretation_plan is null then 'interpretation_plan'
              else 'interpretation_material' end, s.stage::text, ''
  from written join policy_stage s using (division, policy_document)
  where (s.with_plan and written.interpretation_plan is null)
     or (s.with_material and written.interpretation_material is null)
  limit 1
)sql"};

constexpr Statement kInterpretationConflict{"interpretation_conflict", R"sql(
  with written as (
    select * from interpretation
    where division = $1 and interpretation = $2 and delete_time is null
  )
  select 'address' as conflict, other.interpretation, '' as day
  from written join interpretation other
    on other.division = written.division and other.address_keys && written.address_keys
  where other.interpretation <> written.interpretation and other.delete_time is null
  union all
  select 'document', p.policy_document, p.publish_date::text
  from written join policy_document p
    on p.division = written.division and p.policy_document = any (written.policy_documents)
  where p.delete_time is null and not written.pre_publication
    and p.publish_date > written.publish_date
  limit 1
)sql"};

Error NumberRecorded(const PolicyDocumentKey& other) {
  const auto name = FormatName(other);
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "DOCUMENT_NUMBER_RECORDED",
          .message = "this document number is recorded as " + name + " already",
          .message_zh = "该发文字号已登记，请勿重复登记",
          .metadata = {{"resource", name}}};
}

Error PublishedBeforeStage(const std::string& name, const std::string& stage,
                           const std::string& day) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "PUBLISHED_BEFORE_STAGE",
          .message = name + " was " + stage + " on " + day +
                     ": it cannot have been published before; correct the one or the other",
          .message_zh = "公布日期早于已登记的流程日期" + day + "，请核对",
          .metadata = {{"resource", name}, {"stage", stage}, {"date", day}}};
}

Error InterpretedBefore(const std::string& name, const InterpretationKey& act,
                        const std::string& day) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "INTERPRETED_BEFORE",
          .message = name + " was interpreted on " + day + " by " + FormatName(act) +
                     ", before it was published; mark the act as pre_publication, or correct one " +
                     "of the two dates",
          .message_zh = "公布日期晚于已登记解读的日期" + day + "，请核对日期或标记为预解读",
          .metadata = {{"resource", name}, {"interpretation", FormatName(act)}, {"date", day}}};
}

Error AttachmentInUse(const std::string& name, const std::string& field, const std::string& stage) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "ATTACHMENT_IN_USE",
          .message = name + " had its " + field + " when it was " + stage +
                     ": correct the stage before taking it away",
          .message_zh = "已登记的流程中包含该解读方案或解读材料，请先更正流程记录",
          .metadata = {{"resource", name}, {"field", field}, {"stage", stage}}};
}

Error AddressRecorded(const InterpretationKey& other) {
  const auto name = FormatName(other);
  return {
      .code = ErrorCode::kAlreadyExists,
      .reason = "INTERPRETATION_RECORDED",
      .message = "an address of it is recorded as " + name + " already; one act is counted once",
      .message_zh = "该解读链接已登记，同一解读只计一次",
      .metadata = {{"resource", name}}};
}

}  // namespace

void LockPolicies(Session& session, DivisionCode division) {
  session.Execute(kLock, division.value);
}

Result<void> CheckDocuments(Session& session, const InterpretationKey& key,
                            const std::vector<int>& documents) {
  const auto unfit = session.Execute(kUnfitDocument, key.division.value, NumbersLiteral(documents),
                                     key.interpretation);
  if (unfit.empty()) return {};
  const auto name = FormatName(PolicyDocumentKey{key.division, unfit[0][0].as<int>()});
  return Fail(unfit[0][1].as<bool>() ? NotFound(name) : ResourceDeleted(name));
}

Result<void> CheckPolicyDocument(Session& session, const PolicyDocumentKey& key) {
  const auto rows = session.Execute(kDocumentConflict, key.division.value, key.policy_document);
  if (rows.empty()) return {};
  const std::string conflict = rows[0][0].c_str();
  const std::string with_what = rows[0][1].c_str();
  const std::string day = rows[0][2].c_str();
  const auto name = FormatName(key);
  if (conflict == "number") return Fail(NumberRecorded({key.division, std::stoi(with_what)}));
  if (conflict == "stage") return Fail(PublishedBeforeStage(name, with_what, day));
  if (conflict == "interpretation") {
    return Fail(InterpretedBefore(name, {key.division, std::stoi(with_what)}, day));
  }
  return Fail(AttachmentInUse(name, conflict, with_what));
}

Result<void> CheckInterpretation(Session& session, const InterpretationKey& key) {
  const auto rows =
      session.Execute(kInterpretationConflict, key.division.value, key.interpretation);
  if (rows.empty()) return {};
  const int with_what = rows[0][1].as<int>();
  if (std::string_view(rows[0][0].c_str()) == "address") {
    return Fail(AddressRecorded({key.division, with_what}));
  }
  const std::string day = rows[0][2].c_str();
  return Fail(InvalidArgument("interpretation.publish_date",
                              "must not be before " + day + ", when " +
                                  FormatName(PolicyDocumentKey{key.division, with_what}) +
                                  " was published; set pre_publication if that is meant",
                              "解读日期早于文件公布日期" + day + "，如为预解读请予标记"));
}

}  // namespace gongkai::plans
