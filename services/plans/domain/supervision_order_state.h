// The table of states of supervision orders; see state.h.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::plans {

enum class SupervisionOrderState { kIssued, kAnswered, kReturned, kClosed, kCancelled };
enum class SupervisionOrderAction { kUpdate, kAnswer, kReturn, kClose, kCancel };

// The state after the action; nothing if it is not allowed from `state`.
std::optional<SupervisionOrderState> After(SupervisionOrderState state,
                                           SupervisionOrderAction action);

// The labels of the contract's enum, and the names of the actions as its methods spell them.
std::string_view Label(SupervisionOrderState state);
std::string_view Label(SupervisionOrderAction action);

// The state with this label; nothing for any other text.
std::optional<SupervisionOrderState> SupervisionOrderStateOf(std::string_view label);
// Names of the actions that are allowed from the state.
std::vector<std::string_view> AllowedActions(SupervisionOrderState state);
// FAILED_PRECONDITION with reason STATE_NOT_ALLOWED for `action` on the order in that state.
Error StateNotAllowed(std::string_view resource, SupervisionOrderState state,
                      SupervisionOrderAction action);

}  // namespace gongkai::plans
