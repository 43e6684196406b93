// The Scoring service on gRPC: every call runs on the executor and is answered by ScoringService.
#pragma once

#include "gongkai/reporting/v1/scoring.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/reporting/rpc/scoring_service.h"

namespace gongkai::reporting {

// Both arguments must outlive the server that this is registered with.
class ScoringRpc final : public v1::Scoring::CallbackService {
 public:
  ScoringRpc(ScoringService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  grpc::ServerUnaryReactor* CreateSchemeVersion(grpc::CallbackServerContext* context,
                                                const v1::CreateSchemeVersionRequest* request,
                                                v1::SchemeVersion* response) override {
    return Run(context, request, response, &ScoringService::CreateSchemeVersion);
  }
  grpc::ServerUnaryReactor* GetSchemeVersion(grpc::CallbackServerContext* context,
                                             const v1::GetSchemeVersionRequest* request,
                                             v1::SchemeVersion* response) override {
    return Run(context, request, response, &ScoringService::GetSchemeVersion);
  }
  grpc::ServerUnaryReactor* ListSchemeVersions(grpc::CallbackServerContext* context,
                                               const v1::ListSchemeVersionsRequest* request,
                                               v1::ListSchemeVersionsResponse* response) override {
    return Run(context, request, response, &ScoringService::ListSchemeVersions);
  }
  grpc::ServerUnaryReactor* PublishSchemeVersion(grpc::CallbackServerContext* context,
                                                 const v1::PublishSchemeVersionRequest* request,
                                                 v1::SchemeVersion* response) override {
    return Run(context, request, response, &ScoringService::PublishSchemeVersion);
  }
  grpc::ServerUnaryReactor* EvaluateScheme(grpc::CallbackServerContext* context,
                                           const v1::EvaluateSchemeRequest* request,
                                           v1::SchemeResult* response) override {
    return Run(context, request, response, &ScoringService::EvaluateScheme);
  }
  grpc::ServerUnaryReactor* SimulateScheme(grpc::CallbackServerContext* context,
                                           const v1::SimulateSchemeRequest* request,
                                           v1::SchemeResult* response) override {
    return Run(context, request, response, &ScoringService::SimulateScheme);
  }
  grpc::ServerUnaryReactor* CreateMark(grpc::CallbackServerContext* context,
                                       const v1::CreateMarkRequest* request,
                                       v1::Mark* response) override {
    return Run(context, request, response, &ScoringService::CreateMark);
  }
  grpc::ServerUnaryReactor* ListMarks(grpc::CallbackServerContext* context,
                                      const v1::ListMarksRequest* request,
                                      v1::ListMarksResponse* response) override {
    return Run(context, request, response, &ScoringService::ListMarks);
  }

 private:
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Run(grpc::CallbackServerContext* context, const Request* request,
                                Response* response,
                                Result<Response> (ScoringService::*handle)(const rpc::Caller&,
                                                                           const Request&)) {
    return rpc::Run(
        executor_, context, *request, *response,
        [&service = service_, handle](const rpc::Caller& caller, const Request& message) {
          return (service.*handle)(caller, message);
        });
  }

  ScoringService& service_;
  rpc::Executor& executor_;
};

}  // namespace gongkai::reporting
