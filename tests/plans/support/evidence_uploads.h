// Files of evidence over real gRPC.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "gongkai/plans/v1/evidence_files.grpc.pb.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans::testing {

inline constexpr std::size_t kPieceBytes = 64 * 1024;

// A file that is told to be a PDF, of that size.
inline std::string Pdf(std::size_t size, char filling = 'x') {
  std::string content = "%PDF-1.7\n";
  content.resize(std::max(size, content.size()), filling);
  return content;
}

struct UploadOptions {
  std::string unit = "divisions/370124/units/2";
  std::string file_name = "证明.pdf";
  std::string request_id = "";
  bool validate_only = false;
  int announced_bytes = -1;  // the size of the content
};

class EvidenceUploads {
 public:
  explicit EvidenceUploads(PlansWorld& world)
      : world_(world), stub_(v1::EvidenceFiles::NewStub(world.channel())) {}

  v1::EvidenceFiles::Stub& stub() { return *stub_; }

  // In pieces, as a client with a large file does.
  Result<v1::EvidenceFile> Upload(const std::string& content, const UploadOptions& options = {}) {
    return UploadFrom(content.size(), options,
                      [&](std::size_t offset) { return content.substr(offset, kPieceBytes); });
  }

  // `piece(offset)` gives what comes from that offset on, at most kPieceBytes.
  template <typename Piece>
  Result<v1::EvidenceFile> UploadFrom(std::size_t size, const UploadOptions& options, Piece piece) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(240));
    context.AddMetadata("x-gongkai-actor", "tester");
    v1::EvidenceFile file;
    const auto writer = stub_->UploadEvidenceFile(&context, &file);
    auto request = First(size, options);
    for (std::size_t offset = 0; offset < size; offset += kPieceBytes) {
      request.mutable_content()->set_data(piece(offset));
      if (!writer->Write(request)) break;
      request.Clear();
    }
    writer->WritesDone();
    const auto status = writer->Finish();
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    return file;
  }

  // Calls `take(bytes)` with each piece; the content type, or the error.
  template <typename Take>
  Result<std::string> Download(const std::string& name, Take take) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(240));
    v1::DownloadEvidenceFileRequest request;
    request.set_name(name);
    const auto reader = stub_->DownloadEvidenceFile(&context, request);
    std::string content_type;
    for (google::api::HttpBody body; reader->Read(&body);) {
      content_type += body.content_type();
      take(body.data());
    }
    const auto status = reader->Finish();
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    return content_type;
  }

  Result<v1::ProgressReport> Report(const std::string& occurrence, const v1::Evidence& evidence) {
    v1::CreateProgressReportRequest request;
    request.set_parent(occurrence);
    request.mutable_progress_report()->set_text("已完成");
    *request.mutable_progress_report()->add_evidence() = evidence;
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::CreateProgressReport, request);
  }

  static v1::UploadEvidenceFileRequest First(std::size_t size, const UploadOptions& options) {
    v1::UploadEvidenceFileRequest request;
    request.set_parent(options.unit);
    request.set_file_name(options.file_name);
    request.set_size_bytes(options.announced_bytes < 0 ? static_cast<int>(size)
                                                       : options.announced_bytes);
    request.set_request_id(options.request_id);
    request.set_validate_only(options.validate_only);
    return request;
  }

 private:
  PlansWorld& world_;
  const std::unique_ptr<v1::EvidenceFiles::Stub> stub_;
};

inline v1::Evidence File(const std::string& name) {
  v1::Evidence evidence;
  evidence.set_file(name);
  return evidence;
}

inline v1::Evidence Url(const std::string& url) {
  v1::Evidence evidence;
  evidence.set_url(url);
  return evidence;
}

inline v1::Evidence DocumentNumber(const std::string& number) {
  v1::Evidence evidence;
  evidence.set_document_number(number);
  return evidence;
}

}  // namespace gongkai::plans::testing
