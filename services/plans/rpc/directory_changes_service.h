// gongkai.plans.v1.DirectoryChanges.
#pragma once

#include "gongkai/plans/v1/directory_changes.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/directory_change_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class DirectoryChangesService {
 public:
  DirectoryChangesService(DirectoryStore& directory, DirectoryChangeStore& changes)
      : directory_(directory), changes_(changes) {}

  Result<v1::Unit> UpdateUnit(const rpc::Caller&, const v1::UpdateUnitRequest&);
  Result<v1::MergeUnitsResponse> MergeUnits(const rpc::Caller&, const v1::MergeUnitsRequest&);
  Result<google::api::HttpBody> ExportUnits(const rpc::Caller&, const v1::ExportUnitsRequest&);
  Result<v1::LoadUnitsResponse> LoadUnits(const rpc::Caller&, const v1::LoadUnitsRequest&);
  Result<v1::UnitGroup> GetUnitGroup(const rpc::Caller&, const v1::GetUnitGroupRequest&);
  Result<v1::UnitGroup> UpdateUnitGroup(const rpc::Caller&, const v1::UpdateUnitGroupRequest&);
  Result<v1::UnitGroup> DeleteUnitGroup(const rpc::Caller&, const v1::DeleteUnitGroupRequest&);
  Result<v1::LoadDivisionsResponse> LoadDivisions(const rpc::Caller&,
                                                  const v1::LoadDivisionsRequest&);

 private:
  DirectoryStore& directory_;
  DirectoryChangeStore& changes_;
};

}  // namespace gongkai::plans
