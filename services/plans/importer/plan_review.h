// What a person should look at in a plan that was just read.
#pragma once

#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/draft_task.h"
#include "services/plans/importer/header_facts.h"

namespace gongkai::plans::importer {

// Facts about the reading that the plan itself does not keep.
struct ReviewContext {
  const Document& document;
  const DraftTasks& drafts;  // one for each task of the plan, in its order
  const HeaderFacts& facts;
  bool units_from_addressees = false;
};

// Issues of the plan as a whole first, then of its tasks: see issue_code.h.
std::vector<ParseIssue> ReviewPlan(const ParsedPlan& plan, const ReviewContext& context);

}  // namespace gongkai::plans::importer
