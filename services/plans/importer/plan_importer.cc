#include "services/plans/importer/plan_importer.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "services/plans/importer/clause_plan.h"
#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/header_facts.h"
#include "services/plans/importer/plan_review.h"
#include "services/plans/importer/table_plan.h"
#include "services/plans/importer/targets.h"
#include "services/plans/importer/text.h"
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

// Adds a rule of the text to those found before, unless it repeats one of them: `每月5日前` under a
// column that says `每月` tells the day and asks for nothing more.
void AddRule(DueRule rule, std::vector<DueRule>& rules) {
  for (DueRule& other : rules) {
    if (SameDue(rule, other)) return;
    const bool same_cadence = rule.kind == DueKind::kRecurring && other.kind == rule.kind &&
                              other.cadence == rule.cadence;
    if (!same_cadence || (rule.date && other.date)) continue;
    if (rule.date) other.date = rule.date;
    return;
  }
  rules.push_back(std::move(rule));
}

// The column for deadlines comes first; what the text adds to it goes to `further_due`.
void SetDueRules(const DraftTask& draft, int32_t year, ParsedTask& task) {
  std::vector<DueRule> rules = ParseDueCell(draft.due, year);
  for (DueRule& rule : FindDueRules(draft.requirement, year)) AddRule(std::move(rule), rules);
  if (rules.empty()) rules.push_back(UnstatedDue(year, ""));
  task.due = std::move(rules.front());
  task.further_due.assign(std::make_move_iterator(rules.begin() + 1),
                          std::make_move_iterator(rules.end()));
}

ParsedTask ReadTask(const DraftTask& draft, int32_t year) {
  ParsedTask task{.ordinal = EncodeUtf8(draft.ordinal),
                  .title = EncodeUtf8(draft.title),
                  .requirement = EncodeUtf8(draft.requirement),
                  .units = ParseUnits(draft.units),
                  .targets = FindTargets(draft.requirement),
                  .source = SourceSpan{static_cast<int32_t>(draft.span.start),
                                       static_cast<int32_t>(draft.span.end)}};
  for (const Text& heading : draft.section_path) task.section_path.push_back(EncodeUtf8(heading));
  SetDueRules(draft, year, task);
  return task;
}

// A plan that names no unit anywhere is meant for those it is addressed to.
bool TakeUnitsFromAddressees(const HeaderFacts& facts, ParsedPlan& plan) {
  const bool named = std::any_of(plan.tasks.begin(), plan.tasks.end(),
                                 [](const ParsedTask& task) { return !task.units.empty(); });
  if (named || facts.addressees.empty()) return false;
  const auto units = ParseUnits({{.cell = {{facts.addressees}}}});
  for (ParsedTask& task : plan.tasks) task.units = units;
  return true;
}

}  // namespace

Result<ParsedPlan> ImportPlan(std::string_view document, const ImportOptions& options) {
  if (document.size() > kMaxDocumentBytes) return Fail(TooLarge(document.size()));
  const auto blocks = ReadDocument(document);
  if (!blocks) return Fail(blocks.error());
  DraftTasks drafts = ReadTablePlan(*blocks);
  if (drafts.tasks.empty()) drafts = ReadClausePlan(*blocks);
  if (drafts.tasks.empty()) return Fail(NoTasks());

  const HeaderFacts facts = ReadHeaderFacts(*blocks);
  ParsedPlan plan{.title = EncodeUtf8(facts.title),
                  .document_number = EncodeUtf8(facts.document_number),
                  .division = EncodeUtf8(facts.division),
                  .year = facts.year > 0 ? facts.year : options.year,
                  .issue_date = facts.issue_date};
  for (const DraftTask& draft : drafts.tasks) plan.tasks.push_back(ReadTask(draft, plan.year));
  const bool addressed = TakeUnitsFromAddressees(facts, plan);
  plan.issues = ReviewPlan(
      plan,
      {.document = *blocks, .drafts = drafts, .facts = facts, .units_from_addressees = addressed});
  return plan;
}

}  // namespace gongkai::plans::importer
