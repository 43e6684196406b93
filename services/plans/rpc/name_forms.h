// The forms of resource names, as errors show them.
#pragma once

namespace gongkai::plans {

inline constexpr char kDivisionForm[] = "divisions/{division}";
inline constexpr char kUnitForm[] = "divisions/{division}/units/{unit}";
inline constexpr char kUnitGroupForm[] = "divisions/{division}/unitGroups/{unit_group}";
inline constexpr char kEvidenceFileForm[] =
    "divisions/{division}/units/{unit}/evidenceFiles/{number}";
inline constexpr char kPlanForm[] = "divisions/{division}/plans/{plan}";
inline constexpr char kTaskForm[] = "divisions/{division}/plans/{plan}/tasks/{task}";
inline constexpr char kTaskEventForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/events/{event}";
inline constexpr char kUpstreamLinkForm[] =
    "divisions/{division}/plans/{plan}/upstreamLinks/{upstream_link}";
inline constexpr char kAssignmentForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/assignments/{unit}-{lead|responsible|"
    "supporting}";
inline constexpr char kOccurrenceForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/assignments/{assignment}/occurrences/{number}";
inline constexpr char kDueDateChangeForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/assignments/{assignment}/occurrences/{number}/"
    "dueDateChanges/{number}";
inline constexpr char kPolicyDocumentForm[] = "divisions/{division}/policyDocuments/{number}";
inline constexpr char kInterpretationForm[] = "divisions/{division}/interpretations/{number}";
inline constexpr char kActivityForm[] = "divisions/{division}/activities/{number}";
inline constexpr char kTaskTargetForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/targets/{number}";

}  // namespace gongkai::plans
