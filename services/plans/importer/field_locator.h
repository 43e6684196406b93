// Where the fields of a task stand in the document.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

SourceSpan ToSource(Span span);

// Looks for texts in the cells or paragraphs that they were read from, one after the other. The
// document's text must outlive it. Not thread-safe.
//
//   `\t县财政局、\n县司法局`: Find(U"县财政局") → the first four, Find(U"县司法局") → the last four
class FieldLocator {
 public:
  FieldLocator(TextView document, std::vector<Span> places)
      : document_(document), places_(std::move(places)) {}

  // The place of `text`, white space and line ends aside: the next one behind what was found last,
  // else the first one. Nothing where it does not stand there word for word, and after several
  // texts that did not, so that the work stays linear in the length of the places.
  std::optional<Span> Find(TextView text);

  // The place of `text`, else the cell or paragraph that it must come from; no source where there
  // is none.
  Origin Locate(TextView text, Confidence confidence);

 private:
  std::optional<Span> FindIn(Span range, TextView text) const;
  size_t MatchEnd(size_t at, size_t end, TextView text) const;

  TextView document_;
  std::vector<Span> places_;
  size_t place_ = 0;   // of what was found last
  size_t cursor_ = 0;  // its end
  int misses_ = 0;
};

}  // namespace gongkai::plans::importer
