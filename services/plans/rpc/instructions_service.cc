#include "services/plans/rpc/instructions_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/supervision_forms.h"

namespace gongkai::plans {
namespace {

constexpr char kTaskScopeForm[] = "divisions/{division}/plans/{plan or -}/tasks/{task or -}";

}  // namespace

Result<v1::Instruction> InstructionsService::CreateInstruction(
    const rpc::Caller& caller, const v1::CreateInstructionRequest& request) {
  const auto task = ParseTaskName(request.parent());
  if (!task) return Fail(MalformedName("parent", kTaskForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& instruction = request.instruction();
  RequestChecks checks;
  checks.Length(instruction.leader_post(), "instruction.leader_post", 1, 80);
  checks.Length(instruction.text(), "instruction.text", 1, 4000);
  const auto date = checks.Date(instruction.instruct_date(), "instruction.instruct_date");
  if (date) {
    checks.Require(*date <= today_(), "instruction.instruct_date", "must not be in the future");
  }
  const auto deadline =
      checks.OptionalDate(instruction.reply_deadline(), "instruction.reply_deadline");
  if (date && deadline) {
    checks.Require(*deadline >= *date, "instruction.reply_deadline",
                   "must not be before instruct_date");
  }
  auto units = CheckUnits(instruction.units(), task->plan.division, "instruction.units", checks);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Instruction>(
      store_.CreateInstruction(*context, *task,
                               {.leader_post = instruction.leader_post(),
                                .text = instruction.text(),
                                .instruct_date = *date,
                                .units = std::move(units),
                                .reply_deadline = deadline}));
}

Result<v1::Instruction> InstructionsService::GetInstruction(
    const rpc::Caller&, const v1::GetInstructionRequest& request) {
  const auto key = ParseInstructionName(request.name());
  if (!key) return Fail(MalformedName("name", kInstructionForm));
  return ToMessage<v1::Instruction>(store_.GetInstruction(*key));
}

Result<v1::ListInstructionsResponse> InstructionsService::ListInstructions(
    const rpc::Caller&, const v1::ListInstructionsRequest& request) {
  auto scope = ParseTaskScope(request.parent());
  if (!scope) return Fail(MalformedName("parent", kTaskScopeForm));
  scope->include_subdivisions = request.include_subdivisions();
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListInstructions(*scope, *query),
                &v1::ListInstructionsResponse::mutable_instructions);
}

Result<v1::Instruction> InstructionsService::ReplyInstruction(
    const rpc::Caller& caller, const v1::ReplyInstructionRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseInstructionName, kInstructionForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.reply(), "reply", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Instruction>(
      store_.Reply(start->context, start->key, start->expected, request.reply()));
}

}  // namespace gongkai::plans
