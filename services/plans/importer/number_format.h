// Numbers of a workbook as Excel shows them, as far as plans need it.
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Immutable and thread-safe once built.
class NumberFormats {
 public:
  // From the roots of styles.xml, which may be null, and of the workbook. Keeps no reference.
  NumberFormats(pugi::xml_node styles, pugi::xml_node workbook);

  // The number of a cell with the style at that index. Under a date's format 45473 is
  // `2024年6月30日`, under that of a share 0.6 is `60%`, and under any other 3.0 is `3`.
  Text Show(std::string_view number, size_t style) const;

 private:
  enum class Kind { kPlain, kDate, kPercent };

  static Kind KindOf(std::string_view code);

  std::vector<Kind> kinds_;  // by style
  bool since_1904_ = false;
};

}  // namespace gongkai::plans::importer
