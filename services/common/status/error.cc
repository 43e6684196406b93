#include "services/common/status/error.h"

namespace gongkai {

Error InvalidArgument(std::string field, std::string description, std::string message_zh) {
  return InvalidArguments({{std::move(field), std::move(description)}}, std::move(message_zh));
}

Error InvalidArguments(std::vector<FieldViolation> violations, std::string message_zh) {
  Error error{.code = ErrorCode::kInvalidArgument,
              .reason = "INVALID_ARGUMENT",
              .message_zh = std::move(message_zh)};
  for (const auto& violation : violations) {
    if (!error.message.empty()) error.message += "; ";
    error.message += violation.field + ": " + violation.description;
  }
  if (error.message_zh.empty()) error.message_zh = "请求有误：" + error.message;
  error.violations = std::move(violations);
  return error;
}

Error NotFound(std::string_view resource_name) {
  std::string name(resource_name);
  return {.code = ErrorCode::kNotFound,
          .reason = "NOT_FOUND",
          .message = name + " does not exist",
          .message_zh = "找不到 " + name,
          .metadata = {{"resource", name}}};
}

Error Internal(std::string message) {
  return {.code = ErrorCode::kInternal,
          .reason = "INTERNAL",
          .message = std::move(message),
          .message_zh = "系统内部错误，请联系管理员"};
}

Error Unavailable(std::string reason, std::string message) {
  return {.code = ErrorCode::kUnavailable,
          .reason = std::move(reason),
          .message = std::move(message),
          .message_zh = "服务暂不可用，请稍后重试"};
}

std::string_view CodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kCancelled:
      return "CANCELLED";
    case ErrorCode::kUnknown:
      return "UNKNOWN";
    case ErrorCode::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case ErrorCode::kDeadlineExceeded:
      return "DEADLINE_EXCEEDED";
    case ErrorCode::kNotFound:
      return "NOT_FOUND";
    case ErrorCode::kAlreadyExists:
      return "ALREADY_EXISTS";
    case ErrorCode::kPermissionDenied:
      return "PERMISSION_DENIED";
    case ErrorCode::kResourceExhausted:
      return "RESOURCE_EXHAUSTED";
    case ErrorCode::kFailedPrecondition:
      return "FAILED_PRECONDITION";
    case ErrorCode::kAborted:
      return "ABORTED";
    case ErrorCode::kOutOfRange:
      return "OUT_OF_RANGE";
    case ErrorCode::kUnimplemented:
      return "UNIMPLEMENTED";
    case ErrorCode::kInternal:
      return "INTERNAL";
    case ErrorCode::kUnavailable:
      return "UNAVAILABLE";
    case ErrorCode::kDataLoss:
      return "DATA_LOSS";
    case ErrorCode::kUnauthenticated:
      return "UNAUTHENTICATED";
  }
  return "UNKNOWN";
}

}  // namespace gongkai
