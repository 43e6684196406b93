// Supervision orders and their steps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/supervision_name.h"
#include "services/plans/domain/supervision_order_state.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewSupervisionOrder {
  std::string number;
  std::string title;
  std::string issuer;
  std::vector<int> units;             // numbers within the division
  std::vector<std::string> subjects;  // names of tasks, assignments, occurrences
  std::string requirement;
  CivilDate deadline;
};

// What a step does beside the state; what is not set stays as it is.
struct SupervisionOrderChange {
  SupervisionOrderAction action = SupervisionOrderAction::kUpdate;
  std::string comment;
  std::optional<std::string> number, title, issuer, requirement;
  std::optional<CivilDate> deadline;
  std::optional<std::string> answer_text;
  std::optional<Document> answer_evidence;  // a JSON array
};

// Of an order list: overdue on that day, or all.
struct SupervisionOrderScope {
  DivisionRange divisions;
  std::optional<CivilDate> overdue_on;
};

// Thread-safe. Every change is a step in the order's history and told to the feed.
class SupervisionOrderStore {
 public:
  virtual ~SupervisionOrderStore() = default;

  // NOT_FOUND for a unit or a subject that the division does not have.
  virtual Result<Document> CreateOrder(const WriteContext& context, DivisionCode division,
                                       const NewSupervisionOrder& order) = 0;
  virtual Result<Document> GetOrder(const SupervisionOrderKey& order) = 0;
  virtual Result<Page> ListOrders(const SupervisionOrderScope& scope, const ListQuery& query) = 0;
  // FAILED_PRECONDITION with reason STATE_NOT_ALLOWED.
  virtual Result<Document> ChangeOrder(const WriteContext& context,
                                       const SupervisionOrderKey& order, ExpectedRevision expected,
                                       const SupervisionOrderChange& change) = 0;
  // Oldest first. NOT_FOUND for an order that does not exist.
  virtual Result<std::vector<Document>> ListSteps(const SupervisionOrderKey& order) = 0;
};

}  // namespace gongkai::plans
