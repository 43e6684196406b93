// Policy documents and interpretations: adding and reading them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// What callers say of a document, checked; labels are those of the contract's enums.
struct PolicyDocumentFacts {
  std::string title;
  std::string document_number;
  int unit = 0;
  std::string issuing_level;
  CivilDate publish_date;
  std::string disclosure;
  std::string disclosure_reason;
  bool must_interpret = false;
  std::string issuer;
  bool normative = false;
  bool concerns_public = false;
  bool must_interpret_by_rule = false;
  std::string must_interpret_reason;
  std::optional<Document> interpretation_plan;  // JSON of Evidence
  std::optional<Document> interpretation_material;
};

// What callers say of an interpretation, checked.
struct InterpretationFacts {
  std::string title;
  int unit = 0;
  std::string form;
  std::string interpreter;
  std::vector<int> policy_documents;  // ascending, each once
  CivilDate publish_date;
  std::string url;
  std::vector<std::string> repost_urls;
  bool pre_publication = false;
  std::string interpreter_post;
  std::vector<std::string> address_keys;  // of url and repost_urls, see ComparableAddress
};

// Thread-safe. Every write leaves its change in the feed, in the same transaction.
class PolicyStore {
 public:
  virtual ~PolicyStore() = default;

  // NOT_FOUND for a unit that the division does not have; ALREADY_EXISTS for a document number that
  // it has already.
  virtual Result<Document> CreatePolicyDocument(const WriteContext& context, DivisionCode division,
                                                const PolicyDocumentFacts& facts) = 0;
  virtual Result<Document> GetPolicyDocument(const PolicyDocumentKey& key) = 0;
  // Newest first.
  virtual Result<Page> ListPolicyDocuments(DivisionCode division, bool with_deleted,
                                           const ListQuery& query) = 0;

  // NOT_FOUND for a unit or document that the division does not have, FAILED_PRECONDITION for a
  // document that is deleted; ALREADY_EXISTS for an address that is recorded already;
  // INVALID_ARGUMENT for an act before its document.
  virtual Result<Document> CreateInterpretation(const WriteContext& context, DivisionCode division,
                                                const InterpretationFacts& facts) = 0;
  virtual Result<Document> GetInterpretation(const InterpretationKey& key) = 0;
  // Newest first.
  virtual Result<Page> ListInterpretations(DivisionCode division, bool with_deleted,
                                           const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
