// Several JSON texts in one body.
#pragma once

#include <string_view>
#include <vector>

namespace gongkai {

// The texts one after the other (NDJSON, or with any other space between them), or the elements of
// the one array that the body is. What is no JSON comes as it stands, from there to the end, for
// the reader to refuse. The views point into `body`.
//
//   "{\"a\":1}\n{}\n"  →  `{"a":1}`, `{}`
std::vector<std::string_view> SplitJsonSequence(std::string_view body);

}  // namespace gongkai
