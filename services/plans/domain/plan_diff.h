// Which task of a changed document is which task of the plan, and what is different in it.
//
//   plan:     1 公开目录…   2 财政预算…        3 政策解读…
//   document: 1 财政预算…   2 公开目录（改）…   4 新任务…
//   matches:  plan 1 – document 2 (SIMILAR_TEXT), plan 2 – document 1 (SAME_TEXT); plan 3 was
//             removed and document 3 added.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

enum class MatchReason {
  kSameText,     // wherever it stands and whatever its number
  kSimilarText,  // at least half of it is the same
  kSamePlace,    // same ordinal under the same headings, and at least a quarter of the text
};

struct TaskMatch {
  std::size_t before = 0;  // index in the plan
  std::size_t after = 0;   // index in the document
  MatchReason reason = MatchReason::kSameText;
  int score = 0;       // 0 to 100: 8/10 of the similarity, 10 for the ordinal, 10 for the headings
  int similarity = 0;  // 0 to 100
  bool operator==(const TaskMatch&) const = default;
};

// How much of two texts is the same, 0 to 100: the share of pairs of neighbouring characters that
// they have in common (Dice). White space, punctuation and width do not count. 100 exactly if
// nothing but those differs.
int SimilarityOf(const std::string& a, const std::string& b);

// Every task at most once, by `after`. Pairs of the same text are taken first, then others from the
// highest score to the lowest; of equals, those with the same units and then those that stand
// nearest to each other. Tasks of the same text cost next to nothing; the others are compared each
// with each that shares any text.
std::vector<TaskMatch> MatchTasks(const std::vector<ParsedTask>& before,
                                  const std::vector<ParsedTask>& after);

// Fields of ParsedTask in the contract that differ, in its order. Where a task stands in its
// document is not part of its content, and the order of its units is not either.
std::vector<std::string> ChangedFields(const ParsedTask& before, const ParsedTask& after);

}  // namespace gongkai::plans
