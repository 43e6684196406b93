#include "services/common/rpc/status_mapping.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace gongkai::rpc {

grpc::Status ToGrpcStatus(const Error& error) {
  google::rpc::Status status;
  status.set_code(static_cast<int>(error.code));
  status.set_message(error.message);

  google::rpc::ErrorInfo info;
  info.set_reason(error.reason);
  info.set_domain(kErrorDomain);
  for (const auto& [key, value] : error.metadata) (*info.mutable_metadata())[key] = value;
  status.add_details()->PackFrom(info);

  if (!error.violations.empty()) {
    google::rpc::BadRequest bad_request;
    for (const auto& violation : error.violations) {
      auto* field_violation = bad_request.add_field_violations();
      field_violation->set_field(violation.field);
      field_violation->set_description(violation.description);
    }
    status.add_details()->PackFrom(bad_request);
  }
  if (!error.message_zh.empty()) {
    google::rpc::LocalizedMessage localized;
    localized.set_locale("zh-CN");
    localized.set_message(error.message_zh);
    status.add_details()->PackFrom(localized);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(error.code), error.message,
                      status.SerializeAsString());
}

Error FromGrpcStatus(const grpc::Status& status) {
  Error error{.code = static_cast<ErrorCode>(status.error_code()),
              .message = status.error_message()};
  error.reason = CodeName(error.code);
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return error;
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    google::rpc::LocalizedMessage localized;
    if (detail.UnpackTo(&info)) {
      error.reason = info.reason();
      error.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        error.violations.push_back({violation.field(), violation.description()});
      }
    } else if (detail.UnpackTo(&localized)) {
      error.message_zh = localized.message();
    }
  }
  return error;
}

}  // namespace gongkai::rpc
