// What the words around a number say of a target: what is counted, how often, for whom.
#pragma once

#include <cstddef>
#include <optional>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Where the first word for a period stands in the clause, or npos.
size_t FirstPeriod(TextView clause);

std::optional<TargetPeriod> PeriodOf(TextView text);
// The period that stands directly behind a number: `3次/年`.
std::optional<TargetPeriod> PeriodBehind(TextView text);

// For the county, or for each unit; nothing where the text names nobody.
std::optional<TargetScope> ScopeOf(TextView text);

// 原则上, 力争: wished for and not demanded.
bool IsSoft(TextView text);

// Acts that are counted: 培训, 发布会.
bool NamesAct(TextView text);

// A verb alone counts nothing: what is counted stands behind the number.
bool EndsWithVerb(TextView text);

// What is counted, by the text in front of the number: `每年解读重要政策原则上` → `解读重要政策`.
// Empty where that names nothing but who has to act.
Text MetricBefore(TextView text);

// The like behind the number: `专题会议研究解决问题` → `专题会议`.
Text MetricAfter(TextView text);

}  // namespace gongkai::plans::importer
