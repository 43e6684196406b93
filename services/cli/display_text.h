// Text in columns of a terminal, where a Chinese character takes two cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gongkai::cli {

// Cells that valid UTF-8 takes: `2023年` → 6.
size_t DisplayWidth(std::string_view text);

// The text cut and padded to exactly `width` cells, 2 or more; `…` marks a cut.
std::string FitWidth(std::string_view text, size_t width);

}  // namespace gongkai::cli
