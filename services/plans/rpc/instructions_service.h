// gongkai.plans.v1.Instructions.
#pragma once

#include <functional>

#include "gongkai/plans/v1/instructions.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/instruction_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The store must outlive the service.
class InstructionsService {
 public:
  InstructionsService(InstructionStore& store, std::function<CivilDate()> today)
      : store_(store), today_(std::move(today)) {}

  Result<v1::Instruction> CreateInstruction(const rpc::Caller&,
                                            const v1::CreateInstructionRequest&);
  Result<v1::Instruction> GetInstruction(const rpc::Caller&, const v1::GetInstructionRequest&);
  Result<v1::ListInstructionsResponse> ListInstructions(const rpc::Caller&,
                                                        const v1::ListInstructionsRequest&);
  Result<v1::Instruction> ReplyInstruction(const rpc::Caller&, const v1::ReplyInstructionRequest&);

 private:
  InstructionStore& store_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
