// A document on its way to the caller: made on the executor, then sent piece by piece.
#pragma once

#include <google/api/httpbody.pb.h>
#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <functional>
#include <optional>

#include "services/common/rpc/executor.h"
#include "services/reporting/rpc/documents_service.h"

namespace gongkai::reporting {

// A piece is read, written, and only then the next one is read, so that a caller that is slow holds
// neither a worker nor memory. Owns itself until gRPC is done with it.
class DocumentStream final : public grpc::ServerWriteReactor<google::api::HttpBody> {
 public:
  using Make = std::function<Result<Document>(const DocumentsService::Cancelled&)>;

  DocumentStream(rpc::Executor& executor, grpc::CallbackServerContext* context, Make make);

  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  void Begin();
  void WriteNext();
  void Refuse(const Error& error);

  rpc::Executor& executor_;
  grpc::CallbackServerContext* const context_;
  const Make make_;
  std::optional<Document> document_;
  std::int64_t offset_ = 0;
  google::api::HttpBody body_;
};

// `attachment` with the name as RFC 6266 and RFC 5987 write it: what is no letter or digit of ASCII
// is percent-encoded, so that the value fits a header.
std::string ContentDisposition(std::string_view file_name);

}  // namespace gongkai::reporting
