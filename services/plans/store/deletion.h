// Resources that are deleted but kept.
#pragma once

#include <string>

#include "services/common/status/error.h"

namespace gongkai::plans {

// FAILED_PRECONDITION: `name` was deleted and has to be undeleted first.
inline Error ResourceDeleted(const std::string& name) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "RESOURCE_DELETED",
          .message = name + " is deleted; undelete it first",
          .message_zh = "该记录已删除，请先恢复",
          .metadata = {{"resource", name}}};
}

// FAILED_PRECONDITION: there is nothing to undelete.
inline Error ResourceNotDeleted(const std::string& name) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "RESOURCE_NOT_DELETED",
          .message = name + " is not deleted",
          .message_zh = "该记录未被删除，无需恢复",
          .metadata = {{"resource", name}}};
}

}  // namespace gongkai::plans
