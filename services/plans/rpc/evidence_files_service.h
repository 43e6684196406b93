// gongkai.plans.v1.EvidenceFiles.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gongkai/plans/v1/evidence_files.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/evidence/evidence_limits.h"
#include "services/plans/evidence/spooled_file.h"
#include "services/plans/store/evidence_store.h"

namespace gongkai::plans {

// A file while it is uploaded. Not thread-safe, but may go from thread to thread.
class EvidenceUpload {
 public:
  // The next piece. FILE_INCOMPLETE if there is more than was announced.
  Result<void> Add(std::string_view data);

 private:
  friend class EvidenceFilesService;
  EvidenceUpload(WriteContext context, UnitKey unit, std::string file_name, int announced_bytes,
                 SpooledFile file)
      : context_(std::move(context)),
        unit_(unit),
        file_name_(std::move(file_name)),
        announced_bytes_(announced_bytes),
        file_(std::move(file)) {}

  WriteContext context_;
  UnitKey unit_;
  std::string file_name_;
  int announced_bytes_;
  SpooledFile file_;
};

// The handlers: thread-safe, know no network. `store` must outlive the service.
class EvidenceFilesService {
 public:
  EvidenceFilesService(EvidenceStore& store, EvidenceLimits limits)
      : store_(store), limits_(std::move(limits)) {}

  // From the first message of an upload; its piece is not added yet.
  Result<EvidenceUpload> Begin(const rpc::Caller&, const v1::UploadEvidenceFileRequest&);
  // Stores what was uploaded, if that is all that was announced.
  Result<v1::EvidenceFile> End(EvidenceUpload& upload);

  Result<v1::EvidenceFile> CreateEvidenceFile(const rpc::Caller&,
                                              const v1::CreateEvidenceFileRequest&);
  Result<v1::EvidenceFile> GetEvidenceFile(const rpc::Caller&, const v1::GetEvidenceFileRequest&);
  Result<v1::ListEvidenceFilesResponse> ListEvidenceFiles(const rpc::Caller&,
                                                          const v1::ListEvidenceFilesRequest&);
  // The chunk with this number, from 0.
  Result<EvidenceChunk> ReadChunk(const v1::DownloadEvidenceFileRequest& request, int chunk);

 private:
  template <typename Request>
  Result<EvidenceUpload> BeginFile(const rpc::Caller& caller, const Request& request,
                                   std::int64_t size_bytes);

  EvidenceStore& store_;
  const EvidenceLimits limits_;
};

}  // namespace gongkai::plans
