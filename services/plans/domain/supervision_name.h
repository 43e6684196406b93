// Keys of what supervision is about, and their names in the contract; see resource_name.h.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "services/plans/domain/resource_name.h"

namespace gongkai::plans {

// An assignment, or one of its occurrences.
struct WorkKey {
  AssignmentKey assignment;
  int occurrence = 0;  // 0: the assignment itself
  auto operator<=>(const WorkKey&) const = default;
};

// A number of things that a division has, from 1.
struct ReminderKey {
  DivisionCode division;
  int reminder = 0;
};

struct SupervisionOrderKey {
  DivisionCode division;
  int order = 0;
};

struct WebhookKey {
  DivisionCode division;
  int webhook = 0;
};

// A number of things that a task has, from 1.
struct InstructionKey {
  TaskKey task;
  int instruction = 0;
};

struct CommentKey {
  TaskKey task;
  int comment = 0;
};

// An assignment's or an occurrence's.
std::optional<WorkKey> ParseWorkName(std::string_view name);
std::optional<ReminderKey> ParseReminderName(std::string_view name);
std::optional<SupervisionOrderKey> ParseSupervisionOrderName(std::string_view name);
std::optional<WebhookKey> ParseWebhookName(std::string_view name);
std::optional<InstructionKey> ParseInstructionName(std::string_view name);
std::optional<CommentKey> ParseCommentName(std::string_view name);

// The task of a name that is a task's, an assignment's or an occurrence's.
std::optional<TaskKey> ParseTaskOf(std::string_view name);

std::string FormatName(const WorkKey& key);
std::string FormatName(const ReminderKey& key);
std::string FormatName(const SupervisionOrderKey& key);
std::string FormatName(const WebhookKey& key);
std::string FormatName(const InstructionKey& key);
std::string FormatName(const CommentKey& key);

}  // namespace gongkai::plans
