// gongkai.plans.v1.HistoryImports on gRPC.
#pragma once

#include <atomic>

#include "gongkai/plans/v1/history_imports.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/plans/store/history_store.h"

namespace gongkai::plans {

// Thread-safe. A stream holds at most two plans, one that is being written and the next one as it
// arrives; it takes a worker of `executor` while it writes. Everything given must outlive the
// service.
class HistoryImportsRpc final : public v1::HistoryImports::CallbackService {
 public:
  HistoryImportsRpc(HistoryStore& store, rpc::Executor& executor)
      : store_(store), executor_(executor) {}

  grpc::ServerReadReactor<v1::ImportHistoryRequest>* ImportHistory(
      grpc::CallbackServerContext* context, v1::ImportHistoryResponse* response) override;

 private:
  HistoryStore& store_;
  rpc::Executor& executor_;
  std::atomic<int> streams_ = 0;
};

}  // namespace gongkai::plans
