// One unary call, from gRPC's callback API to a plain handler on the executor and back.
//
//   grpc::ServerUnaryReactor* GetUnit(grpc::CallbackServerContext* context,
//                                     const GetUnitRequest* request, Unit* response) override {
//     return rpc::Run(executor_, context, *request, *response,
//                     [this](const Caller&, const GetUnitRequest& r) { return service_.GetUnit(r);
//                     });
//   }
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>

#include "services/common/rpc/executor.h"
#include "services/common/rpc/status_mapping.h"
#include "services/common/status/error.h"

namespace gongkai::rpc {

// Who calls, and from where.
struct Caller {
  std::string actor;     // never empty
  std::string address;   // of the person's or system's machine, as far as the way here tells it
  std::string trace_id;  // 32 hexadecimal digits of W3C Trace Context, or empty
};

// `actor` from the metadata `x-gongkai-actor`, `anonymous` where there is none; `address` from the
// first entry of `x-forwarded-for`, else the peer's; `trace_id` from `traceparent`.
Caller CallerOf(const grpc::CallbackServerContext& context);

// What a caller is told when the executor's queue is full.
Error Overloaded();

// Runs `handle(caller, request)`, which returns Result<Response>, on the executor. Answers at once
// with RESOURCE_EXHAUSTED if its queue is full, and skips the work of a call that was cancelled
// while it waited.
template <typename Request, typename Response, typename Handle>
grpc::ServerUnaryReactor* Run(Executor& executor, grpc::CallbackServerContext* context,
                              const Request& request, Response& response, Handle handle) {
  auto* reactor = context->DefaultReactor();
  const bool accepted =
      executor.TryRun([context, reactor, &request, &response, handle = std::move(handle)] {
        if (context->IsCancelled()) {
          reactor->Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller has left"));
          return;
        }
        Result<Response> result = handle(CallerOf(*context), request);
        if (!result) {
          reactor->Finish(ToGrpcStatus(result.error()));
          return;
        }
        response = std::move(*result);
        reactor->Finish(grpc::Status::OK);
      });
  if (!accepted) reactor->Finish(ToGrpcStatus(Overloaded()));
  return reactor;
}

}  // namespace gongkai::rpc
