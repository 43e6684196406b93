// gongkai.plans.v1.EvidenceFiles on gRPC: files come and go in pieces.
#pragma once

#include <atomic>

#include "gongkai/plans/v1/evidence_files.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/plans/rpc/evidence_files_service.h"

namespace gongkai::plans {

// Thread-safe. An upload takes no worker of `executor` before its last piece has come, a download
// one for each piece; a client that is slow holds nobody up. Everything given must outlive the
// service.
class EvidenceFilesRpc final : public v1::EvidenceFiles::CallbackService {
 public:
  EvidenceFilesRpc(EvidenceFilesService& service, rpc::Executor& executor)
      : service_(service), executor_(executor) {}

  grpc::ServerReadReactor<v1::UploadEvidenceFileRequest>* UploadEvidenceFile(
      grpc::CallbackServerContext* context, v1::EvidenceFile* response) override;
  grpc::ServerUnaryReactor* CreateEvidenceFile(grpc::CallbackServerContext* context,
                                               const v1::CreateEvidenceFileRequest* request,
                                               v1::EvidenceFile* response) override;
  grpc::ServerUnaryReactor* GetEvidenceFile(grpc::CallbackServerContext* context,
                                            const v1::GetEvidenceFileRequest* request,
                                            v1::EvidenceFile* response) override;
  grpc::ServerUnaryReactor* ListEvidenceFiles(grpc::CallbackServerContext* context,
                                              const v1::ListEvidenceFilesRequest* request,
                                              v1::ListEvidenceFilesResponse* response) override;
  grpc::ServerWriteReactor<google::api::HttpBody>* DownloadEvidenceFile(
      grpc::CallbackServerContext* context,
      const v1::DownloadEvidenceFileRequest* request) override;

 private:
  EvidenceFilesService& service_;
  rpc::Executor& executor_;
  std::atomic<int> uploads_ = 0;
};

}  // namespace gongkai::plans
