#include "services/plans/store/supervision_order_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/supervision_lists.h"
#include "services/plans/store/postgres/supervision_rows.h"
#include "services/plans/store/postgres/supervision_stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLock{"lock_supervision_orders", "select lock_aggregate($1, 3)"};

constexpr Statement kInsertOrder{"insert_supervision_order", R"sql(
  with added as (
    insert into supervision_order as o (division, supervision_order, number, title, issuer, units,
                                        subjects, requirement, deadline, author)
    select $1, coalesce(max(b.supervision_order), 0) + 1, $2, $3, $4, $5::int[], $6::text[], $7,
           $8::date, $9
    from supervision_order b where b.division = $1
    returning o
  ), told as (
    insert into supervision_order_step (division, supervision_order, revision, action, to_state,
                                        actor, comment)
    select (o).division, (o).supervision_order, (o).revision, 'issue', (o).state, $9, '' from added
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (o).division, 'supervision_order', resource(o), $9 from added
  )
  select resource(o) from added
)sql"};

constexpr Statement kOrderState{"supervision_order_state", R"sql(
  select state, revision, deadline from supervision_order
  where (division, supervision_order) = ($1, $2)
)sql"};

// $3 to $5: state, action, actor; $6 the comment; then what the step sets, null for what stays. $13
// and $14: the state and the deadline before.
constexpr Statement kChangeOrder{"change_supervision_order", R"sql(
  with changed as (
    update supervision_order o
    set state = $3::supervision_order_state, state_comment = $6,
        number = coalesce($7, o.number), title = coalesce($8, o.title),
        issuer = coalesce($9, o.issuer), requirement = coalesce($10, o.requirement),
        deadline = coalesce($11::date, o.deadline),
        answer_text = coalesce($12, o.answer_text),
        answer_evidence = coalesce($15::json, o.answer_evidence),
        answer_author = case when $12 is null then o.answer_author else $5 end,
        answer_time = case when $12 is null then o.answer_time else now() end,
        update_time = now(), revision = o.revision + 1
    where (division, supervision_order) = ($1, $2)
    returning o
  ), told as (
    insert into supervision_order_step (division, supervision_order, revision, action, from_state,
                                        to_state, actor, comment, answer, from_deadline,
                                        to_deadline)
    select (o).division, (o).supervision_order, (o).revision, $4, $13::supervision_order_state,
           (o).state, $5, $6, case when $12 is not null then resource(o)->'answer' end,
           case when (o).deadline <> $14::date then $14::date end,
           case when (o).deadline <> $14::date then (o).deadline end
    from changed
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (o).division, 'supervision_order', resource(o), $5 from changed
  )
  select resource(o) from changed
)sql"};

constexpr Statement kGetOrder{"get_supervision_order", R"sql(
  select resource(o) from supervision_order o where (division, supervision_order) = ($1, $2)
)sql"};

constexpr Statement kListSteps{"list_supervision_order_steps", R"sql(
  select resource(s) from supervision_order_step s where (division, supervision_order) = ($1, $2)
  order by revision
)sql"};

std::optional<std::string> Text(const std::optional<CivilDate>& date) {
  if (!date) return std::nullopt;
  return FormatDate(*date);
}

class PostgresSupervisionOrderStore : public SupervisionOrderStore {
 public:
  explicit PostgresSupervisionOrderStore(Access& access) : access_(access) {}

  Result<Document> CreateOrder(const WriteContext& context, DivisionCode division,
                               const NewSupervisionOrder& order) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      if (auto exist = CheckExist(session, division, order.units, order.subjects); !exist) {
        return Fail(exist.error());
      }
      return OneDocument(
          session.Execute(kInsertOrder, division.value, order.number, order.title, order.issuer,
                          NumbersLiteral(order.units), ArrayLiteral(order.subjects),
                          order.requirement, FormatDate(order.deadline), context.actor),
          FormatName(division));
    });
  }

  Result<Document> GetOrder(const SupervisionOrderKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetOrder, key.division.value, key.order),
                         FormatName(key));
    });
  }

  Result<Page> ListOrders(const SupervisionOrderScope& wanted, const ListQuery& query) override {
    list::Scope scope;
    scope.Between("o.division", wanted.divisions.from, wanted.divisions.to);
    if (wanted.overdue_on) {
      scope.Compare("o.deadline", "<", "date", FormatDate(*wanted.overdue_on))
          .Compare("o.state", "= any", "supervision_order_state[]", "{ISSUED,RETURNED}");
    }
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kSupervisionOrderList, scope, query); });
  }

  Result<Document> ChangeOrder(const WriteContext& context, const SupervisionOrderKey& key,
                               ExpectedRevision expected,
                               const SupervisionOrderChange& change) override {
    const auto name = FormatName(key);
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, key.division.value);
      const auto rows = session.Execute(kOrderState, key.division.value, key.order);
      if (auto found = CheckRevision(rows, 1, name, expected); !found) return Fail(found.error());
      const auto before = *SupervisionOrderStateOf(rows[0][0].c_str());
      const auto after = After(before, change.action);
      if (!after) return Fail(StateNotAllowed(name, before, change.action));
      return OneDocument(
          session.Execute(kChangeOrder, key.division.value, key.order, std::string(Label(*after)),
                          std::string(Label(change.action)), context.actor, change.comment,
                          change.number, change.title, change.issuer, change.requirement,
                          Text(change.deadline), change.answer_text, std::string(Label(before)),
                          rows[0][2].c_str(), change.answer_evidence),
          name);
    });
  }

  Result<std::vector<Document>> ListSteps(const SupervisionOrderKey& key) override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      auto steps = AllDocuments(session.Execute(kListSteps, key.division.value, key.order));
      // An order has the step that issued it.
      if (steps.empty()) return Fail(NotFound(FormatName(key)));
      return steps;
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<SupervisionOrderStore> MakeSupervisionOrderStore(Access& access) {
  return std::make_unique<PostgresSupervisionOrderStore>(access);
}

}  // namespace gongkai::plans
