// The numbers that Word prints in front of paragraphs and that their text does not contain.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// A number in one of Word's formats: `chineseCounting`, 12 → `十二`; `decimal`, 12 → `12`. Empty
// for `bullet` and `none`; decimal for formats that plans do not use.
Text FormatWordNumber(std::string_view format, int32_t value);

// Counts along, so paragraphs must come in the order of the document. Not thread-safe.
class WordNumbering {
 public:
  // From the roots of numbering.xml and styles.xml, either of which may be null. Keeps no
  // reference.
  WordNumbering(pugi::xml_node numbering, pugi::xml_node styles);

  // What stands in front of the paragraph `w:p`, e.g. `（三）`; empty where it bears no number.
  Text Next(pugi::xml_node paragraph);

 private:
  static constexpr size_t kLevels = 9;

  struct Level {
    int32_t start = 1;
    std::string format = "decimal";
    Text text;             // `（%1）`
    std::string style;     // of the paragraphs that bear this level by their style alone
    bool decimal = false;  // the numbers of outer levels are printed as decimals
  };
  using Levels = std::array<Level, kLevels>;
  using Counters = std::array<std::optional<int32_t>, kLevels>;

  // A w:num: what paragraphs refer to.
  struct List {
    std::string counters;  // lists of one w:abstractNum count together
    Levels levels;
    Counters restarts;  // numbers that its first paragraph of a level begins with
  };
  struct StyleNumber {
    std::string list;
    std::optional<size_t> level;
    std::string parent;
  };
  struct Place {
    std::string list;
    size_t level = 0;
  };

  static Level ReadLevel(pugi::xml_node node);
  void ReadLists(pugi::xml_node numbering);
  void ReadStyles(pugi::xml_node styles);
  std::optional<Place> PlaceOf(pugi::xml_node paragraph) const;
  Text Count(List& list, size_t level);

  std::map<std::string, List, std::less<>> lists_;
  std::map<std::string, StyleNumber, std::less<>> styles_;
  std::map<std::string, Counters> counters_;
};

}  // namespace gongkai::plans::importer
