// gongkai.plans.v1.Amendments.
#pragma once

#include <functional>

#include "gongkai/plans/v1/amendments.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/common/time/civil_date.h"
#include "services/plans/importer/document_converter.h"
#include "services/plans/store/amendment_store.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores and the converter must outlive the
// service; `today` is the day in Asia/Shanghai. Without a converter, documents that need one are
// refused.
class AmendmentsService {
 public:
  struct Stores {
    AmendmentStore& amendments;
    PlanContentStore& content;
    DirectoryStore& directory;
  };

  AmendmentsService(const Stores& stores, std::function<CivilDate()> today,
                    importer::DocumentConverter* converter)
      : stores_(stores), today_(std::move(today)), converter_(converter) {}

  Result<v1::Amendment> CreateAmendment(const rpc::Caller&, const v1::CreateAmendmentRequest&);
  Result<v1::Amendment> GetAmendment(const rpc::Caller&, const v1::GetAmendmentRequest&);
  Result<v1::ListAmendmentsResponse> ListAmendments(const rpc::Caller&,
                                                    const v1::ListAmendmentsRequest&);
  Result<v1::Amendment> ApproveAmendment(const rpc::Caller&, const v1::ApproveAmendmentRequest&);
  Result<v1::Amendment> ApplyAmendment(const rpc::Caller&, const v1::ApplyAmendmentRequest&);
  Result<v1::Amendment> WithdrawAmendment(const rpc::Caller&, const v1::WithdrawAmendmentRequest&);

 private:
  const Stores stores_;
  const std::function<CivilDate()> today_;
  importer::DocumentConverter* const converter_;
};

}  // namespace gongkai::plans
