#include "services/plans/importer/document_error.h"

#include <string>

namespace gongkai::plans::importer {

Error DocumentUnreadable(Complaint complaint) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "DOCUMENT_UNREADABLE",
          .message = std::string(complaint.message),
          .message_zh = std::string(complaint.message_zh)};
}

Error DocumentTooLarge(Complaint complaint, size_t limit) {
  const std::string number = std::to_string(limit);
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "DOCUMENT_TOO_LARGE",
          .message = "the document has " + std::string(complaint.message) + " (the limit is " +
                     number + "); send the plan alone, without pictures and attachments",
          .message_zh = "文件过大：" + std::string(complaint.message_zh) + "（上限 " + number +
                        "），请只上传方案正文和任务分解表",
          .metadata = {{"limit", number}}};
}

}  // namespace gongkai::plans::importer
