// Policy documents and interpretations.
#pragma once

#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewPolicyDocument {
  std::string title;
  std::string document_number;
  int unit = 0;
  std::string issuing_level;  // label of the contract's enum
  CivilDate publish_date;
  std::string disclosure;  // label of the contract's enum
  std::string disclosure_reason;
  bool must_interpret = false;
};

struct NewInterpretation {
  std::string title;
  int unit = 0;
  std::string form;         // label of the contract's enum
  std::string interpreter;  // label of the contract's enum
  std::vector<int> policy_documents;
  CivilDate publish_date;
  std::string url;
};

// Thread-safe. Every write leaves its change in the feed, in the same transaction.
class PolicyStore {
 public:
  virtual ~PolicyStore() = default;

  // NOT_FOUND for a unit that the division does not have.
  virtual Result<Document> CreatePolicyDocument(const WriteContext& context, DivisionCode division,
                                                const NewPolicyDocument& document) = 0;
  virtual Result<Document> GetPolicyDocument(const PolicyDocumentKey& key) = 0;
  // Newest first.
  virtual Result<Page> ListPolicyDocuments(DivisionCode division, const ListQuery& query) = 0;

  // NOT_FOUND for a unit or document that the division does not have; ALREADY_EXISTS for an
  // address that is recorded already.
  virtual Result<Document> CreateInterpretation(const WriteContext& context, DivisionCode division,
                                                const NewInterpretation& interpretation) = 0;
  virtual Result<Document> GetInterpretation(const InterpretationKey& key) = 0;
  // Newest first.
  virtual Result<Page> ListInterpretations(DivisionCode division, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
