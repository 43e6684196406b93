// The two reasons why a document is refused before any rule has seen it.
#pragma once

#include <cstddef>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::plans::importer {

// A sentence for developers and one for users, each with what is wrong and what to do.
struct Complaint {
  std::string_view message;
  std::string_view message_zh;
};

// INVALID_ARGUMENT, DOCUMENT_UNREADABLE.
Error DocumentUnreadable(Complaint complaint);

// INVALID_ARGUMENT, DOCUMENT_TOO_LARGE, with metadata `limit`. `complaint` names what is counted:
// `more than 200 table columns`.
Error DocumentTooLarge(Complaint complaint, size_t limit);

}  // namespace gongkai::plans::importer
