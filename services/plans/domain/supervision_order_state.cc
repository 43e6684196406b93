#include "services/plans/domain/supervision_order_state.h"

#include <string>

namespace gongkai::plans {
namespace {

using State = SupervisionOrderState;
using Action = SupervisionOrderAction;

struct Row {
  State from;
  Action action;
  State to;
};

constexpr Row kRows[] = {
    {State::kIssued, Action::kUpdate, State::kIssued},
    {State::kIssued, Action::kAnswer, State::kAnswered},
    {State::kIssued, Action::kCancel, State::kCancelled},
    {State::kAnswered, Action::kReturn, State::kReturned},
    {State::kAnswered, Action::kClose, State::kClosed},
    {State::kAnswered, Action::kCancel, State::kCancelled},
    {State::kReturned, Action::kUpdate, State::kReturned},
    {State::kReturned, Action::kAnswer, State::kAnswered},
    {State::kReturned, Action::kCancel, State::kCancelled},
};

}  // namespace

std::optional<State> After(State state, Action action) {
  for (const auto& row : kRows) {
    if (row.from == state && row.action == action) return row.to;
  }
  return std::nullopt;
}

std::string_view Label(State state) {
  switch (state) {
    case State::kIssued:
      return "ISSUED";
    case State::kAnswered:
      return "ANSWERED";
    case State::kReturned:
      return "RETURNED";
    case State::kClosed:
      return "CLOSED";
    case State::kCancelled:
      return "CANCELLED";
  }
  return "";
}

std::string_view Label(Action action) {
  switch (action) {
    case Action::kUpdate:
      return "update";
    case Action::kAnswer:
      return "answer";
    case Action::kReturn:
      return "return";
    case Action::kClose:
      return "close";
    case Action::kCancel:
      return "cancel";
  }
  return "";
}

std::optional<State> SupervisionOrderStateOf(std::string_view label) {
  for (auto state :
       {State::kIssued, State::kAnswered, State::kReturned, State::kClosed, State::kCancelled}) {
    if (Label(state) == label) return state;
  }
  return std::nullopt;
}

std::vector<std::string_view> AllowedActions(State state) {
  std::vector<std::string_view> labels;
  for (const auto& row : kRows) {
    if (row.from == state) labels.push_back(Label(row.action));
  }
  return labels;
}

Error StateNotAllowed(std::string_view resource, State state, Action action) {
  std::string allowed;
  for (auto label : AllowedActions(state)) {
    allowed += (allowed.empty() ? "" : ", ") + std::string(label);
  }
  const std::string name(resource);
  const std::string present(Label(state));
  return {
      .code = ErrorCode::kFailedPrecondition,
      .reason = "STATE_NOT_ALLOWED",
      .message = name + " is " + present + ": " + std::string(Label(action)) +
                 " is not allowed from there; allowed: " + (allowed.empty() ? "nothing" : allowed),
      .message_zh = "督办单当前状态（" + present + "）不允许此操作",
      .metadata = {{"resource", name},
                   {"state", present},
                   {"action", std::string(Label(action))},
                   {"allowed", allowed}}};
}

}  // namespace gongkai::plans
