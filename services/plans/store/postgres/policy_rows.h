// What the stores of policies share: the lock, and what a row must agree with once it is written.
#pragma once

#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/store/policy_store.h"
#include "services/plans/store/postgres/access.h"

namespace gongkai::plans {

// Writers of one division's policy documents, interpretations and activities wait for each other:
// what is checked after a write stays true until its commit.
void LockPolicies(postgres::Session& session, DivisionCode division);

// NOT_FOUND for the first document that the division does not have; FAILED_PRECONDITION for the
// first that is deleted, unless the interpretation links to it already. Number 0 for a new one.
Result<void> CheckDocuments(postgres::Session& session, const InterpretationKey& key,
                            const std::vector<int>& documents);

// Whether the document as just written agrees with the others of the division, with its stages and
// with its interpretations; the error that says what it does not agree with.
Result<void> CheckPolicyDocument(postgres::Session& session, const PolicyDocumentKey& key);
// The same of an interpretation, with the other acts and its documents.
Result<void> CheckInterpretation(postgres::Session& session, const InterpretationKey& key);

// Runs a statement with the parameters $1 division, $2 to $16 the facts, then `further`.
template <typename... Further>
pqxx::result ExecuteWith(postgres::Session& session, const postgres::Statement& statement,
                         DivisionCode division, const PolicyDocumentFacts& facts,
                         Further&&... further) {
  return session.Execute(statement, division.value, facts.title, facts.document_number, facts.unit,
                         facts.issuing_level, FormatDate(facts.publish_date), facts.disclosure,
                         facts.disclosure_reason, facts.must_interpret, facts.issuer,
                         facts.normative, facts.concerns_public, facts.must_interpret_by_rule,
                         facts.must_interpret_reason, facts.interpretation_plan,
                         facts.interpretation_material, std::forward<Further>(further)...);
}

// $1 division, $2 to $12 the facts, then `further`.
template <typename... Further>
pqxx::result ExecuteWith(postgres::Session& session, const postgres::Statement& statement,
                         DivisionCode division, const InterpretationFacts& facts,
                         Further&&... further) {
  return session.Execute(statement, division.value, facts.title, facts.unit, facts.form,
                         facts.interpreter, NumbersLiteral(facts.policy_documents),
                         FormatDate(facts.publish_date), facts.url, ArrayLiteral(facts.repost_urls),
                         facts.pre_publication, facts.interpreter_post,
                         ArrayLiteral(facts.address_keys), std::forward<Further>(further)...);
}

}  // namespace gongkai::plans
