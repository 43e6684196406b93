#include "services/plans/store/report_store.h"

#include <nlohmann/json.hpp>

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// $16: what each piece is, as a JSON array. A file that there is not has no digest; one that is
// being removed at this moment is refused by the foreign key.
constexpr Statement kAddReport{"add_report", R"sql(
  with locked as materialized (select lock_work($1, $3, $2) as open),
  piece as materialized (
    select p.piece, p.form, p.file, coalesce(f.sha256, sha256(convert_to(p.key, 'UTF8'))) as digest
    from json_to_recordset($16::json) as p(piece int, form evidence_form, key text, file int)
    left join evidence_file f on (f.division, f.unit, f.evidence_file) = ($1, $5, p.file)
  ), changed as (
    update occurrence o
    set report_count = o.report_count + 1, evidence_count = o.evidence_count + $13,
        revision = o.revision + 1
    from locked
    where locked.open
      and (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = ($1, $3, $4, $5, $6::unit_role, $12)
      and o.state = any($7::occurrence_state[]) and ($8::int is null or o.revision = $8)
      and not exists (select from piece where digest is null)
    returning o
  ), reported as (
    insert into progress_report as r (division, plan, task, unit, role, occurrence, report, text,
                                      evidence, author)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence,
           (o).report_count, $14, $15::json, $9
    from changed
    returning r
  ), used as (
    insert into evidence_use (division, form, digest, plan, task, unit, role, occurrence, report,
                              piece, evidence_file)
    select (r).division, form, digest, (r).plan, (r).task, (r).unit, (r).role, (r).occurrence,
           (r).report, piece, file
    from reported, piece
  ), marked as (
    update evidence_file f set used = true
    from reported, piece p
    where (f.division, f.unit, f.evidence_file) = ((r).division, (r).unit, p.file) and not f.used
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (o).division, 'occurrence', resource(o), $9 from changed
  ), answered as (
    insert into answered_request (division, request_id, method, answer)
    select (r).division, $10, $11, resource(r) from reported where $10 <> ''
  )
  select resource(r) from reported
)sql"};

constexpr Statement kMissingFile{"missing_evidence_file", R"sql(
  select p.file from json_to_recordset($3::json) as p(form evidence_form, file int)
  where p.form = 'FILE' and not exists (
    select from evidence_file f where (f.division, f.unit, f.evidence_file) = ($1, $2, p.file))
  limit 1
)sql"};

constexpr Statement kOccurrenceExists{"occurrence_exists", R"sql(
  select 1 from occurrence
  where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
)sql"};

Document PiecesOf(const std::vector<EvidenceUse>& uses) {
  auto pieces = nlohmann::json::array();
  for (const auto& use : uses) {
    nlohmann::json piece{{"piece", pieces.size() + 1}, {"form", use.form}};
    if (use.form == "FILE") {
      piece["file"] = use.evidence_file;
    } else {
      piece["key"] = use.key;
    }
    pieces.push_back(std::move(piece));
  }
  return pieces.dump();
}

Error FileNotFound(const EvidenceFileKey& key) {
  Error error = NotFound(FormatName(key));
  error.reason = "EVIDENCE_FILE_NOT_FOUND";
  error.message_zh = "佐证文件不存在或已因长期未使用被清理，请重新上传";
  return error;
}

class PostgresReportStore : public ReportStore {
 public:
  explicit PostgresReportStore(Access& access) : access_(access) {}

  Result<Document> AddReport(const WriteContext& context, const OccurrenceKey& key,
                             const NewProgressReport& report) override {
    constexpr auto kReport = OccurrenceAction::kReport;
    const auto& assignment = key.assignment;
    const auto division = assignment.task.plan.division;
    const auto pieces = PiecesOf(report.uses);
    return access_.WriteOnce(context, division, [&](Session& session) -> Result<Document> {
      const auto rows =
          ExecuteChange(session, kAddReport, context, assignment, {}, kReport, key.occurrence,
                        static_cast<int>(report.uses.size()), report.text, report.evidence, pieces);
      if (!rows.empty()) return Document(rows[0][0].c_str());
      const auto missing = session.Execute(kMissingFile, division.value, assignment.unit, pieces);
      if (missing.empty()) return Fail(WhyNot(session, key, {}, kReport));
      return Fail(FileNotFound({{division, assignment.unit}, missing[0][0].as<int>()}));
    });
  }

  Result<Page> ListReports(const OccurrenceKey& key, const ListQuery& query) override {
    const auto& assignment = key.assignment;
    const auto scope = ListScope({.division = assignment.task.plan.division,
                                  .plan = assignment.task.plan.plan,
                                  .task = assignment.task.task,
                                  .unit = assignment.unit,
                                  .role = assignment.role})
                           .Equal("occurrence", key.occurrence);
    return access_.Read([&](Session& session) -> Result<Page> {
      if (ExecuteFor(session, kOccurrenceExists, key).empty()) {
        return Fail(NotFound(FormatName(key)));
      }
      return ReadPage(session, kProgressReportList, scope, query);
    });
  }

  Result<Page> ListSharedEvidence(const PlanKey& plan, const ListQuery& query) override {
    const auto scope =
        list::Scope().Equal("division", plan.division.value).Equal("plan", plan.plan);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kSharedEvidenceList, scope, query); });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<ReportStore> MakeReportStore(Access& access) {
  return std::make_unique<PostgresReportStore>(access);
}

}  // namespace gongkai::plans
