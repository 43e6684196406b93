#include "services/plans/store/postgres/resource_units.h"

#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/supervision_name.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kOfActivity{"units_of_activity", R"sql(
  select unnest(units) from activity where (division, activity) = ($1, $2)
)sql"};

constexpr Statement kOfInterpretation{"units_of_interpretation", R"sql(
  select unit from interpretation where (division, interpretation) = ($1, $2)
)sql"};

constexpr Statement kOfOrder{"units_of_order", R"sql(
  select unnest(units) from supervision_order where (division, supervision_order) = ($1, $2)
)sql"};

constexpr Statement kOfInstruction{"units_of_instruction", R"sql(
  select unnest(instructed_units(i)) from instruction i
  where (division, plan, task, instruction) = ($1, $2, $3, $4)
)sql"};

constexpr Statement kOfTask{"units_of_task", R"sql(
  select distinct unit from assignment where (division, plan, task) = ($1, $2, $3)
)sql"};

}  // namespace

Result<std::vector<int>> ResourceUnits::UnitsOf(std::string_view name) const {
  const auto read = [this](const Statement& statement, auto... key) {
    return access_.Read([&](Session& session) -> Result<std::vector<int>> {
      const pqxx::result rows = session.Execute(statement, key...);
      std::vector<int> units;
      for (const auto& row : rows) units.push_back(row[0].as<int>());
      return units;
    });
  };
  const auto of_task = [&](const TaskKey& task) {
    return read(kOfTask, task.plan.division.value, task.plan.plan, task.task);
  };
  if (const auto activity = ParseActivityName(name)) {
    return read(kOfActivity, activity->division.value, activity->activity);
  }
  if (const auto interpretation = ParseInterpretationName(name)) {
    return read(kOfInterpretation, interpretation->division.value, interpretation->interpretation);
  }
  if (const auto order = ParseSupervisionOrderName(name)) {
    return read(kOfOrder, order->division.value, order->order);
  }
  if (const auto instruction = ParseInstructionName(name)) {
    const auto& task = instruction->task;
    return read(kOfInstruction, task.plan.division.value, task.plan.plan, task.task,
                instruction->instruction);
  }
  if (const auto comment = ParseCommentName(name)) return of_task(comment->task);
  if (const auto task = ParseTaskName(name)) return of_task(*task);
  return std::vector<int>{};
}

}  // namespace gongkai::plans
