#include "services/plans/rpc/evidence_files_rpc.h"

#include <optional>
#include <utility>

#include "services/common/rpc/call.h"

namespace gongkai::plans {
namespace {

// Each may keep a whole file on the disk of this server.
constexpr int kMostUploads = 64;
constexpr std::size_t kMostPieceBytes = 4 * 1024 * 1024;

// One upload. At any moment either a read or the work on the executor is under way; owns itself
// until gRPC is done with it.
class Upload final : public grpc::ServerReadReactor<v1::UploadEvidenceFileRequest> {
 public:
  Upload(EvidenceFilesService& service, rpc::Executor& executor, std::atomic<int>& uploads,
         grpc::CallbackServerContext* context, v1::EvidenceFile* response)
      : service_(service),
        executor_(executor),
        uploads_(uploads),
        context_(context),
        response_(response) {
    if (uploads_.fetch_add(1) < kMostUploads) {
      StartRead(&request_);
    } else {
      Refuse(rpc::Overloaded());
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Store();
    if (auto taken = TakePiece(); !taken) return Refuse(taken.error());
    StartRead(&request_);
  }

  void OnDone() override {
    --uploads_;
    delete this;
  }

 private:
  Result<void> TakePiece() {
    if (!upload_) {
      const auto call = rpc::Admit(executor_, *context_, request_);
      if (!call) return Fail(call.error());
      auto begun = service_.Begin(call->caller, request_);
      if (!begun) return Fail(begun.error());
      upload_ = std::move(*begun);
    }
    const auto& data = request_.content().data();
    if (data.size() > kMostPieceBytes) {
      return Fail(InvalidArgument("content.data", "must have at most 4 MiB a message"));
    }
    return upload_->Add(data);
  }

  void Store() {
    if (!upload_) {
      return Refuse(InvalidArgument("parent", "must be in the first message; there was none"));
    }
    const bool accepted = executor_.TryRun([this] {
      // That the client has left may be known late or never: the announced size decides.
      if (context_->IsCancelled()) {
        return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller has left"));
      }
      auto stored = service_.End(*upload_);
      if (!stored) return Refuse(stored.error());
      *response_ = std::move(*stored);
      Finish(grpc::Status::OK);
    });
    if (!accepted) Refuse(rpc::Overloaded());
  }

  void Refuse(const Error& error) { Finish(rpc::ToGrpcStatus(error)); }

  EvidenceFilesService& service_;
  rpc::Executor& executor_;
  std::atomic<int>& uploads_;
  grpc::CallbackServerContext* const context_;
  v1::EvidenceFile* const response_;
  v1::UploadEvidenceFileRequest request_;
  std::optional<EvidenceUpload> upload_;
};

// One download: a chunk is read, written, and only then the next one is read. Owns itself until
// gRPC is done with it.
class Download final : public grpc::ServerWriteReactor<google::api::HttpBody> {
 public:
  Download(EvidenceFilesService& service, rpc::Executor& executor,
           const grpc::CallbackServerContext& context,
           const v1::DownloadEvidenceFileRequest& request)
      : service_(service), executor_(executor), request_(request) {
    if (const auto call = rpc::Admit(executor_, context, request_); !call) {
      Finish(rpc::ToGrpcStatus(call.error()));
    } else {
      ReadNext();
    }
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller has left"));
    ReadNext();
  }

  void OnDone() override { delete this; }

 private:
  void ReadNext() {
    if (!executor_.TryRun([this] { WriteNext(); })) {
      Finish(rpc::ToGrpcStatus(rpc::Overloaded()));
    }
  }

  void WriteNext() {
    auto chunk = service_.ReadChunk(request_, chunk_);
    if (!chunk) return Finish(rpc::ToGrpcStatus(chunk.error()));
    body_.set_content_type(chunk_ == 0 ? chunk->content_type : "");
    body_.set_data(std::move(chunk->data));
    ++chunk_;
    if (!chunk->last) return StartWrite(&body_);
    StartWriteAndFinish(&body_, grpc::WriteOptions(), grpc::Status::OK);
  }

  EvidenceFilesService& service_;
  rpc::Executor& executor_;
  const v1::DownloadEvidenceFileRequest request_;
  int chunk_ = 0;
  google::api::HttpBody body_;
};

}  // namespace

grpc::ServerReadReactor<v1::UploadEvidenceFileRequest>* EvidenceFilesRpc::UploadEvidenceFile(
    grpc::CallbackServerContext* context, v1::EvidenceFile* response) {
  return new Upload(service_, executor_, uploads_, context, response);
}

grpc::ServerUnaryReactor* EvidenceFilesRpc::CreateEvidenceFile(
    grpc::CallbackServerContext* context, const v1::CreateEvidenceFileRequest* request,
    v1::EvidenceFile* response) {
  return rpc::Run(executor_, context, *request, *response,
                  [this](const rpc::Caller& caller, const auto& message) {
                    return service_.CreateEvidenceFile(caller, message);
                  });
}

grpc::ServerUnaryReactor* EvidenceFilesRpc::GetEvidenceFile(
    grpc::CallbackServerContext* context, const v1::GetEvidenceFileRequest* request,
    v1::EvidenceFile* response) {
  return rpc::Run(executor_, context, *request, *response,
                  [this](const rpc::Caller& caller, const auto& message) {
                    return service_.GetEvidenceFile(caller, message);
                  });
}

grpc::ServerUnaryReactor* EvidenceFilesRpc::ListEvidenceFiles(
    grpc::CallbackServerContext* context, const v1::ListEvidenceFilesRequest* request,
    v1::ListEvidenceFilesResponse* response) {
  return rpc::Run(executor_, context, *request, *response,
                  [this](const rpc::Caller& caller, const auto& message) {
                    return service_.ListEvidenceFiles(caller, message);
                  });
}

grpc::ServerWriteReactor<google::api::HttpBody>* EvidenceFilesRpc::DownloadEvidenceFile(
    grpc::CallbackServerContext* context, const v1::DownloadEvidenceFileRequest* request) {
  return new Download(service_, executor_, *context, *request);
}

}  // namespace gongkai::plans
