// What the review of a plan can find: the one list of its codes.
#pragma once

#include <string_view>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans::importer {

enum class IssueCode {
  kTitleMissing,
  kDivisionMissing,
  kYearMissing,
  kIssueDateMissing,
  kUnitsFromAddressees,
  kTableWithoutTaskColumn,
  kColumnsGuessed,
  kRowSkipped,
  kUnitsCarriedDown,
  kDueCarriedDown,
  kOrdinalRepeated,
  kOrdinalGap,
  kTaskRepeated,
  kAliasBesideName,
  kOpenEndedUnit,
  kNoUnit,
  kDueBeforeIssue,
  kDueNotUnderstood,
  kPlanDeadline,
};

// The stable code of the contract, how serious it is, what it means and what to do about it.
// docs/importer.md shows this table.
struct IssueKind {
  IssueCode code;
  std::string_view name;
  IssueSeverity severity;
  std::string_view meaning;
  std::string_view remedy;
};

inline constexpr IssueKind kIssueKinds[] = {
    {IssueCode::kTitleMissing, "TITLE_MISSING", IssueSeverity::kWarning, "no title was found",
     "fill it in"},
    {IssueCode::kDivisionMissing, "DIVISION_MISSING", IssueSeverity::kNote, "no division is named",
     "check that the plan is imported into the right division"},
    {IssueCode::kYearMissing, "YEAR_MISSING", IssueSeverity::kError,
     "no year is stated, so that dates without one stay open", "read again with a year"},
    {IssueCode::kIssueDateMissing, "ISSUE_DATE_MISSING", IssueSeverity::kNote,
     "no date of issue is stated", "give it when the plan is issued"},
    {IssueCode::kUnitsFromAddressees, "UNITS_FROM_ADDRESSEES", IssueSeverity::kNote,
     "no task names a unit; the addressees were taken", "check them"},
    {IssueCode::kTableWithoutTaskColumn, "TABLE_WITHOUT_TASK_COLUMN", IssueSeverity::kWarning,
     "a table names units and deadlines but no column for tasks, and was not read",
     "name the column (工作任务, 具体要求) and import again"},
    {IssueCode::kColumnsGuessed, "COLUMNS_GUESSED", IssueSeverity::kWarning,
     "the table has no heading row; the cells told what its columns are", "check every column"},
    {IssueCode::kRowSkipped, "ROW_SKIPPED", IssueSeverity::kNote,
     "a row that is neither task nor heading was left out", "compare with the document"},
    {IssueCode::kUnitsCarriedDown, "UNITS_CARRIED_DOWN", IssueSeverity::kNote,
     "empty cells were taken to continue the units above", "check the rows named"},
    {IssueCode::kDueCarriedDown, "DUE_CARRIED_DOWN", IssueSeverity::kNote,
     "empty cells were taken to continue the deadline above", "check the rows named"},
    {IssueCode::kOrdinalRepeated, "ORDINAL_REPEATED", IssueSeverity::kNote,
     "several tasks share a printed number", "check that they are tasks of their own"},
    {IssueCode::kOrdinalGap, "ORDINAL_GAP", IssueSeverity::kWarning,
     "the printed numbers leave some out", "check that no task is missing"},
    {IssueCode::kTaskRepeated, "TASK_REPEATED", IssueSeverity::kWarning,
     "two tasks require the same in the same words", "keep one, or give them different units"},
    {IssueCode::kAliasBesideName, "ALIAS_BESIDE_NAME", IssueSeverity::kNote,
     "a unit is named in full and in short", "add the short name to the directory as an alias"},
    {IssueCode::kOpenEndedUnit, "OPEN_ENDED_UNIT", IssueSeverity::kNote,
     "a phrase such as 相关部门 names nobody", "name the units before the plan is issued"},
    {IssueCode::kNoUnit, "NO_UNIT", IssueSeverity::kWarning, "a task names no unit", "add one"},
    {IssueCode::kDueBeforeIssue, "DUE_BEFORE_ISSUE", IssueSeverity::kWarning,
     "a task is due before the plan was issued", "set a new day"},
    {IssueCode::kDueNotUnderstood, "DUE_NOT_UNDERSTOOD", IssueSeverity::kWarning,
     "the words in the column for deadlines say no day", "set a day; until then the year's last"},
    {IssueCode::kPlanDeadline, "PLAN_DEADLINE", IssueSeverity::kNote,
     "the text outside the tasks sets a day for filing", "give it when the plan is issued"},
};

// Every code stands in the list, at its own place.
constexpr const IssueKind& KindOf(IssueCode code) { return kIssueKinds[static_cast<int>(code)]; }

}  // namespace gongkai::plans::importer
