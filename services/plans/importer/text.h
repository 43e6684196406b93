// Text of a document as Unicode code points, so that an index is an offset of the contract.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <iterator>
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

// The like for any of several words, given as a list or an array.
template <typename Words>
bool StartsWithAny(TextView text, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return StartsWith(text, word); });
}
template <typename Words>
bool EndsWithAny(TextView text, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return EndsWith(text, word); });
}
template <typename Words>
bool ContainsAny(TextView text, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return Contains(text, word); });
}

// A list of words where they are used: `EndsWithAny(name, Words{U"局", U"办"})`.
using Words = std::initializer_list<TextView>;

bool IsOpenBracket(char32_t c);   // （ ( 〔 ［ [ 【
bool IsCloseBracket(char32_t c);  // their counterparts
// The place of the bracket that closes the one at `open`, or npos; looks 400 code points ahead.
size_t ClosingBracket(TextView text, size_t open);

// The text that a reader sees: without leftovers of the word processor, invisible characters and
// white space, which stays only between two Latin words.
//   `[bookmark: _GoBack]2021 年　要点` → `2021年要点`; `Web 2.0` stays.
Text CleanText(TextView text);

}  // namespace gongkai::plans::importer
