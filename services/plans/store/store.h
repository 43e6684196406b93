// What the stores share: documents, pages, and who writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/plans/list/list_query.h"

namespace gongkai::plans {

// A resource in the JSON form of the contract.
using Document = std::string;

// One page of a list.
struct Page {
  std::vector<Document> documents;
  std::string next_page_token;  // empty on the last page
};

// The circumstances of a write.
struct WriteContext {
  std::string actor;           // who; goes into the feed, the history of states and the audit trail
  std::string address;         // from where, and …
  std::string trace_id;        // … in which trace: for the audit trail
  std::string method;          // which call, for request_id
  std::string request_id;      // empty if the caller gave none
  bool validate_only = false;  // check everything, answer as if it were done, change nothing
};

// The revision that the caller believes to change; nothing for any. A mismatch is ABORTED with
// reason ETAG_MISMATCH.
using ExpectedRevision = std::optional<int>;

// ABORTED with reason ETAG_MISMATCH: `name` is at `revision` and not where the caller believes.
inline Error RevisionMismatch(const std::string& name, int revision) {
  return {.code = ErrorCode::kAborted,
          .reason = "ETAG_MISMATCH",
          .message = name + " was changed meanwhile; read it again (its etag is now \"" +
                     std::to_string(revision) + "\")",
          .message_zh = "数据已被他人修改，请刷新后重试",
          .metadata = {{"resource", name}, {"etag", std::to_string(revision)}}};
}

}  // namespace gongkai::plans
