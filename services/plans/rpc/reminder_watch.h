// gongkai.plans.v1.Reminders/WatchDueReminders on gRPC: one stream a watcher.
#pragma once

#include <grpcpp/support/server_callback.h>

#include "services/common/rpc/executor.h"
#include "services/plans/feed/waiters.h"
#include "services/plans/rpc/reminders_service.h"

namespace gongkai::plans {

// Reads parts of rounds on the executor; between rounds it waits for the next day. Owns itself
// until gRPC is done with it. Everything given must outlive it.
grpc::ServerWriteReactor<v1::WatchDueRemindersResponse>* WatchDueReminders(
    RemindersService& service, rpc::Executor& executor, FeedWaiters& waiters,
    const grpc::CallbackServerContext& context, const v1::WatchDueRemindersRequest& request);

}  // namespace gongkai::plans
