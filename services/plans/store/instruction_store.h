// What leaders wrote on tasks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/supervision_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewInstruction {
  std::string leader_post;
  std::string text;
  CivilDate instruct_date;
  std::vector<int> units;  // numbers within the division
  std::optional<CivilDate> reply_deadline;
};

// Thread-safe. Every write is told to the feed.
class InstructionStore {
 public:
  virtual ~InstructionStore() = default;

  // NOT_FOUND for a task or a unit that does not exist.
  virtual Result<Document> CreateInstruction(const WriteContext& context, const TaskKey& task,
                                             const NewInstruction& instruction) = 0;
  virtual Result<Document> GetInstruction(const InstructionKey& instruction) = 0;
  virtual Result<Page> ListInstructions(const WorkScope& scope, const ListQuery& query) = 0;
  virtual Result<Document> Reply(const WriteContext& context, const InstructionKey& instruction,
                                 ExpectedRevision expected, const std::string& reply) = 0;
};

}  // namespace gongkai::plans
