// A batch of the change feed as facts, with the place in the feed where it ends.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

struct Batch {
  std::string after_token;   // where the feed was read from; empty for its beginning
  std::string resume_token;  // where it continues after this batch
  // Every change committed before this moment has been sent; nothing if the feed did not say.
  std::optional<std::chrono::system_clock::time_point> current_as_of;

  // The day in Shanghai on which all of this became known; nothing for the present day. A day
  // before one that the projection has seen counts as that day: a closed day is never told anew.
  std::optional<CivilDate> known_day;

  // W3C trace contexts of calls whose writes these are, as far as they were traced.
  static constexpr std::size_t kMostTraces = 64;
  std::vector<std::string> traces;

  // In any order, and the same resource any number of times: the highest revision counts.
  std::vector<DivisionFact> divisions;
  std::vector<UnitFact> units;
  std::vector<PlanFact> plans;
  std::vector<TaskFact> tasks;
  std::vector<AssignmentFact> assignments;
  std::vector<OccurrenceFact> occurrences;
  std::vector<PolicyDocumentFact> documents;
  std::vector<InterpretationFact> interpretations;

  // How many facts of all kinds.
  std::size_t size() const;
};

}  // namespace gongkai::reporting
