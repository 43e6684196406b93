// A task in one line, to compare with what a person has read: see testdata/corpus/README.md.
#pragma once

#include <string>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// Columns parted by tabs; texts shortened to what may be kept of a document.
std::string FactsOf(const ParsedTask& task);

}  // namespace gongkai::plans
