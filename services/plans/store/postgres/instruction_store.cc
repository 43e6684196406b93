#include "services/plans/store/instruction_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/supervision_lists.h"
#include "services/plans/store/postgres/supervision_rows.h"
#include "services/plans/store/postgres/supervision_stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kInsertInstruction{"insert_instruction", R"sql(
  with added as (
    insert into instruction as i (division, plan, task, instruction, leader_post, text,
                                  instruct_date, units, reply_deadline, author)
    select $1, $2, $3, coalesce(max(b.instruction), 0) + 1, $4, $5, $6::date, $7::int[], $8::date,
           $9
    from instruction b where (b.division, b.plan, b.task) = ($1, $2, $3)
    returning i
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (i).division, 'instruction', resource(i), $9 from added
  )
  select resource(i) from added
)sql"};

constexpr Statement kReply{"reply_instruction", R"sql(
  with changed as (
    update instruction i
    set reply = $5, reply_author = $6, reply_time = now(), revision = i.revision + 1
    where (division, plan, task, instruction) = ($1, $2, $3, $4)
    returning i
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (i).division, 'instruction', resource(i), $6 from changed
  )
  select resource(i) from changed
)sql"};

constexpr Statement kRevision{"instruction_revision", R"sql(
  select revision from instruction where (division, plan, task, instruction) = ($1, $2, $3, $4)
)sql"};

constexpr Statement kGetInstruction{"get_instruction", R"sql(
  select resource(i) from instruction i
  where (division, plan, task, instruction) = ($1, $2, $3, $4)
)sql"};

template <typename... Further>
pqxx::result ExecuteOn(Session& session, const Statement& statement, const TaskKey& key,
                       Further&&... further) {
  return session.Execute(statement, key.plan.division.value, key.plan.plan, key.task,
                         std::forward<Further>(further)...);
}

class PostgresInstructionStore : public InstructionStore {
 public:
  explicit PostgresInstructionStore(Access& access) : access_(access) {}

  Result<Document> CreateInstruction(const WriteContext& context, const TaskKey& task,
                                     const NewInstruction& instruction) override {
    const auto division = task.plan.division;
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      LockPlan(session, task.plan);
      if (auto exist = CheckExist(session, division, instruction.units, {FormatName(task)});
          !exist) {
        return Fail(exist.error());
      }
      const auto& deadline = instruction.reply_deadline;
      return OneDocument(
          ExecuteOn(session, kInsertInstruction, task, instruction.leader_post, instruction.text,
                    FormatDate(instruction.instruct_date), NumbersLiteral(instruction.units),
                    deadline ? std::optional(FormatDate(*deadline)) : std::nullopt, context.actor),
          FormatName(task));
    });
  }

  Result<Document> GetInstruction(const InstructionKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(ExecuteOn(session, kGetInstruction, key.task, key.instruction),
                         FormatName(key));
    });
  }

  Result<Page> ListInstructions(const WorkScope& wanted, const ListQuery& query) override {
    list::Scope scope;
    if (wanted.include_subdivisions) {
      const auto range = SubtreeOf(wanted.division);
      scope.Between("i.division", range.from, range.to);
    } else {
      scope.Equal("i.division", wanted.division.value);
    }
    if (wanted.plan) scope.Equal("i.plan", *wanted.plan);
    if (wanted.task) scope.Equal("i.task", *wanted.task);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kInstructionList, scope, query); });
  }

  Result<Document> Reply(const WriteContext& context, const InstructionKey& key,
                         ExpectedRevision expected, const std::string& reply) override {
    const auto name = FormatName(key);
    const auto& plan = key.task.plan;
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      const auto rows = ExecuteOn(session, kRevision, key.task, key.instruction);
      if (auto found = CheckRevision(rows, 0, name, expected); !found) return Fail(found.error());
      return OneDocument(
          ExecuteOn(session, kReply, key.task, key.instruction, reply, context.actor), name);
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<InstructionStore> MakeInstructionStore(Access& access) {
  return std::make_unique<PostgresInstructionStore>(access);
}

}  // namespace gongkai::plans
