#include "services/plans/domain/resource_name.h"

#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>
#include <vector>

namespace gongkai::plans {
namespace {

constexpr std::array<std::pair<UnitRole, std::string_view>, 3> kRoleWords = {{
    {UnitRole::kLead, "lead"},
    {UnitRole::kResponsible, "responsible"},
    {UnitRole::kSupporting, "supporting"},
}};

std::optional<int> ParseNumber(std::string_view text) {
  int number = 0;
  if (text.empty() || text.size() > 9 || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
  }
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The ids of a name whose collections are exactly these; empty for any other name.
std::vector<std::string_view> Ids(std::string_view name,
                                  std::initializer_list<std::string_view> collections) {
  std::vector<std::string_view> ids;
  for (auto collection : collections) {
    if (!ids.empty()) {
      if (name.empty() || name[0] != '/') return {};
      name.remove_prefix(1);
    }
    if (name.substr(0, collection.size()) != collection) return {};
    name.remove_prefix(collection.size());
    if (name.empty() || name[0] != '/') return {};
    name.remove_prefix(1);
    ids.push_back(name.substr(0, name.find('/')));
    name.remove_prefix(ids.back().size());
  }
  if (!name.empty()) return {};
  return ids;
}

std::optional<std::pair<int, UnitRole>> ParseAssignmentId(std::string_view id) {
  const auto dash = id.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto unit = ParseNumber(id.substr(0, dash));
  if (!unit) return std::nullopt;
  for (const auto& [role, word] : kRoleWords) {
    if (id.substr(dash + 1) == word) return std::pair(*unit, role);
  }
  return std::nullopt;
}

// Two numbers below each other, as most names have.
std::optional<std::pair<DivisionCode, int>> ParsePair(std::string_view name,
                                                      std::string_view collection) {
  const auto ids = Ids(name, {"divisions", collection});
  if (ids.empty()) return std::nullopt;
  const auto division = ParseNumber(ids[0]);
  const auto number = ParseNumber(ids[1]);
  if (!division || !number) return std::nullopt;
  return std::pair(DivisionCode{*division}, *number);
}

// `parent/collection/7` → parent and 7.
std::optional<std::pair<std::string_view, int>> SplitLast(std::string_view name,
                                                          std::string_view collection) {
  const auto slash = name.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto number = ParseNumber(name.substr(slash + 1));
  auto parent = name.substr(0, slash);
  if (!number || !parent.ends_with(collection)) return std::nullopt;
  parent.remove_suffix(collection.size());
  if (parent.empty() || parent.back() != '/') return std::nullopt;
  parent.remove_suffix(1);
  return std::pair(parent, *number);
}

// A number below a plan.
std::optional<std::pair<PlanKey, int>> ParsePartOfPlan(std::string_view name,
                                                       std::string_view collection) {
  const auto split = SplitLast(name, collection);
  if (!split) return std::nullopt;
  const auto plan = ParsePlanName(split->first);
  if (!plan) return std::nullopt;
  return std::pair(*plan, split->second);
}

std::string FormatPair(DivisionCode division, std::string_view collection, int number) {
  return FormatName(division) + "/" + std::string(collection) + "/" + std::to_string(number);
}

std::optional<WorkScope> ParseScope(const std::vector<std::string_view>& ids) {
  if (ids.empty()) return std::nullopt;
  const auto division = ParseNumber(ids[0]);
  if (!division) return std::nullopt;
  WorkScope scope{.division = {*division}};
  if (ids[1] != "-" && !(scope.plan = ParseNumber(ids[1]))) return std::nullopt;
  if (ids.size() > 2 && ids[2] != "-" && !(scope.task = ParseNumber(ids[2]))) return std::nullopt;
  if (ids.size() > 3 && ids[3] != "-") {
    const auto id = ParseAssignmentId(ids[3]);
    if (!id) return std::nullopt;
    scope.unit = id->first;
    scope.role = id->second;
  }
  return scope;
}

}  // namespace

std::optional<DivisionCode> ParseDivisionName(std::string_view name) {
  const auto ids = Ids(name, {"divisions"});
  if (ids.empty()) return std::nullopt;
  const auto code = ParseNumber(ids[0]);
  if (!code) return std::nullopt;
  return DivisionCode{*code};
}

std::optional<UnitKey> ParseUnitName(std::string_view name) {
  const auto pair = ParsePair(name, "units");
  if (!pair) return std::nullopt;
  return UnitKey{pair->first, pair->second};
}

std::optional<UnitGroupKey> ParseUnitGroupName(std::string_view name) {
  const auto pair = ParsePair(name, "unitGroups");
  if (!pair) return std::nullopt;
  return UnitGroupKey{pair->first, pair->second};
}

std::optional<PlanKey> ParsePlanName(std::string_view name) {
  const auto pair = ParsePair(name, "plans");
  if (!pair) return std::nullopt;
  return PlanKey{pair->first, pair->second};
}

std::optional<RevisionKey> ParseRevisionName(std::string_view name) {
  const auto part = ParsePartOfPlan(name, "revisions");
  if (!part) return std::nullopt;
  return RevisionKey{part->first, part->second};
}

std::optional<AmendmentKey> ParseAmendmentName(std::string_view name) {
  const auto part = ParsePartOfPlan(name, "amendments");
  if (!part) return std::nullopt;
  return AmendmentKey{part->first, part->second};
}

std::optional<UpstreamLinkKey> ParseUpstreamLinkName(std::string_view name) {
  const auto part = ParsePartOfPlan(name, "upstreamLinks");
  if (!part) return std::nullopt;
  return UpstreamLinkKey{part->first, part->second};
}

std::optional<TaskKey> ParseTaskName(std::string_view name) {
  const auto ids = Ids(name, {"divisions", "plans", "tasks"});
  const auto scope = ParseScope(ids);
  if (!scope || !scope->plan || !scope->task) return std::nullopt;
  return TaskKey{{scope->division, *scope->plan}, *scope->task};
}

std::optional<AssignmentKey> ParseAssignmentName(std::string_view name) {
  const auto scope = ParseAssignmentScope(name);
  if (!scope || !scope->plan || !scope->task || !scope->unit) return std::nullopt;
  return AssignmentKey{{{scope->division, *scope->plan}, *scope->task}, *scope->unit, *scope->role};
}

std::optional<OccurrenceKey> ParseOccurrenceName(std::string_view name) {
  const auto split = SplitLast(name, "occurrences");
  if (!split) return std::nullopt;
  const auto assignment = ParseAssignmentName(split->first);
  if (!assignment) return std::nullopt;
  return OccurrenceKey{*assignment, split->second};
}

std::optional<DueDateChangeKey> ParseDueDateChangeName(std::string_view name) {
  const auto split = SplitLast(name, "dueDateChanges");
  if (!split) return std::nullopt;
  const auto occurrence = ParseOccurrenceName(split->first);
  if (!occurrence) return std::nullopt;
  return DueDateChangeKey{*occurrence, split->second};
}

std::optional<TaskEventKey> ParseTaskEventName(std::string_view name) {
  const auto split = SplitLast(name, "events");
  if (!split) return std::nullopt;
  const auto task = ParseTaskName(split->first);
  if (!task) return std::nullopt;
  return TaskEventKey{*task, split->second};
}

std::optional<PolicyDocumentKey> ParsePolicyDocumentName(std::string_view name) {
  const auto pair = ParsePair(name, "policyDocuments");
  if (!pair) return std::nullopt;
  return PolicyDocumentKey{pair->first, pair->second};
}

std::optional<InterpretationKey> ParseInterpretationName(std::string_view name) {
  const auto pair = ParsePair(name, "interpretations");
  if (!pair) return std::nullopt;
  return InterpretationKey{pair->first, pair->second};
}

std::optional<ActivityKey> ParseActivityName(std::string_view name) {
  const auto pair = ParsePair(name, "activities");
  if (!pair) return std::nullopt;
  return ActivityKey{pair->first, pair->second};
}

std::optional<TaskTargetKey> ParseTaskTargetName(std::string_view name) {
  const auto split = SplitLast(name, "targets");
  if (!split) return std::nullopt;
  const auto task = ParseTaskName(split->first);
  if (!task) return std::nullopt;
  return TaskTargetKey{*task, split->second};
}

std::optional<EvidenceFileKey> ParseEvidenceFileName(std::string_view name) {
  const auto split = SplitLast(name, "evidenceFiles");
  if (!split) return std::nullopt;
  const auto unit = ParseUnitName(split->first);
  if (!unit) return std::nullopt;
  return EvidenceFileKey{*unit, split->second};
}

std::optional<int> ParseCalendarName(std::string_view name) {
  const auto ids = Ids(name, {"calendars"});
  if (ids.empty()) return std::nullopt;
  return ParseNumber(ids[0]);
}

std::optional<WorkScope> ParsePlanScope(std::string_view parent) {
  return ParseScope(Ids(parent, {"divisions", "plans"}));
}

std::optional<WorkScope> ParseTaskScope(std::string_view parent) {
  return ParseScope(Ids(parent, {"divisions", "plans", "tasks"}));
}

std::optional<WorkScope> ParseAssignmentScope(std::string_view parent) {
  return ParseScope(Ids(parent, {"divisions", "plans", "tasks", "assignments"}));
}

std::optional<UnitScope> ParseUnitScope(std::string_view parent) {
  const auto ids = Ids(parent, {"divisions", "units"});
  if (ids.empty()) return std::nullopt;
  const auto division = ParseNumber(ids[0]);
  if (!division) return std::nullopt;
  UnitScope scope{.division = {*division}};
  if (ids[1] != "-" && !(scope.unit = ParseNumber(ids[1]))) return std::nullopt;
  return scope;
}

DivisionRange SubtreeOf(DivisionCode division) {
  const int code = division.value;
  if (code % 10000 == 0) return {code, code + 9999};
  if (code % 100 == 0) return {code, code + 99};
  return {code, code};
}

DivisionLevel LevelOf(DivisionCode division) {
  if (division.value % 10000 == 0) return DivisionLevel::kProvince;
  return division.value % 100 == 0 ? DivisionLevel::kCity : DivisionLevel::kCounty;
}

std::optional<DivisionCode> ParentOf(DivisionCode division) {
  switch (LevelOf(division)) {
    case DivisionLevel::kProvince:
      return std::nullopt;
    case DivisionLevel::kCity:
      return DivisionCode{division.value / 10000 * 10000};
    case DivisionLevel::kCounty:
      return DivisionCode{division.value / 100 * 100};
  }
  return std::nullopt;
}

std::string_view LevelLabel(DivisionLevel level) {
  switch (level) {
    case DivisionLevel::kProvince:
      return "PROVINCE";
    case DivisionLevel::kCity:
      return "CITY";
    case DivisionLevel::kCounty:
      return "COUNTY";
  }
  return "COUNTY";
}

std::string FormatName(DivisionCode key) { return "divisions/" + std::to_string(key.value); }

std::string FormatName(const UnitKey& key) { return FormatPair(key.division, "units", key.unit); }

std::string FormatName(const UnitGroupKey& key) {
  return FormatPair(key.division, "unitGroups", key.unit_group);
}

std::string FormatName(const PlanKey& key) { return FormatPair(key.division, "plans", key.plan); }

std::string FormatName(const RevisionKey& key) {
  return FormatName(key.plan) + "/revisions/" + std::to_string(key.revision);
}

std::string FormatName(const AmendmentKey& key) {
  return FormatName(key.plan) + "/amendments/" + std::to_string(key.amendment);
}

std::string FormatName(const UpstreamLinkKey& key) {
  return FormatName(key.plan) + "/upstreamLinks/" + std::to_string(key.upstream_link);
}

std::string FormatName(const TaskKey& key) {
  return FormatName(key.plan) + "/tasks/" + std::to_string(key.task);
}

std::string FormatName(const AssignmentKey& key) {
  return FormatName(key.task) + "/assignments/" + std::to_string(key.unit) + "-" +
         std::string(RoleWord(key.role));
}

std::string FormatName(const OccurrenceKey& key) {
  return FormatName(key.assignment) + "/occurrences/" + std::to_string(key.occurrence);
}

std::string FormatName(const DueDateChangeKey& key) {
  return FormatName(key.occurrence) + "/dueDateChanges/" + std::to_string(key.due_date_change);
}

std::string FormatName(const TaskEventKey& key) {
  return FormatName(key.task) + "/events/" + std::to_string(key.task_event);
}

std::string FormatName(const PolicyDocumentKey& key) {
  return FormatPair(key.division, "policyDocuments", key.policy_document);
}

std::string FormatName(const InterpretationKey& key) {
  return FormatPair(key.division, "interpretations", key.interpretation);
}

std::string FormatName(const ActivityKey& key) {
  return FormatPair(key.division, "activities", key.activity);
}

std::string FormatName(const TaskTargetKey& key) {
  return FormatName(key.task) + "/targets/" + std::to_string(key.target);
}

std::string FormatName(const EvidenceFileKey& key) {
  return FormatName(key.unit) + "/evidenceFiles/" + std::to_string(key.evidence_file);
}

std::string_view RoleWord(UnitRole role) {
  for (const auto& [candidate, word] : kRoleWords) {
    if (candidate == role) return word;
  }
  return "responsible";
}

std::string_view RoleLabel(UnitRole role) {
  switch (role) {
    case UnitRole::kLead:
      return "LEAD";
    case UnitRole::kResponsible:
      return "RESPONSIBLE";
    case UnitRole::kSupporting:
      return "SUPPORTING";
  }
  return "RESPONSIBLE";
}

}  // namespace gongkai::plans
