// The Figures service on gRPC: every call runs on the executor and is answered by FiguresService.
#pragma once

#include "gongkai/reporting/v1/figures.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/rpc/overview_watch.h"

namespace gongkai::reporting {

// All arguments must outlive the server that this is registered with.
class FiguresRpc final : public v1::Figures::CallbackService {
 public:
  FiguresRpc(FiguresService& service, OverviewWatch& watch, rpc::Executor& executor);

  grpc::ServerUnaryReactor* GetOverview(grpc::CallbackServerContext* context,
                                        const v1::GetOverviewRequest* request,
                                        v1::Overview* response) override;
  grpc::ServerWriteReactor<v1::WatchOverviewResponse>* WatchOverview(
      grpc::CallbackServerContext* context, const v1::WatchOverviewRequest* request) override;
  grpc::ServerUnaryReactor* GetTrend(grpc::CallbackServerContext* context,
                                     const v1::GetTrendRequest* request,
                                     v1::Trend* response) override;
  grpc::ServerUnaryReactor* ListFigureMembers(grpc::CallbackServerContext* context,
                                              const v1::ListFigureMembersRequest* request,
                                              v1::ListFigureMembersResponse* response) override;
  grpc::ServerUnaryReactor* ListHeadInterpretations(
      grpc::CallbackServerContext* context, const v1::ListHeadInterpretationsRequest* request,
      v1::ListHeadInterpretationsResponse* response) override;
  grpc::ServerUnaryReactor* ListDocumentForms(grpc::CallbackServerContext* context,
                                              const v1::ListDocumentFormsRequest* request,
                                              v1::ListDocumentFormsResponse* response) override;
  grpc::ServerUnaryReactor* GetProjection(grpc::CallbackServerContext* context,
                                          const v1::GetProjectionRequest* request,
                                          v1::Projection* response) override;

 private:
  FiguresService& service_;
  OverviewWatch& watch_;
  rpc::Executor& executor_;
};

}  // namespace gongkai::reporting
