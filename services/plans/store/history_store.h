// Plans that another system has kept, taken over with what became of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// States and kinds are the labels of the contract's enums, times are RFC 3339.
struct HistoricAssignment {
  AssignmentKey key;
  std::string source_text;
  std::string state;
  std::string measures;
  std::string section;
  std::string person;
  std::string state_comment;
  std::optional<std::string> claim_time;
  std::optional<std::string> file_time;
};

struct HistoricOccurrence {
  OccurrenceKey key;
  std::string period;
  std::string due_date;  // YYYY-MM-DD
  std::string due_kind;
  bool due_assumed = false;
  std::string state;
  int report_count = 0;
  int evidence_count = 0;
  std::optional<std::string> submit_time;
  std::optional<std::string> verify_time;
  std::string review_comment;
};

struct HistoricPlan {
  PlanKey key;
  std::string title;
  std::string document_number;
  int year = 0;
  PlanState state = PlanState::kClosed;
  CivilDate issue_date;
  std::optional<CivilDate> claim_deadline;
  std::optional<CivilDate> filing_deadline;
  std::vector<Document> tasks;  // contents, JSON of ParsedTask, numbered from 1
  std::vector<HistoricAssignment> assignments;
  std::vector<HistoricOccurrence> occurrences;  // each of one of the assignments
};

// Thread-safe.
class HistoryStore {
 public:
  virtual ~HistoryStore() = default;

  // Writes the plan whole or not at all, with its place in the feed. The audit trail gets one entry
  // with the counts instead of one for each row. False, and nothing is written, if the same
  // `import_id` has brought the plan before. NOT_FOUND for a division or unit that does not exist,
  // ALREADY_EXISTS for a plan that something else has created.
  virtual Result<bool> ImportPlan(const WriteContext& context, const std::string& import_id,
                                  const HistoricPlan& plan) = 0;
};

}  // namespace gongkai::plans
