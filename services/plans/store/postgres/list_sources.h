// The lists of the service: which fields callers filter and order by, and where they stand.
//
// Fields have the names and labels of the contract; a test compares them with its descriptors.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "services/plans/list/list_statement.h"

namespace gongkai::plans {

extern const list::Source kDivisionList;
extern const list::Source kUnitList;
extern const list::Source kUnitGroupList;
extern const list::Source kPlanList;
extern const list::Source kTaskList;
extern const list::Source kPlanRevisionList;
extern const list::Source kAmendmentList;
extern const list::Source kAssignmentList;
extern const list::Source kOccurrenceList;
extern const list::Source kTaskEventList;
extern const list::Source kUpstreamLinkList;
extern const list::Source kCounterpartList;
extern const list::Source kProgressReportList;
extern const list::Source kEvidenceFileList;
extern const list::Source kSharedEvidenceList;
extern const list::Source kPolicyDocumentList;
extern const list::Source kInterpretationList;
extern const list::Source kInterpretationGapList;
extern const list::Source kActivityList;
extern const list::Source kTaskTargetList;
extern const list::Source kAuditEntryList;

}  // namespace gongkai::plans
