// Text of a document as Unicode code points, so that an index is an offset of the contract.
#pragma once

#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::plans::importer {

using Text = std::u32string;
using TextView = std::u32string_view;

// INVALID_ARGUMENT with reason DOCUMENT_UNREADABLE and metadata `offset` (in bytes) for anything
// that is not UTF-8 text, a NUL character included.
Result<Text> DecodeUtf8(std::string_view bytes);

std::string EncodeUtf8(TextView text);

// White space of any width, no-break space included.
bool IsSpace(char32_t c);
// Control characters, soft hyphens and the like: nothing that a reader sees, and no space.
bool IsInvisible(char32_t c);
// 0 to 9, ASCII or full width.
bool IsDigit(char32_t c);
// A Chinese character.
bool IsHan(char32_t c);
// One of the code points of `set`.
bool IsOneOf(char32_t c, TextView set);

TextView Trim(TextView text);
bool StartsWith(TextView text, TextView prefix);
bool EndsWith(TextView text, TextView suffix);
bool Contains(TextView text, TextView part);

// The text that a reader sees: without leftovers of the word processor, invisible characters and
// white space, which stays only between two Latin words.
//   `[bookmark: _GoBack]2021 年　要点` → `2021年要点`; `Web 2.0` stays.
Text CleanText(TextView text);

}  // namespace gongkai::plans::importer
