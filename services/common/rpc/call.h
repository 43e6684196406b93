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

#include <memory>
#include <string>
#include <utility>

#include "services/common/auth/gate.h"
#include "services/common/rpc/executor.h"
#include "services/common/rpc/status_mapping.h"
#include "services/common/status/error.h"

namespace gongkai::rpc {

// Who calls, and from where. Made by Admit alone, so that no handler is called by anybody who has
// not passed the gate.
struct Caller {
  std::string actor;     // never empty
  std::string address;   // of the person's or system's machine, as far as the way here tells it
  std::string trace_id;  // 32 hexadecimal digits of W3C Trace Context, or empty
  // Null where nobody signs in.
  std::shared_ptr<const auth::Principal> principal;
};

// A call that has passed the gate.
template <typename Request>
struct AdmittedCall {
  Caller caller;
  // What the caller may ask for instead of the request as it came; null where that may stand.
  std::unique_ptr<google::protobuf::Message> narrowed;

  const Request& RequestOr(const Request& request) const {
    return narrowed ? static_cast<const Request&>(*narrowed) : request;
  }
};

// `actor` is the principal's subject; where nobody signs in, the metadata `x-gongkai-actor`, else
// `anonymous`. `address` is from the first entry of `x-forwarded-for`, else the peer's; `trace_id`
// from `traceparent`.
Caller CallerOf(const grpc::CallbackServerContext& context,
                std::shared_ptr<const auth::Principal> principal);

// The metadata `authorization`; empty for none, and for more than one.
std::string AuthorizationOf(const grpc::CallbackServerContext& context);

// Lets the call pass the gate, or tells why not. Run does so itself; a stream calls it first.
template <typename Request>
Result<AdmittedCall<Request>> Admit(const Executor& executor,
                                    const grpc::CallbackServerContext& context,
                                    const Request& request) {
  auto admission = executor.gate().Admit(AuthorizationOf(context), request);
  if (!admission) return Fail(admission.error());
  return AdmittedCall<Request>{CallerOf(context, std::move(admission->principal)),
                               std::move(admission->narrowed)};
}

// What a caller is told when the executor's queue is full.
Error Overloaded();

// Runs `handle(caller, request)`, which returns Result<Response>, on the executor, if the call
// passes its gate; the request is then what the caller may ask for. Answers at once with
// RESOURCE_EXHAUSTED if its queue is full, and skips the work of a call that was cancelled while it
// waited.
template <typename Request, typename Response, typename Handle>
grpc::ServerUnaryReactor* Run(Executor& executor, grpc::CallbackServerContext* context,
                              const Request& request, Response& response, Handle handle) {
  auto* reactor = context->DefaultReactor();
  const bool accepted = executor.TryRun(
      [&executor, context, reactor, &request, &response, handle = std::move(handle)] {
        if (context->IsCancelled()) {
          reactor->Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller has left"));
          return;
        }
        const auto call = Admit(executor, *context, request);
        if (!call) {
          reactor->Finish(ToGrpcStatus(call.error()));
          return;
        }
        Result<Response> result = handle(call->caller, call->RequestOr(request));
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
