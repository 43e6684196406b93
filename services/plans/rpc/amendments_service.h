// gongkai.plans.v1.Amendments.
#pragma once

#include <functional>

#include "gongkai/plans/v1/amendments.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/common/time/civil_date.h"
#include "services/plans/store/amendment_store.h"
#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service; `today` is the
// day in Asia/Shanghai.
class AmendmentsService {
 public:
  AmendmentsService(AmendmentStore& amendments, DirectoryStore& directory,
                    std::function<CivilDate()> today)
      : amendments_(amendments), directory_(directory), today_(std::move(today)) {}

  Result<v1::Amendment> CreateAmendment(const rpc::Caller&, const v1::CreateAmendmentRequest&);
  Result<v1::Amendment> GetAmendment(const rpc::Caller&, const v1::GetAmendmentRequest&);
  Result<v1::ListAmendmentsResponse> ListAmendments(const rpc::Caller&,
                                                    const v1::ListAmendmentsRequest&);
  Result<v1::Amendment> ApproveAmendment(const rpc::Caller&, const v1::ApproveAmendmentRequest&);
  Result<v1::Amendment> ApplyAmendment(const rpc::Caller&, const v1::ApplyAmendmentRequest&);
  Result<v1::Amendment> WithdrawAmendment(const rpc::Caller&, const v1::WithdrawAmendmentRequest&);

 private:
  AmendmentStore& amendments_;
  DirectoryStore& directory_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
