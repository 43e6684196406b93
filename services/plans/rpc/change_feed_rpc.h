// gongkai.plans.v1.ChangeFeed on gRPC: one stream a watcher, reading a page at a time.
#pragma once

#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/plans/feed/waiters.h"
#include "services/plans/rpc/shared_reads.h"
#include "services/plans/store/change_store.h"
#include "services/plans/store/snapshot_store.h"

namespace gongkai::plans {

// Thread-safe. Pages are read on `executor`, which should be another one than that of the writes. A
// watcher that does not read holds at most one page. Everything given must outlive the service.
class ChangeFeedRpc final : public v1::ChangeFeed::CallbackService {
 public:
  ChangeFeedRpc(ChangeStore& changes, SnapshotStore& snapshots, FeedWaiters& waiters,
                rpc::Executor& executor)
      : changes_(changes),
        snapshots_(snapshots),
        waiters_(waiters),
        executor_(executor),
        shared_(changes, executor) {}

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;

 private:
  ChangeStore& changes_;
  SnapshotStore& snapshots_;
  FeedWaiters& waiters_;
  rpc::Executor& executor_;
  SharedReads shared_;
};

}  // namespace gongkai::plans
