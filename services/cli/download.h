// Documents that a service sends in pieces, into a file.
#pragma once

#include <google/api/httpbody.pb.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include <functional>
#include <memory>
#include <string>

#include "services/cli/service_call.h"
#include "services/common/status/error.h"

namespace gongkai::cli {

using PieceReader = std::unique_ptr<grpc::ClientReader<google::api::HttpBody>>;

// Saves what `start(context)` sends under `file`, `-` for standard output, or, where it is empty,
// in the present folder under the name that the service gives; the path where it was saved. A
// document that breaks off leaves no file, and one that stood there stays. UNAVAILABLE with reason
// SERVICE_UNREACHABLE, FAILED_PRECONDITION with reason FILE_UNWRITABLE, or what the service says.
Result<std::string> Download(const ServiceAddress& service,
                             const std::function<PieceReader(grpc::ClientContext*)>& start,
                             const std::string& file);

// The name in a content-disposition: `attachment; filename*=UTF-8''a%20b.csv` → `a b.csv`; only its
// last part where it is a path, and `document` where there is none.
std::string FileNameIn(std::string_view disposition);

}  // namespace gongkai::cli
