// gongkai.plans.v1.Sessions on gRPC.
#pragma once

#include "gongkai/plans/v1/sessions.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/rpc/sessions_service.h"

namespace gongkai::plans {

// Signing in has an executor of its own: passwords are slow to check, and whoever tries many must
// not hold up the work of those who are signed in.
class SessionsRpc final : public v1::Sessions::CallbackService {
 public:
  SessionsRpc(SessionsService& service, rpc::Executor& executor, rpc::Executor& sign_in_executor)
      : service_(service), executor_(executor), sign_in_executor_(sign_in_executor) {}

  grpc::ServerUnaryReactor* CreateSession(grpc::CallbackServerContext* context,
                                          const v1::CreateSessionRequest* request,
                                          v1::Session* response) override {
    return rpc::Run(sign_in_executor_, context, *request, *response,
                    [this](const rpc::Caller& caller, const auto& message) {
                      return service_.CreateSession(caller, message);
                    });
  }

  grpc::ServerUnaryReactor* GetSession(grpc::CallbackServerContext* context,
                                       const v1::GetSessionRequest* request,
                                       v1::Session* response) override {
    return rpc::Run(executor_, context, *request, *response,
                    [this](const rpc::Caller& caller, const auto& message) {
                      return service_.GetSession(caller, message);
                    });
  }

  grpc::ServerUnaryReactor* DeleteSession(grpc::CallbackServerContext* context,
                                          const v1::DeleteSessionRequest* request,
                                          v1::Session* response) override {
    return rpc::Run(executor_, context, *request, *response,
                    [this](const rpc::Caller& caller, const auto& message) {
                      return service_.DeleteSession(caller, message);
                    });
  }

 private:
  SessionsService& service_;
  rpc::Executor& executor_;
  rpc::Executor& sign_in_executor_;
};

}  // namespace gongkai::plans
