// Corrections of policy documents and interpretations.
#pragma once

#include <functional>
#include <string>

#include "services/plans/store/policy_store.h"

namespace gongkai::plans {

// What a resource becomes, from the resource as it is; an error leaves it so. Runs in the
// transaction and may run more than once.
using PolicyDocumentEdit = std::function<Result<PolicyDocumentFacts>(const Document& stored)>;
using InterpretationEdit = std::function<Result<InterpretationFacts>(const Document& stored)>;

struct PolicyStageFacts {
  std::string kind;               // label of the contract's enum
  std::optional<CivilDate> date;  // nothing for the document's day of publication
  bool with_plan = false;
  bool with_material = false;
  std::string comment;
};

// Thread-safe. Every write leaves its change in the feed, in the same transaction.
// FAILED_PRECONDITION with reason RESOURCE_DELETED or RESOURCE_NOT_DELETED where that is in the
// way; the other errors are those of the service PolicyLife.
class PolicyLifeStore {
 public:
  virtual ~PolicyLifeStore() = default;

  virtual Result<Document> UpdatePolicyDocument(const WriteContext& context,
                                                const PolicyDocumentKey& key,
                                                ExpectedRevision expected,
                                                const PolicyDocumentEdit& edit) = 0;
  virtual Result<Document> DeletePolicyDocument(const WriteContext& context,
                                                const PolicyDocumentKey& key,
                                                ExpectedRevision expected) = 0;
  virtual Result<Document> UndeletePolicyDocument(const WriteContext& context,
                                                  const PolicyDocumentKey& key,
                                                  ExpectedRevision expected) = 0;
  virtual Result<Document> RecordStage(const WriteContext& context, const PolicyDocumentKey& key,
                                       ExpectedRevision expected,
                                       const PolicyStageFacts& stage) = 0;
  virtual Result<Document> RemoveStage(const WriteContext& context, const PolicyDocumentKey& key,
                                       ExpectedRevision expected, const std::string& kind) = 0;

  virtual Result<Document> UpdateInterpretation(const WriteContext& context,
                                                const InterpretationKey& key,
                                                ExpectedRevision expected,
                                                const InterpretationEdit& edit) = 0;
  virtual Result<Document> DeleteInterpretation(const WriteContext& context,
                                                const InterpretationKey& key,
                                                ExpectedRevision expected) = 0;
  virtual Result<Document> UndeleteInterpretation(const WriteContext& context,
                                                  const InterpretationKey& key,
                                                  ExpectedRevision expected) = 0;
};

}  // namespace gongkai::plans
