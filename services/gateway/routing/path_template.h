// Path templates of google.api.http.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::gateway {

struct PathTemplate {
  enum class SegmentKind { kLiteral, kOne, kRest };  // `units`, `*`, `**`

  struct Segment {
    SegmentKind kind = SegmentKind::kLiteral;
    std::string literal;
  };
  // A variable stands for the segments from `begin` to before `end`.
  struct Variable {
    std::string field_path;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool several = false;  // more than one segment, or `**`
  };

  std::vector<Segment> segments;
  std::vector<Variable> variables;
  std::string verb;
};

// `/v1/{name=units/*}:merge` → segments v1, units, *; variable `name` for the last two; verb merge.
// INVALID_ARGUMENT says where the template breaks the grammar.
Result<PathTemplate> ParsePathTemplate(std::string_view text);

}  // namespace gongkai::gateway
