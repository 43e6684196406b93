// Scoring schemes and results as messages of the contract.
#pragma once

#include <string>
#include <vector>

#include "gongkai/reporting/v1/scoring.pb.h"
#include "services/reporting/scoring/evaluation.h"
#include "services/reporting/scoring/scheme.h"
#include "services/reporting/store/scoring_store.h"

namespace gongkai::reporting {

// INVALID_ARGUMENT with every fault of the title, the subjects and the tree; fields begin with
// `scheme_version.`.
Result<Scheme> ReadScheme(const v1::SchemeVersion& message);

// Points of the contract in hundredths; nothing for one with more than two decimals, or out of 0 to
// 10000.
std::optional<Points> ReadPoints(double points);

std::string SchemeName(const SchemeKey& key);
// → `divisions/370124/units/7`, or `divisions/370124` for unit 0.
std::string SubjectName(const ScoredSubject& subject);

// As it is stored, with what the store adds.
Result<v1::SchemeVersion> ToMessage(const SchemeKey& key, const StoredVersion& version);
v1::Mark ToMessage(const SchemeKey& key, const StoredMark& mark);
// Without the rank.
v1::SubjectScore ToMessage(const Score& score);

}  // namespace gongkai::reporting
