// Facts: the resources of the change feed as far as figures need them, each as last seen. Numbers
// are those of the resource names: `divisions/370124/plans/202301/tasks/16/assignments/17-lead` is
// division 370124, plan 202301, task 16, unit 17. `revision` orders the states of one resource.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"

namespace gongkai::reporting {

// The enumerators have the numbers of the contract, since the database keeps them.
enum class DivisionLevel { kProvince = 1, kCity = 2, kCounty = 3 };
enum class PlanState { kDraft = 1, kConsultation = 2, kIssued = 3, kClosed = 4 };
enum class Role { kLead = 1, kResponsible = 2, kSupporting = 3 };
enum class AssignmentState {
  kAssigned = 1,
  kClaimed = 2,
  kFiled = 3,
  kDeclined = 4,
  kCancelled = 5
};
enum class OccurrenceState {
  kOpen = 1,
  kSubmitted = 2,
  kReturned = 3,
  kVerified = 4,
  kCancelled = 5
};
enum class UnitKind {
  kUnspecified = 0,
  kDepartment = 1,
  kTown = 2,
  kStreet = 3,
  kDevelopmentZone = 4,
  kPartyOrgan = 5,
  kVerticalAgency = 6,
  kPublicInstitution = 7,
  kEnterprise = 8
};
enum class IssuingLevel { kGovernment = 1, kUnit = 2 };
enum class Form {
  kText = 1,
  kQa = 2,
  kChart = 3,
  kVideo = 4,
  kAnimation = 5,
  kLive = 6,
  kPressConference = 7,
  kExpert = 8,
  kMediaInterview = 9,
  kOnSite = 10
};

struct DivisionFact {
  int division = 0;
  std::string display_name;
  DivisionLevel level = DivisionLevel::kCounty;
  std::optional<int> parent;  // nothing for a province
  int revision = 0;
};

struct UnitFact {
  int division = 0;
  int unit = 0;
  std::string display_name;
  UnitKind kind = UnitKind::kUnspecified;
  int revision = 0;
};

struct PlanFact {
  int division = 0;
  int plan = 0;
  std::string title;
  int year = 0;
  PlanState state = PlanState::kDraft;
  std::optional<CivilDate> issue_date;
  std::optional<CivilDate> claim_deadline;
  std::optional<CivilDate> filing_deadline;
  int revision = 0;
};

struct TaskFact {
  int division = 0;
  int plan = 0;
  int task = 0;
  std::string ordinal;  // as printed in the plan
  std::string title;
  std::string section;  // the highest heading above it in the plan; empty without one
  int revision = 0;
};

struct AssignmentFact {
  int division = 0;
  int plan = 0;
  int task = 0;
  int unit = 0;
  Role role = Role::kResponsible;
  AssignmentState state = AssignmentState::kAssigned;
  std::optional<CivilDate> claim_date;  // days in Asia/Shanghai
  std::optional<CivilDate> file_date;
  int revision = 0;
};

struct OccurrenceFact {
  int division = 0;
  int plan = 0;
  int task = 0;
  int unit = 0;
  Role role = Role::kResponsible;
  int occurrence = 0;
  std::string period;  // `2026`, `2026-H1`, `2026-Q3`, `2026-06`; a day after an event
  std::optional<CivilDate> due_date;  // nothing while it hangs on an event that has not happened
  bool ongoing = false;
  OccurrenceState state = OccurrenceState::kOpen;
  int evidence_count = 0;
  std::optional<CivilDate> submit_date;  // of the last submission, the day in Asia/Shanghai
  std::optional<CivilDate> verify_date;
  int revision = 0;
};

struct PolicyDocumentFact {
  int division = 0;
  int document = 0;
  int unit = 0;
  std::string title;
  IssuingLevel issuing_level = IssuingLevel::kUnit;
  int year = 0;  // of publication
  bool must_interpret = false;
  bool three_sync = false;  // submitted, approved and published together with its interpretation
  int revision = 0;
};

struct InterpretationFact {
  int division = 0;
  int interpretation = 0;
  int unit = 0;
  int year = 0;  // of publication
  Form form = Form::kText;
  bool by_principal_head = false;
  std::vector<int> documents;  // of the same division
  int revision = 0;
};

}  // namespace gongkai::reporting
