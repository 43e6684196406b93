// From a plan and a changed document of it to the content that the plan gets: one way for preview,
// re-import and amendment.
#pragma once

#include <set>
#include <string>

#include "services/plans/domain/directory.h"
#include "services/plans/importer/document_converter.h"
#include "services/plans/rpc/plan_editor.h"

namespace gongkai::plans {

// What to take from the document: every change, or those with these ids.
struct Acceptance {
  std::set<std::string> ids;  // empty: all, the plan's own facts included
};

// The plan in the document, read as ImportPlan reads it: to be called before the plan is locked,
// since another program may have to convert the document. INVALID_ARGUMENT as the importer, and
// with reason PLAN_OF_ANOTHER_YEAR for a document of another year. `plan` is a v1::Plan.
Result<ParsedPlan> ReadForPlan(const Document& plan, const std::string& document,
                               importer::DocumentConverter* converter);

// Brings the stored content to that of the document. A task that is the same stays the same, with
// the place where the new document has it. INVALID_ARGUMENT for an id that no change has.
Result<ContentChange> Reimport(const PlanContent& content, const ParsedPlan& document,
                               const Acceptance& acceptance, const Directory& directory);

}  // namespace gongkai::plans
