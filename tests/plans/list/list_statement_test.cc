#include "services/plans/list/list_statement.h"

#include <gtest/gtest.h>

#include "services/plans/list/page_token.h"

namespace gongkai::plans::list {
namespace {

using Texts = std::vector<std::string>;

const Source kWorks{
    .name = "list_works",
    .from = "work w",
    .document = "resource(w)",
    .division = "w.division",
    .fields =
        {{"title", FieldType::kText, "w.title"},
         {"due_date", FieldType::kDate, "w.due_date"},
         {.name = "close_time", .type = FieldType::kTime, .sql = "w.close_time", .optional = true},
         {.name = "state",
          .type = FieldType::kEnum,
          .sql = "w.state",
          .sql_type = "work_state",
          .labels = {"OPEN", "CLOSED"}},
         {.name = "aliases", .type = FieldType::kText, .sql = "w.aliases", .repeated = true},
         {.name = "unit", .type = FieldType::kReference, .sql = "w.unit", .collection = "units"}},
    .key = {{"work", FieldType::kInteger, "w.work"}}};

struct Made {
  std::string where;  // the condition, or the error
  Texts parameters;
};

Made Filtered(const std::string& filter) {
  const auto made = MakeListStatement(kWorks, {}, {.filter = filter, .limit = 10});
  if (!made) return {made.error().message, {}};
  const auto start = made->sql.find(" where ") + 7;
  auto parameters = made->parameters;
  parameters.pop_back();  // the limit
  return {made->sql.substr(start, made->sql.find(" order by ") - start), parameters};
}

TEST(ListStatement, HoldsNothingThatTheCallerWrote) {
  const auto made = Filtered("title = \"'; drop table work; --\"");
  EXPECT_EQ(made.where, "w.title = $1::text");
  EXPECT_EQ(made.parameters, Texts{"'; drop table work; --"});
}

TEST(ListStatement, ComparesEachTypeAsItsOwn) {
  EXPECT_EQ(Filtered("due_date <= 2026-06-30").where, "w.due_date <= $1::date");
  EXPECT_EQ(Filtered("state != OPEN").where, "w.state is distinct from $1::work_state");
  EXPECT_EQ(Filtered("close_time > 2026-06-30").parameters, Texts{"2026-06-30T00:00:00+08:00"});
  EXPECT_EQ(Filtered("close_time:*").where, "(w.close_time is not null)");
  EXPECT_EQ(Filtered("close_time = ''").where, "not (w.close_time is not null)");
  const auto unit = Filtered("unit = divisions/370124/units/3");
  EXPECT_EQ(unit.where, "(w.division = $1::int and w.unit = $2::int)");
  EXPECT_EQ(unit.parameters, (Texts{"370124", "3"}));
}

TEST(ListStatement, TakesAStarAtTheEndsForAnything) {
  EXPECT_EQ(Filtered("title = *局").parameters, Texts{"%局"});
  EXPECT_EQ(Filtered("title = 县*").parameters, Texts{"县%"});
  EXPECT_EQ(Filtered("title = 5%_*").parameters, Texts{"5\\%\\_%"});
  EXPECT_EQ(Filtered("title:财政").parameters, Texts{"%财政%"});
  EXPECT_EQ(Filtered("aliases:县府办").where, "$1::text = any(w.aliases)");
}

TEST(ListStatement, NegatesWhatIsNotSetToTrue) {
  EXPECT_EQ(Filtered("NOT (close_time > 2026-06-30 OR state = OPEN)").where,
            "((w.close_time > $1::timestamptz or w.state = $2::work_state)) is not true");
}

TEST(ListStatement, RefusesWhatAFieldCannotBe) {
  EXPECT_EQ(Filtered("sate = OPEN").where,
            "filter: at character 1: there is no field `sate`; did you mean `state`?");
  EXPECT_EQ(Filtered("state = DONE").where,
            "filter: at character 9: `state` must be one of OPEN, CLOSED");
  EXPECT_EQ(Filtered("state < OPEN").where,
            "filter: at character 7: `state` can be compared by =, !=, :");
  EXPECT_EQ(Filtered("title:x AND due_date = 2026-02-30").where,
            "filter: at character 24: `due_date` must be a date like 2026-06-30");
  EXPECT_EQ(Filtered("unit = 3").where,
            "filter: at character 8: `unit` must be a name like divisions/370124/units/1");
  EXPECT_EQ(Filtered("aliases = x").where,
            "filter: at character 9: `aliases` can be compared by :");
}

std::string Ordered(const std::string& order_by) {
  const auto made = MakeListStatement(kWorks, {}, {.order_by = order_by, .limit = 10});
  if (!made) return made.error().message;
  const auto start = made->sql.find(" order by ") + 10;
  return made->sql.substr(start, made->sql.find(" limit ") - start);
}

TEST(ListStatement, OrdersByTheTermsAndThenByTheKey) {
  EXPECT_EQ(Ordered(""), "w.work");
  EXPECT_EQ(Ordered("due_date desc"), "w.due_date desc, w.work desc");
  EXPECT_EQ(Ordered(" title , due_date desc "), "w.title, w.due_date desc, w.work desc");
  EXPECT_EQ(Ordered("close_time"), "coalesce(w.close_time, '-infinity'), w.work");
}

TEST(ListStatement, RefusesAnOrderThatThereIsNot) {
  EXPECT_EQ(Ordered("titel"), "order_by: there is no field `titel`; did you mean `title`?");
  EXPECT_EQ(Ordered("title,"), "order_by: expected a field, or a field and `desc`, at ``");
  EXPECT_EQ(Ordered("title down"),
            "order_by: expected a field, or a field and `desc`, at `title down`");
  EXPECT_EQ(Ordered("title, title desc"), "order_by: `title` stands twice");
  EXPECT_EQ(Ordered("aliases"), "order_by: `aliases` has many values and no order");
}

TEST(ListStatement, StartsAPageBehindTheLastRow) {
  ListQuery query{.order_by = "title, due_date desc", .limit = 10};
  const auto first = MakeListStatement(kWorks, {}, query);
  query.page_token = FormatPageToken(first->fingerprint, {"甲", "2026-06-30", "7"});
  const auto second = MakeListStatement(kWorks, {}, query);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_NE(second->sql.find("(w.title > $1::text or (w.title = $1::text and "
                             "(w.due_date < $2::date or (w.due_date = $2::date and "
                             "(w.work < $3::int)))))"),
            std::string::npos)
      << second->sql;
}

TEST(ListStatement, RefusesAPageTokenOfAnotherList) {
  const auto first = MakeListStatement(kWorks, {}, {.filter = "state = OPEN", .limit = 10});
  const auto token = FormatPageToken(first->fingerprint, {"7"});
  const auto reason = [](const ListQuery& query, const Scope& scope = {}) {
    const auto made = MakeListStatement(kWorks, scope, query);
    return made ? "" : made.error().reason;
  };
  EXPECT_EQ(reason({.filter = "state = OPEN", .page_token = token, .limit = 5}), "");
  EXPECT_EQ(reason({.filter = "state = CLOSED", .page_token = token}), "INVALID_PAGE_TOKEN");
  EXPECT_EQ(reason({.filter = "state = OPEN", .order_by = "title", .page_token = token}),
            "INVALID_PAGE_TOKEN");
  EXPECT_EQ(reason({.filter = "state = OPEN", .page_token = token}, Scope().Equal("plan", 1)),
            "INVALID_PAGE_TOKEN");
  EXPECT_EQ(reason({.page_token = "not a token"}), "INVALID_PAGE_TOKEN");
}

}  // namespace
}  // namespace gongkai::plans::list
