#include "services/reporting/rpc/documents_rpc.h"

#include "services/common/rpc/call.h"
#include "services/reporting/rpc/document_stream.h"

namespace gongkai::reporting {
namespace {

// Whoever does not pass the gate gets no document. The request goes with the work: gRPC frees its
// own once the call is cancelled.
template <typename Request, typename Make>
DocumentStream* StreamOf(rpc::Executor& executor, grpc::CallbackServerContext* context,
                         const Request& request, Make make) {
  return new DocumentStream(executor, context,
                            [&executor, context, request, make](
                                const DocumentsService::Cancelled& cancelled) -> Result<Document> {
                              const auto call = rpc::Admit(executor, *context, request);
                              if (!call) return Fail(call.error());
                              return make(call->RequestOr(request), cancelled);
                            });
}

}  // namespace

DocumentsRpc::DocumentsRpc(DocumentsService& service, rpc::Executor& executor)
    : service_(service), executor_(executor) {}

grpc::ServerWriteReactor<google::api::HttpBody>* DocumentsRpc::ExportLedger(
    grpc::CallbackServerContext* context, const v1::ExportLedgerRequest* request) {
  return StreamOf(executor_, context, *request, [this](const auto& message, const auto& cancelled) {
    return service_.ExportLedger(message, cancelled);
  });
}

grpc::ServerWriteReactor<google::api::HttpBody>* DocumentsRpc::ExportBulletin(
    grpc::CallbackServerContext* context, const v1::ExportBulletinRequest* request) {
  return StreamOf(executor_, context, *request, [this](const auto& message, const auto& cancelled) {
    return service_.ExportBulletin(message, cancelled);
  });
}

grpc::ServerWriteReactor<google::api::HttpBody>* DocumentsRpc::GetBulletinTemplate(
    grpc::CallbackServerContext* context, const v1::GetBulletinTemplateRequest* request) {
  return StreamOf(executor_, context, *request,
                  [this](const auto&, const auto&) { return service_.GetBulletinTemplate(); });
}

}  // namespace gongkai::reporting
