// Keys of resources, and their names in the contract.
//
//   "divisions/370124/plans/202301/tasks/16/assignments/17-lead/occurrences/3"
//     → OccurrenceKey{{{{{370124}, 202301}, 16}, 17, UnitRole::kLead}, 3}
//
// Every Parse function gives nothing for any other form; numbers have no sign and no leading zero.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// Six-digit code of GB/T 2260; 0 for what holds everywhere.
struct DivisionCode {
  int value = 0;
  auto operator<=>(const DivisionCode&) const = default;
};

struct UnitKey {
  DivisionCode division;
  int unit = 0;
  auto operator<=>(const UnitKey&) const = default;
};

struct UnitGroupKey {
  DivisionCode division;
  int unit_group = 0;
};

struct PlanKey {
  DivisionCode division;
  int plan = 0;  // year * 100 + a number within the year, from 1
  auto operator<=>(const PlanKey&) const = default;
};

struct RevisionKey {
  PlanKey plan;
  int revision = 0;  // from 1
};

struct AmendmentKey {
  PlanKey plan;
  int amendment = 0;  // within the plan, from 1
};

struct TaskKey {
  PlanKey plan;
  int task = 0;  // place in the plan, from 1
  auto operator<=>(const TaskKey&) const = default;
};

struct AssignmentKey {
  TaskKey task;
  int unit = 0;
  UnitRole role = UnitRole::kResponsible;
  auto operator<=>(const AssignmentKey&) const = default;
};

struct OccurrenceKey {
  AssignmentKey assignment;
  int occurrence = 0;  // within the assignment, from 1, by due date
  auto operator<=>(const OccurrenceKey&) const = default;
};

struct DueDateChangeKey {
  OccurrenceKey occurrence;
  int due_date_change = 0;  // within the occurrence, from 1
};

struct UpstreamLinkKey {
  PlanKey plan;
  int upstream_link = 0;  // within the plan, from 1
};

struct TaskEventKey {
  TaskKey task;
  int task_event = 0;  // within the task, from 1
};

struct PolicyDocumentKey {
  DivisionCode division;
  int policy_document = 0;
};

struct InterpretationKey {
  DivisionCode division;
  int interpretation = 0;
};

struct ActivityKey {
  DivisionCode division;
  int activity = 0;
};

struct TaskTargetKey {
  TaskKey task;
  int target = 0;  // place among the targets of the task, from 1
};

struct EvidenceFileKey {
  UnitKey unit;
  int evidence_file = 0;  // within the unit, from 1
};

// A parent that is a unit, or `-` for any unit of the division.
struct UnitScope {
  DivisionCode division;
  std::optional<int> unit;
};

// A range of division codes, ends included.
struct DivisionRange {
  int from = 0;
  int to = 999999;
  bool operator==(const DivisionRange&) const = default;
};

// The division and those below it: 370000 → 370000 to 379999, 370100 → 370100 to 370199, 370124 →
// itself.
DivisionRange SubtreeOf(DivisionCode division);

// What a code says of itself, two digits a level: 370000 is a province, 370100 a city of it, 370124
// a county of that.
enum class DivisionLevel { kProvince, kCity, kCounty };
DivisionLevel LevelOf(DivisionCode division);
// Nothing for a province.
std::optional<DivisionCode> ParentOf(DivisionCode division);
// The level as the contract's enum spells it: `PROVINCE` …
std::string_view LevelLabel(DivisionLevel level);

// A parent in which `-` stands for any: what is not set is any.
struct WorkScope {
  DivisionCode division;
  bool include_subdivisions = false;
  std::optional<int> plan;
  std::optional<int> task;
  std::optional<int> unit;
  std::optional<UnitRole> role;
};

std::optional<DivisionCode> ParseDivisionName(std::string_view name);
std::optional<UnitKey> ParseUnitName(std::string_view name);
std::optional<UnitGroupKey> ParseUnitGroupName(std::string_view name);
std::optional<PlanKey> ParsePlanName(std::string_view name);
std::optional<RevisionKey> ParseRevisionName(std::string_view name);
std::optional<AmendmentKey> ParseAmendmentName(std::string_view name);
std::optional<TaskKey> ParseTaskName(std::string_view name);
std::optional<AssignmentKey> ParseAssignmentName(std::string_view name);
std::optional<OccurrenceKey> ParseOccurrenceName(std::string_view name);
std::optional<DueDateChangeKey> ParseDueDateChangeName(std::string_view name);
std::optional<TaskEventKey> ParseTaskEventName(std::string_view name);
std::optional<UpstreamLinkKey> ParseUpstreamLinkName(std::string_view name);
std::optional<PolicyDocumentKey> ParsePolicyDocumentName(std::string_view name);
std::optional<InterpretationKey> ParseInterpretationName(std::string_view name);
std::optional<ActivityKey> ParseActivityName(std::string_view name);
std::optional<TaskTargetKey> ParseTaskTargetName(std::string_view name);
std::optional<EvidenceFileKey> ParseEvidenceFileName(std::string_view name);
// `calendars/{year}`: the year.
std::optional<int> ParseCalendarName(std::string_view name);
// `divisions/*/plans/{n or -}`.
std::optional<WorkScope> ParsePlanScope(std::string_view parent);
// `divisions/*/plans/{n or -}/tasks/{n or -}`.
std::optional<WorkScope> ParseTaskScope(std::string_view parent);
// `divisions/*/plans/{n or -}/tasks/{n or -}/assignments/{unit-role or -}`.
std::optional<WorkScope> ParseAssignmentScope(std::string_view parent);

// `divisions/*/units/{n or -}`.
std::optional<UnitScope> ParseUnitScope(std::string_view parent);

std::string FormatName(DivisionCode key);
std::string FormatName(const UnitKey& key);
std::string FormatName(const UnitGroupKey& key);
std::string FormatName(const PlanKey& key);
std::string FormatName(const RevisionKey& key);
std::string FormatName(const AmendmentKey& key);
std::string FormatName(const TaskKey& key);
std::string FormatName(const AssignmentKey& key);
std::string FormatName(const OccurrenceKey& key);
std::string FormatName(const DueDateChangeKey& key);
std::string FormatName(const TaskEventKey& key);
std::string FormatName(const UpstreamLinkKey& key);
std::string FormatName(const PolicyDocumentKey& key);
std::string FormatName(const InterpretationKey& key);
std::string FormatName(const ActivityKey& key);
std::string FormatName(const TaskTargetKey& key);
std::string FormatName(const EvidenceFileKey& key);

// The role as names spell it: `lead`, `responsible`, `supporting`.
std::string_view RoleWord(UnitRole role);
// The role as the contract's enum spells it: `LEAD` …
std::string_view RoleLabel(UnitRole role);

}  // namespace gongkai::plans
