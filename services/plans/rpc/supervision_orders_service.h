// gongkai.plans.v1.SupervisionOrders.
#pragma once

#include <functional>

#include "gongkai/plans/v1/supervision_orders.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/supervision_order_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The store must outlive the service.
class SupervisionOrdersService {
 public:
  SupervisionOrdersService(SupervisionOrderStore& store, std::function<CivilDate()> today)
      : store_(store), today_(std::move(today)) {}

  Result<v1::SupervisionOrder> CreateSupervisionOrder(const rpc::Caller&,
                                                      const v1::CreateSupervisionOrderRequest&);
  Result<v1::SupervisionOrder> GetSupervisionOrder(const rpc::Caller&,
                                                   const v1::GetSupervisionOrderRequest&);
  Result<v1::ListSupervisionOrdersResponse> ListSupervisionOrders(
      const rpc::Caller&, const v1::ListSupervisionOrdersRequest&);
  Result<v1::SupervisionOrder> UpdateSupervisionOrder(const rpc::Caller&,
                                                      const v1::UpdateSupervisionOrderRequest&);
  Result<v1::SupervisionOrder> AnswerSupervisionOrder(const rpc::Caller&,
                                                      const v1::AnswerSupervisionOrderRequest&);
  Result<v1::SupervisionOrder> ReturnSupervisionOrder(const rpc::Caller&,
                                                      const v1::ReturnSupervisionOrderRequest&);
  Result<v1::SupervisionOrder> CloseSupervisionOrder(const rpc::Caller&,
                                                     const v1::CloseSupervisionOrderRequest&);
  Result<v1::SupervisionOrder> CancelSupervisionOrder(const rpc::Caller&,
                                                      const v1::CancelSupervisionOrderRequest&);
  Result<v1::ListSupervisionOrderStepsResponse> ListSupervisionOrderSteps(
      const rpc::Caller&, const v1::ListSupervisionOrderStepsRequest&);

 private:
  template <typename Request>
  Result<v1::SupervisionOrder> Change(const rpc::Caller& caller, const Request& request,
                                      const SupervisionOrderChange& change);

  SupervisionOrderStore& store_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
