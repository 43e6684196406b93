#include "services/reporting/rpc/figures_rpc.h"

#include "services/common/rpc/call.h"

namespace gongkai::reporting {

FiguresRpc::FiguresRpc(FiguresService& service, OverviewWatch& watch, rpc::Executor& executor)
    : service_(service), watch_(watch), executor_(executor) {}

grpc::ServerUnaryReactor* FiguresRpc::GetOverview(grpc::CallbackServerContext* context,
                                                  const v1::GetOverviewRequest* request,
                                                  v1::Overview* response) {
  return rpc::Run(executor_, context, *request, *response,
                  [this](const rpc::Caller&, const auto& r) { return service_.GetOverview(r); });
}

grpc::ServerWriteReactor<v1::WatchOverviewResponse>* FiguresRpc::WatchOverview(
    grpc::CallbackServerContext* context, const v1::WatchOverviewRequest* request) {
  const auto call = rpc::Admit(executor_, *context, *request);
  return call ? watch_.Watch(call->RequestOr(*request)) : watch_.Refuse(call.error());
}

grpc::ServerUnaryReactor* FiguresRpc::GetTrend(grpc::CallbackServerContext* context,
                                               const v1::GetTrendRequest* request,
                                               v1::Trend* response) {
  return rpc::Run(executor_, context, *request, *response,
                  [this](const rpc::Caller&, const auto& r) { return service_.GetTrend(r); });
}

grpc::ServerUnaryReactor* FiguresRpc::ListFigureMembers(grpc::CallbackServerContext* context,
                                                        const v1::ListFigureMembersRequest* request,
                                                        v1::ListFigureMembersResponse* response) {
  return rpc::Run(
      executor_, context, *request, *response,
      [this](const rpc::Caller&, const auto& r) { return service_.ListFigureMembers(r); });
}

grpc::ServerUnaryReactor* FiguresRpc::ListHeadInterpretations(
    grpc::CallbackServerContext* context, const v1::ListHeadInterpretationsRequest* request,
    v1::ListHeadInterpretationsResponse* response) {
  return rpc::Run(
      executor_, context, *request, *response,
      [this](const rpc::Caller&, const auto& r) { return service_.ListHeadInterpretations(r); });
}

grpc::ServerUnaryReactor* FiguresRpc::ListDocumentForms(grpc::CallbackServerContext* context,
                                                        const v1::ListDocumentFormsRequest* request,
                                                        v1::ListDocumentFormsResponse* response) {
  return rpc::Run(
      executor_, context, *request, *response,
      [this](const rpc::Caller&, const auto& r) { return service_.ListDocumentForms(r); });
}

grpc::ServerUnaryReactor* FiguresRpc::GetProjection(grpc::CallbackServerContext* context,
                                                    const v1::GetProjectionRequest* request,
                                                    v1::Projection* response) {
  return rpc::Run(executor_, context, *request, *response,
                  [this](const rpc::Caller&, const auto& r) { return service_.GetProjection(r); });
}

}  // namespace gongkai::reporting
