// The Documents service on gRPC.
#pragma once

#include "gongkai/reporting/v1/documents.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/reporting/rpc/documents_service.h"

namespace gongkai::reporting {

// Documents take their time: `executor` should be one of their own. Both arguments must outlive the
// server that this is registered with.
class DocumentsRpc final : public v1::Documents::CallbackService {
 public:
  DocumentsRpc(DocumentsService& service, rpc::Executor& executor);

  grpc::ServerWriteReactor<google::api::HttpBody>* ExportLedger(
      grpc::CallbackServerContext* context, const v1::ExportLedgerRequest* request) override;
  grpc::ServerWriteReactor<google::api::HttpBody>* ExportBulletin(
      grpc::CallbackServerContext* context, const v1::ExportBulletinRequest* request) override;
  grpc::ServerWriteReactor<google::api::HttpBody>* GetBulletinTemplate(
      grpc::CallbackServerContext* context, const v1::GetBulletinTemplateRequest* request) override;

 private:
  DocumentsService& service_;
  rpc::Executor& executor_;
};

}  // namespace gongkai::reporting
