#include "services/plans/domain/supervision_order_state.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using State = SupervisionOrderState;
using Action = SupervisionOrderAction;
using Labels = std::vector<std::string_view>;

TEST(SupervisionOrderState, GoesFromIssuedOverAnsweredToClosed) {
  EXPECT_EQ(After(State::kIssued, Action::kAnswer), State::kAnswered);
  EXPECT_EQ(After(State::kAnswered, Action::kClose), State::kClosed);
  EXPECT_EQ(After(State::kAnswered, Action::kReturn), State::kReturned);
  EXPECT_EQ(After(State::kReturned, Action::kAnswer), State::kAnswered);
}

TEST(SupervisionOrderState, AllowsFromEachStateOnlyWhatTheTableHas) {
  EXPECT_EQ(AllowedActions(State::kIssued), (Labels{"update", "answer", "cancel"}));
  EXPECT_EQ(AllowedActions(State::kAnswered), (Labels{"return", "close", "cancel"}));
  EXPECT_EQ(AllowedActions(State::kReturned), (Labels{"update", "answer", "cancel"}));
  EXPECT_EQ(AllowedActions(State::kClosed), Labels{});
  EXPECT_EQ(AllowedActions(State::kCancelled), Labels{});
}

TEST(SupervisionOrderState, SaysWhatIsAllowedInstead) {
  const auto error =
      StateNotAllowed("divisions/1/supervisionOrders/1", State::kAnswered, Action::kAnswer);
  EXPECT_EQ(error.reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(error.metadata.at("state"), "ANSWERED");
  EXPECT_EQ(error.metadata.at("allowed"), "return, close, cancel");
}

TEST(SupervisionOrderState, IsReadByItsLabel) {
  EXPECT_EQ(SupervisionOrderStateOf("RETURNED"), State::kReturned);
  EXPECT_FALSE(SupervisionOrderStateOf("returned"));
}

}  // namespace
}  // namespace gongkai::plans
