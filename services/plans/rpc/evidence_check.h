// What is asked of evidence (佐证材料), wherever a request has some.
#pragma once

#include <string>

#include "gongkai/plans/v1/assignments.pb.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/store/report_store.h"

namespace gongkai::plans {

// Evidence of anything but a report of progress: an address or a document number, for files belong
// to the unit that reports. `field`: its path in the request.
void CheckEvidence(const v1::Evidence& evidence, const std::string& field, RequestChecks& checks);

// Evidence of a report, and by what the piece is known again; a file must be one of the unit that
// reports.
EvidenceUse CheckReportEvidence(const v1::Evidence& evidence, const std::string& field,
                                const UnitKey& unit, RequestChecks& checks);

}  // namespace gongkai::plans
