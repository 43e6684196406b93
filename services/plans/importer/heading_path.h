// The headings above a place in the document.
#pragma once

#include <utility>
#include <vector>

#include "services/plans/importer/numbering.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// A heading replaces those of its own level and below; one without a number counts as outermost.
//   `一、主要任务`, `（一）加强解读`, `（二）回应关切` → path 主要任务 / 回应关切
class HeadingPath {
 public:
  void Push(TextView heading) {
    const auto numbering = ParseNumbering(heading);
    Push(numbering ? numbering->level : NumberLevel::kPart, Text(WithoutNumbering(heading)));
  }

  void Push(NumberLevel level, Text name) {
    EndAt(level);
    headings_.push_back({level, std::move(name)});
  }

  // A heading of that level begins elsewhere and ends those of its own level and below.
  void EndAt(NumberLevel level) {
    while (!headings_.empty() && headings_.back().level >= level) headings_.pop_back();
  }

  // Outermost first.
  std::vector<Text> texts() const {
    std::vector<Text> texts;
    for (const Heading& heading : headings_) texts.push_back(heading.text);
    return texts;
  }

  // The headings above a clause of that level.
  std::vector<Text> AboveLevel(NumberLevel level) const {
    std::vector<Text> texts;
    for (const Heading& heading : headings_) {
      if (heading.level < level) texts.push_back(heading.text);
    }
    return texts;
  }

 private:
  struct Heading {
    NumberLevel level;
    Text text;
  };
  std::vector<Heading> headings_;
};

}  // namespace gongkai::plans::importer
