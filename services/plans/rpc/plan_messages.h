// Plans and their content between the store and the contract.
#pragma once

#include <string>
#include <string_view>

#include "gongkai/plans/v1/plans.pb.h"
#include "services/plans/domain/parsed_plan.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// INVALID_ARGUMENT for more than 4000 characters.
Result<void> CheckComment(const std::string& comment);

// ChangeStartOf for a request about a plan that has a comment.
template <typename Request>
Result<ChangeStart<PlanKey>> PlanStartOf(const rpc::Caller& caller, const Request& request) {
  if (auto checked = CheckComment(request.comment()); !checked) return Fail(checked.error());
  return ChangeStartOf(caller, request, &ParsePlanName, kPlanForm);
}

// The plan as if it had just been read from a document, without its issues.
Result<ParsedPlan> ToParsedPlan(const PlanContent& content);

}  // namespace gongkai::plans
