// A parsed plan as text that a test can compare.
#pragma once

#include <string>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// As JSON, without what differs between the formats of one document for good reason: places, and
// notes on guesses (`…_CARRIED_DOWN`) that a stated merge saves.
std::string ShowPlan(const ParsedPlan& plan);

// Whether the plan notes that something was carried down on a guess.
bool NotesGuesses(const ParsedPlan& plan);

}  // namespace gongkai::plans
