// Lists that callers filter, order and page, over gRPC on a real PostgreSQL.
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::Group;
using testing::PlansWorld;
using testing::Unit;
using Names = std::vector<std::string>;

class Lists : public ::testing::Test {
 protected:
  Result<v1::ListUnitsResponse> Units(const std::string& filter, const std::string& order_by = "",
                                      int page_size = 0, const std::string& page_token = "") {
    v1::ListUnitsRequest request;
    request.set_parent("divisions/370124");
    request.set_filter(filter);
    request.set_order_by(order_by);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return world_.Call(*world_.directory, &v1::Directory::Stub::ListUnits, request);
  }

  static Names NamesOf(const Result<v1::ListUnitsResponse>& list) {
    if (!list) return {list.error().message};
    Names names;
    for (const auto& unit : list->units()) names.push_back(unit.display_name());
    return names;
  }

  void AddUnit(const std::string& name) {
    v1::BatchCreateUnitsRequest request;
    request.set_parent("divisions/370124");
    request.add_units()->set_display_name(name);
    ASSERT_TRUE(world_.Call(*world_.directory, &v1::Directory::Stub::BatchCreateUnits, request));
  }

  Result<v1::ListOccurrencesResponse> Occurrences(v1::ListOccurrencesRequest request) {
    if (request.parent().empty()) {
      request.set_parent("divisions/370124/plans/-/tasks/-/assignments/-");
    }
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::ListOccurrences, request);
  }

  int Count(const std::string& filter) {
    v1::ListOccurrencesRequest request;
    request.set_filter(filter);
    const auto list = Occurrences(request);
    return list ? list->occurrences_size() : -1;
  }

  PlansWorld world_;
};

TEST_F(Lists, AreNarrowedByTheirFields) {
  EXPECT_EQ(NamesOf(Units("kind = TOWN OR kind = STREET")), (Names{"东山镇", "西湖街道"}));
  EXPECT_EQ(NamesOf(Units("display_name = 县*")), (Names{"县政府办公室", "县财政局"}));
  EXPECT_EQ(NamesOf(Units("aliases:县府办")), Names{"县政府办公室"});
  EXPECT_EQ(NamesOf(Units("NOT display_name:县 AND -kind = TOWN")), Names{"西湖街道"});
  EXPECT_EQ(NamesOf(Units("state = PROVISIONAL")), Names{});
}

TEST_F(Lists, RefuseAFilterAndSayWhatTheFieldIs) {
  const auto list = Units("knd = TOWN");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(list.error().reason, "INVALID_FILTER");
  EXPECT_EQ(list.error().violations.at(0).field, "filter");
  EXPECT_NE(list.error().message_zh.find("kind"), std::string::npos);
}

TEST_F(Lists, KeepTheirPagesWhileOthersWrite) {
  const auto first = Units("kind != TOWN", "revision, display_name desc", 2);
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_EQ(first->units_size(), 2);
  const auto last = first->units(1).display_name();
  AddUnit(last + "之后");  // sorts before the page's end, for it descends
  const auto second =
      Units("kind != TOWN", "revision, display_name desc", 2, first->next_page_token());
  ASSERT_EQ(NamesOf(second).size(), 1u);
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_LT(second->units(0).display_name(), last);
}

TEST_F(Lists, ReadEveryRowOnceInWhateverOrder) {
  for (int i = 0; i < 7; ++i) AddUnit("某某局" + std::to_string(i));
  for (const std::string order :
       {"", "kind", "kind desc, display_name", "display_name desc", "state, kind desc, revision"}) {
    Names paged;
    std::string token;
    do {
      const auto page = Units("", order, 3, token);
      ASSERT_TRUE(page) << order << ": " << page.error().message;
      for (const auto& name : NamesOf(page)) paged.push_back(name);
      token = page->next_page_token();
    } while (!token.empty());
    EXPECT_EQ(paged, NamesOf(Units("", order, 100))) << order;
    EXPECT_EQ(paged.size(), 11u) << order;
  }
}

TEST_F(Lists, BindAPageTokenToFilterAndOrder) {
  const auto token = Units("kind != TOWN", "", 1)->next_page_token();
  EXPECT_TRUE(Units("kind != TOWN", "", 5, token));
  for (const auto& page : {Units("", "", 1, token), Units("kind != TOWN", "kind", 1, token)}) {
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().reason, "INVALID_PAGE_TOKEN");
    EXPECT_EQ(page.error().violations.at(0).field, "page_token");
  }
}

TEST_F(Lists, TellWhatIsDueAndNotDone) {
  world_.IssuedPlan({Unit("县财政局"), Group("各镇（街道）")});
  EXPECT_EQ(Count("due_date < 2026-07-01 AND state = OPEN"), 3);
  EXPECT_EQ(Count("due_date < 2026-06-30"), 0);
  EXPECT_EQ(Count("unit = divisions/370124/units/2"), 1);
  EXPECT_EQ(Count("unit = divisions/370100/units/2"), 0);
  EXPECT_EQ(Count("due_kind = FIXED AND NOT submit_time:*"), 3);
  EXPECT_EQ(Count("NOT submit_time > 2026-01-01"), 3);
  EXPECT_EQ(Count("due_assumed = true"), 0);
}

TEST_F(Lists, ReachBelowACityWhenAskedTo) {
  world_.IssuedPlan({Unit("县财政局")});
  v1::ListOccurrencesRequest request;
  request.set_parent("divisions/370100/plans/-/tasks/-/assignments/-");
  EXPECT_EQ(Occurrences(request)->occurrences_size(), 0);
  request.set_include_subdivisions(true);
  EXPECT_EQ(Occurrences(request)->occurrences_size(), 1);
  request.set_filter("state = VERIFIED");
  EXPECT_EQ(Occurrences(request)->occurrences_size(), 0);
}

TEST_F(Lists, FindTasksByWhatTheySay) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  v1::ListTasksRequest request;
  request.set_parent(plan);
  const auto count = [&](const std::string& filter) {
    request.set_filter(filter);
    const auto list = world_.Call(*world_.plans, &v1::Plans::Stub::ListTasks, request);
    return list ? list->tasks_size() : -1;
  };
  EXPECT_EQ(count("content.requirement:目录 AND content.due.date >= 2026-06-30"), 1);
  EXPECT_EQ(count("content.due.kind = ONGOING"), 0);
}

TEST_F(Lists, OfEveryKindTakeEveryFieldAsOrder) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  v1::ListAssignmentsRequest request;
  request.set_parent("divisions/370124/plans/-/tasks/-");
  for (const auto* order : {"unit", "role", "source_text", "state", "claim_time desc", "file_time",
                            "measures", "section", "revision"}) {
    request.set_order_by(order);
    const auto list =
        world_.Call(*world_.assignments, &v1::Assignments::Stub::ListAssignments, request);
    ASSERT_TRUE(list) << order << ": " << list.error().message;
    EXPECT_EQ(list->assignments_size(), 1) << order;
  }
}

TEST_F(Lists, FindWhatIsDueByAnIndex) {
  pqxx::connection connection(world_.conninfo());
  pqxx::work work(connection);
  work.exec("set local enable_seqscan = off");
  std::string plan;
  for (const auto& row : work.exec("explain select * from occurrence where division = 370124 and "
                                   "due_date < '2026-07-01' and state = 'OPEN'")) {
    plan += row[0].c_str();
  }
  EXPECT_NE(plan.find("occurrence_by_due_date"), std::string::npos) << plan;
}

}  // namespace
}  // namespace gongkai::plans
