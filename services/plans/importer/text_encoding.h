// Text in the encodings in which offices send it.
#pragma once

#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// UTF-16 with a byte-order mark, UTF-8, or GB18030 (with GBK and GB2312, which it contains), told
// by the bytes. UTF-8 is tried before GB18030, and bytes are GB18030 only where they decode without
// a fault and most of the text is made of the common Chinese characters: other bytes decode as
// well, to rare ones. A byte-order mark stays as the first code point.
//
// INVALID_ARGUMENT with reason DOCUMENT_UNREADABLE and metadata `offset`, the byte where it stops
// being UTF-8 (or UTF-16), for anything else, a NUL character included.
Result<Text> DecodeText(std::string_view bytes);

}  // namespace gongkai::plans::importer
