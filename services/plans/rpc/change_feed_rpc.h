// gongkai.plans.v1.ChangeFeed on gRPC: one stream a watcher, reading a page at a time.
#pragma once

#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/plans/feed/waiters.h"
#include "services/plans/store/change_store.h"

namespace gongkai::plans {

// Thread-safe. Pages are read on `executor`, which should be another one than that of the writes. A
// watcher that does not read holds at most one page. Everything given must outlive the service.
class ChangeFeedRpc final : public v1::ChangeFeed::CallbackService {
 public:
  ChangeFeedRpc(ChangeStore& store, FeedWaiters& waiters, rpc::Executor& executor)
      : store_(store), waiters_(waiters), executor_(executor) {}

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;

 private:
  ChangeStore& store_;
  FeedWaiters& waiters_;
  rpc::Executor& executor_;
};

}  // namespace gongkai::plans
