#include "services/reporting/rpc/documents_rpc.h"

#include "services/reporting/rpc/document_stream.h"

namespace gongkai::reporting {

using Cancelled = DocumentsService::Cancelled;

DocumentsRpc::DocumentsRpc(DocumentsService& service, rpc::Executor& executor)
    : service_(service), executor_(executor) {}

// The request goes with the work: gRPC frees its own once the call is cancelled.

grpc::ServerWriteReactor<google::api::HttpBody>* DocumentsRpc::ExportLedger(
    grpc::CallbackServerContext* context, const v1::ExportLedgerRequest* request) {
  return new DocumentStream(executor_, context,
                            [this, request = *request](const Cancelled& cancelled) {
                              return service_.ExportLedger(request, cancelled);
                            });
}

grpc::ServerWriteReactor<google::api::HttpBody>* DocumentsRpc::ExportBulletin(
    grpc::CallbackServerContext* context, const v1::ExportBulletinRequest* request) {
  return new DocumentStream(executor_, context,
                            [this, request = *request](const Cancelled& cancelled) {
                              return service_.ExportBulletin(request, cancelled);
                            });
}

grpc::ServerWriteReactor<google::api::HttpBody>* DocumentsRpc::GetBulletinTemplate(
    grpc::CallbackServerContext* context, const v1::GetBulletinTemplateRequest*) {
  return new DocumentStream(executor_, context,
                            [this](const Cancelled&) { return service_.GetBulletinTemplate(); });
}

}  // namespace gongkai::reporting
