// Units that one document names in two ways.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans::importer {

struct UnitAlias {
  std::string alias;
  std::string name;
  std::optional<SourceSpan> source;  // of the alias, where it is named first
};

// Short names beside full ones: the same first and last character (县…局), and every other one in
// the full name, in its order. A short name that could stand for two full ones is left out.
//   县发改局 and 县发展和改革局; not 县财政局 and 县医疗保障局
std::vector<UnitAlias> FindAliases(const std::vector<ParsedTask>& tasks);

}  // namespace gongkai::plans::importer
