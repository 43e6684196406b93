// What the projection says of days that it does not know.
#pragma once

#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"

namespace gongkai::reporting {

// OUT_OF_RANGE: only what was known from `known_since` on is kept.
inline Error NotKnownThen(CivilDate known_since) {
  const auto since = FormatDate(known_since);
  return {
      .code = ErrorCode::kOutOfRange,
      .reason = "NOT_KNOWN_THEN",
      .message = "what was known before " + since + " is not kept: ask for that day or a later one",
      .message_zh = "只保留" + since + "以来的数据，请选择这一天或之后的日期",
      .metadata = {{"known_since", since}}};
}

}  // namespace gongkai::reporting
