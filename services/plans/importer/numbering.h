// Numbers in front of headings and items: 一、（一）1. （1）① and what becomes of them in practice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Outermost first.
enum class NumberLevel {
  kPart,        // 第一部分, 第一章
  kArticle,     // 第一条: what is numbered below it belongs to its text
  kSection,     // 一、 第一节
  kSubsection,  // （一） ㈠, also with mismatched brackets
  kItem,        // 1. 1． 1、 ⒈
  kSubitem,     // （1） 1） ⑴ 1.1
  kCircled,     // ① 1.1.1
};
inline constexpr size_t kNumberLevels = 7;

struct Numbering {
  NumberLevel level = NumberLevel::kItem;
  int32_t value = 0;
  // The number without brackets and dots: `16`, `三`.
  Text printed;
  // Code points that the numbering takes at the start of the text, white space included.
  size_t length = 0;
};

// `（二）加强解读` → kSubsection, 2, `二`, 3. Nothing for text without a number, and for numbers
// that are part of it: `一、二级响应`, `3.5万元`, `2021年底前`.
std::optional<Numbering> ParseNumbering(TextView text);

// Whether the number counts within another one: `1.1`, `2.1.3`, `2、1`.
bool IsDecimal(const Numbering& numbering);

// A Chinese number that has lost its mark: `一加强领导` → kSection, 1. Any text may begin like
// this, so that only a row of such headings tells that they are numbered.
std::optional<Numbering> ParseBareSection(TextView text);

// A number and nothing else: `3`, `（三）`, `三、`.
bool IsBareNumber(TextView text);

// An item number that has lost its dot: `49完善制度` with `expected` 49 → kItem, 49.
std::optional<Numbering> ParseBareNumber(TextView text, int32_t expected);

// The text behind its numbering, if any.
TextView WithoutNumbering(TextView text);

}  // namespace gongkai::plans::importer
