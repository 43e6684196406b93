// gongkai.plans.v1.InterpretationGaps.
#pragma once

#include <functional>

#include "gongkai/plans/v1/interpretation_gaps.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/calendar_store.h"
#include "services/plans/store/interpretation_gap_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class InterpretationGapsService {
 public:
  struct Stores {
    InterpretationGapStore& gaps;
    CalendarStore& calendars;
  };

  InterpretationGapsService(const Stores& stores, std::function<CivilDate()> today)
      : stores_(stores), today_(std::move(today)) {}

  Result<v1::ListInterpretationGapsResponse> ListInterpretationGaps(
      const rpc::Caller&, const v1::ListInterpretationGapsRequest&);

 private:
  const Stores stores_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
