// What the lines around a title tell: the document's number and its date.
#pragma once

#include <cstddef>
#include <optional>

#include "services/common/time/civil_date.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// `某政办发〔2023〕5号` at the start of the text; empty where there is none.
TextView NumberAtStart(TextView text);

struct DateMatch {
  CivilDate date;
  size_t end;  // behind the date
};

// The date that the text begins with, in digits or Chinese numerals, also in brackets.
std::optional<DateMatch> DateAtStart(TextView text);

// The first date in the text and its end.
std::optional<DateMatch> DateIn(TextView text);

}  // namespace gongkai::plans::importer
