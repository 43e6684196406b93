// gongkai.plans.v1.Directory.
#pragma once

#include "gongkai/plans/v1/directory.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` must outlive the service.
class DirectoryService {
 public:
  explicit DirectoryService(DirectoryStore& store) : store_(store) {}

  Result<v1::Division> GetDivision(const rpc::Caller&, const v1::GetDivisionRequest&);
  Result<v1::ListDivisionsResponse> ListDivisions(const rpc::Caller&,
                                                  const v1::ListDivisionsRequest&);
  Result<v1::Unit> GetUnit(const rpc::Caller&, const v1::GetUnitRequest&);
  Result<v1::ListUnitsResponse> ListUnits(const rpc::Caller&, const v1::ListUnitsRequest&);
  Result<v1::BatchCreateUnitsResponse> BatchCreateUnits(const rpc::Caller&,
                                                        const v1::BatchCreateUnitsRequest&);
  Result<v1::ResolveUnitsResponse> ResolveUnits(const rpc::Caller&, const v1::ResolveUnitsRequest&);
  Result<v1::ListUnitGroupsResponse> ListUnitGroups(const rpc::Caller&,
                                                    const v1::ListUnitGroupsRequest&);
  Result<v1::UnitGroup> CreateUnitGroup(const rpc::Caller&, const v1::CreateUnitGroupRequest&);

 private:
  DirectoryStore& store_;
};

}  // namespace gongkai::plans
