// Historic plans as a stream of messages brings them.
#pragma once

#include <set>

#include "gongkai/plans/v1/history_imports.pb.h"
#include "services/common/status/error.h"
#include "services/plans/store/history_store.h"

namespace gongkai::plans {

// Gathers the messages of one plan:
//
//   HistoricPlanReader reader;
//   reader.Begin(message);   // the one that has `plan`
//   reader.Add(message);     // those that follow
//   reader.Take()            // → HistoricPlan; the reader is empty again
class HistoricPlanReader {
 public:
  bool empty() const { return !begun_; }

  // INVALID_ARGUMENT names the field at fault with its path in the message.
  Result<void> Begin(const v1::ImportHistoryRequest& message);
  // The like; RESOURCE_EXHAUSTED where the plan becomes larger than a plan may be.
  Result<void> Add(const v1::ImportHistoryRequest& message);

  const PlanKey& key() const { return plan_.key; }
  HistoricPlan Take();

 private:
  Result<void> AddAssignment(const v1::Assignment& assignment, const std::string& path);
  Result<void> AddOccurrence(const v1::Occurrence& occurrence, const std::string& path);

  bool begun_ = false;
  HistoricPlan plan_;
  std::set<AssignmentKey> assignments_;
  std::set<OccurrenceKey> occurrences_;
};

}  // namespace gongkai::plans
