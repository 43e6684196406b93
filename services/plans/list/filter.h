// The filter of a list request: Google's AIP-160 without functions.
//
//   state = OPEN AND (due_date < 2026-07-01 OR due_kind = ONGOING) AND NOT unit =
//   "divisions/1/units/2"
//
// As in AIP-160, OR binds tighter than AND: `a AND b OR c` is `a AND (b OR c)`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::plans::list {

enum class Operator { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kHas };

// `due_date < 2026-07-01`. Positions count characters of the filter, from 1.
struct Restriction {
  std::string field;
  Operator op = Operator::kEqual;
  std::string value;
  int field_position = 0;
  int operator_position = 0;
  int value_position = 0;
};

// A tree; the empty conjunction holds for everything.
struct Filter {
  enum class Kind { kAnd, kOr, kNot, kRestriction };
  Kind kind = Kind::kAnd;
  std::vector<Filter> operands;  // of kAnd and kOr; one of kNot
  Restriction restriction;       // of kRestriction
};

constexpr int kMostFilterCharacters = 2000;
constexpr int kMostFilterDepth = 16;
constexpr int kMostRestrictions = 50;

// The tree of a filter; of an empty one, that which holds for everything. INVALID_ARGUMENT with
// reason INVALID_FILTER says at which character what was expected. Metadata: `position`.
Result<Filter> ParseFilter(std::string_view text);

// INVALID_ARGUMENT with reason INVALID_FILTER for what stands at that character.
Error InvalidFilter(int position, const std::string& problem, const std::string& problem_zh);

// The operator as it is written: `=`, `!=` …
std::string_view Spelling(Operator op);

}  // namespace gongkai::plans::list
