#include "services/plans/importer/plan_importer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/plans/importer/clause_plan.h"
#include "services/plans/importer/common_units.h"
#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/field_locator.h"
#include "services/plans/importer/header_facts.h"
#include "services/plans/importer/leading_unit.h"
#include "services/plans/importer/plan_review.h"
#include "services/plans/importer/table_plan.h"
#include "services/plans/importer/task_reader.h"
#include "services/plans/importer/text.h"
#include "services/plans/importer/text_units.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

Error TooLarge(size_t bytes) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "DOCUMENT_TOO_LARGE",
          .message = "the document has " + std::to_string(bytes) + " bytes and the limit is " +
                     std::to_string(kMaxDocumentBytes) +
                     "; send the plan alone, without pictures and attachments",
          .message_zh = "文件过大（上限 8 MiB），请只上传方案正文和任务分解表",
          .metadata = {{"limit", std::to_string(kMaxDocumentBytes)}}};
}

Error TooManyTasks(size_t tasks) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "DOCUMENT_TOO_LARGE",
          .message = "the document has " + std::to_string(tasks) + " tasks and the limit is " +
                     std::to_string(kMaxTasks) + "; split the plan",
          .message_zh = "任务过多（上限 " + std::to_string(kMaxTasks) + " 项），请拆分方案后上传",
          .metadata = {{"limit", std::to_string(kMaxTasks)}}};
}

Error TooSlow(std::chrono::milliseconds limit, size_t tasks) {
  const std::string milliseconds = std::to_string(limit.count());
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "DOCUMENT_TOO_LARGE",
          .message = "the document could not be read in " + milliseconds + " ms (stopped at task " +
                     std::to_string(tasks + 1) + "); split the plan, or send its table alone",
          .message_zh = "读取超时（停在第 " + std::to_string(tasks + 1) +
                        " 项任务），请拆分方案，或只上传任务分解表",
          .metadata = {{"limit", milliseconds}}};
}

Error NoTasks() {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "NO_TASKS",
          .message =
              "no task found: looked for a table whose heading names tasks (工作任务, 具体要求 "
              "…) and units, dates or numbers (责任单位, 完成时限, 序号 …), and for numbered "
              "clauses (一、（一）1.); check that this is the plan with its annex and that "
              "table cells begin with a tab",
          .message_zh =
              "未找到任务：既没有表头含“工作任务/具体要求”与“责任单位/完成时限/序号”的"
              "任务分解表，也没有“一、（一）1.”编号的条款。请确认上传的是带附表的方案全文"};
}

bool NamesUnits(const DraftTasks& drafts) {
  return std::any_of(drafts.tasks.begin(), drafts.tasks.end(),
                     [](const DraftTask& task) { return !task.units.empty(); });
}

// The rows of the table or the clauses of the text: a notice says in its body what its annex breaks
// down, so that never both count. The table does, unless it is one beside the plan, such as a list
// of trainings: without units, or with far fewer rows than there are clauses that name units.
DraftTasks ReadTasks(const Document& document) {
  constexpr size_t kFarFewer = 3;
  DraftTasks rows = ReadTablePlan(document);
  DraftTasks clauses = ReadClausePlan(document);
  const size_t weight = NamesUnits(rows) && !rows.columns_guessed ? kFarFewer : 1;
  const bool clauses_say_more =
      clauses.tasks.size() > weight * rows.tasks.size() && (weight == 1 || NamesUnits(clauses));
  return std::move(rows.tasks.empty() || clauses_say_more ? clauses : rows);
}

// A plan that names no unit anywhere is meant for those it is addressed to.
bool TakeUnitsFromAddressees(const HeaderFacts& facts, TextView document, ParsedPlan& plan) {
  const bool named = std::any_of(plan.tasks.begin(), plan.tasks.end(),
                                 [](const ParsedTask& task) { return !task.units.empty(); });
  if (named || facts.addressees.empty()) return false;
  auto units = ParseUnits({{.cell = {{facts.addressees}}}});
  FieldLocator locator(document, {facts.addressees_place});
  for (ParsedUnit& unit : units) {
    unit.origin = locator.Locate(*DecodeUtf8(unit.text), Confidence::kLow);
  }
  for (ParsedTask& task : plan.tasks) task.units = units;
  return true;
}

}  // namespace

Result<ParsedPlan> ImportPlan(std::string_view document, const ImportOptions& options) {
  if (document.size() > kMaxDocumentBytes) return Fail(TooLarge(document.size()));
  const auto blocks = ReadDocument(document, options.converter);
  if (!blocks) return Fail(blocks.error());
  const auto start = std::chrono::steady_clock::now();
  DraftTasks drafts = ReadTasks(*blocks);
  if (drafts.tasks.empty()) return Fail(NoTasks());
  if (drafts.tasks.size() > kMaxTasks) return Fail(TooManyTasks(drafts.tasks.size()));
  TakeUnitsFromText(drafts);
  if (SaysFirstUnitsLead(*blocks)) LetFirstUnitsLead(drafts);
  ShareCommonUnits(drafts);

  const HeaderFacts facts = ReadHeaderFacts(*blocks);
  ParsedPlan plan{.title = EncodeUtf8(facts.title),
                  .document_number = EncodeUtf8(facts.document_number),
                  .division = EncodeUtf8(facts.division),
                  .year = facts.year > 0 ? facts.year : options.year,
                  .issue_date = facts.issue_date,
                  .title_origin = facts.title_origin,
                  .document_number_origin = facts.document_number_origin,
                  .division_origin = facts.division_origin,
                  .year_origin = facts.year_origin,
                  .issue_date_origin = facts.issue_date_origin};
  plan.tasks.reserve(drafts.tasks.size());
  for (const DraftTask& draft : drafts.tasks) {
    if (std::chrono::steady_clock::now() - start > options.time) {
      return Fail(TooSlow(options.time, plan.tasks.size()));
    }
    plan.tasks.push_back(ReadTask(draft, plan.year, blocks->text));
  }
  const bool addressed = TakeUnitsFromAddressees(facts, blocks->text, plan);
  plan.issues = ReviewPlan(
      plan,
      {.document = *blocks, .drafts = drafts, .facts = facts, .units_from_addressees = addressed});
  return plan;
}

Result<std::string> ReadDocumentText(std::string_view document, DocumentConverter* converter) {
  if (document.size() > kMaxDocumentBytes) return Fail(TooLarge(document.size()));
  const auto blocks = ReadDocument(document, converter);
  if (!blocks) return Fail(blocks.error());
  return EncodeUtf8(blocks->text);
}

}  // namespace gongkai::plans::importer
