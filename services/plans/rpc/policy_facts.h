// What a request says of a policy document or an interpretation, checked.
#pragma once

#include "gongkai/plans/v1/policies.pb.h"
#include "services/plans/store/policy_store.h"

namespace gongkai::plans {

// INVALID_ARGUMENT with every field at fault, by its path below `policy_document`.
Result<PolicyDocumentFacts> FactsOf(const v1::PolicyDocument& document, DivisionCode division);

// INVALID_ARGUMENT with every field at fault, by its path below `interpretation`.
Result<InterpretationFacts> FactsOf(const v1::Interpretation& interpretation,
                                    DivisionCode division);

}  // namespace gongkai::plans
