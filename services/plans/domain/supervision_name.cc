#include "services/plans/domain/supervision_name.h"

#include <utility>

namespace gongkai::plans {
namespace {

// `parent/collection/7`, with a parent that `parse` reads → parent and 7.
template <typename Parent>
std::optional<std::pair<Parent, int>> ParseBelow(std::string_view name, std::string_view collection,
                                                 std::optional<Parent> (*parse)(std::string_view)) {
  const auto slash = name.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  // A number has the same form wherever it stands: the one of a division is the simplest name.
  const auto number = ParseDivisionName("divisions" + std::string(name.substr(slash)));
  auto rest = name.substr(0, slash);
  if (!number || !rest.ends_with(collection)) return std::nullopt;
  rest.remove_suffix(collection.size());
  if (!rest.ends_with('/')) return std::nullopt;
  rest.remove_suffix(1);
  const auto parent = parse(rest);
  if (!parent) return std::nullopt;
  return std::pair(*parent, number->value);
}

template <typename Key, typename Parent>
std::optional<Key> KeyBelow(std::string_view name, std::string_view collection,
                            std::optional<Parent> (*parse)(std::string_view)) {
  const auto parts = ParseBelow(name, collection, parse);
  if (!parts) return std::nullopt;
  return Key{parts->first, parts->second};
}

template <typename Parent>
std::string FormatBelow(const Parent& parent, std::string_view collection, int number) {
  return FormatName(parent) + "/" + std::string(collection) + "/" + std::to_string(number);
}

}  // namespace

std::optional<WorkKey> ParseWorkName(std::string_view name) {
  if (const auto assignment = ParseAssignmentName(name)) return WorkKey{*assignment, 0};
  const auto occurrence = ParseOccurrenceName(name);
  if (!occurrence || occurrence->occurrence == 0) return std::nullopt;
  return WorkKey{occurrence->assignment, occurrence->occurrence};
}

std::optional<ReminderKey> ParseReminderName(std::string_view name) {
  return KeyBelow<ReminderKey>(name, "reminders", &ParseDivisionName);
}

std::optional<SupervisionOrderKey> ParseSupervisionOrderName(std::string_view name) {
  return KeyBelow<SupervisionOrderKey>(name, "supervisionOrders", &ParseDivisionName);
}

std::optional<WebhookKey> ParseWebhookName(std::string_view name) {
  return KeyBelow<WebhookKey>(name, "webhooks", &ParseDivisionName);
}

std::optional<InstructionKey> ParseInstructionName(std::string_view name) {
  return KeyBelow<InstructionKey>(name, "instructions", &ParseTaskName);
}

std::optional<CommentKey> ParseCommentName(std::string_view name) {
  return KeyBelow<CommentKey>(name, "comments", &ParseTaskName);
}

std::optional<TaskKey> ParseTaskOf(std::string_view name) {
  if (const auto task = ParseTaskName(name)) return task;
  const auto work = ParseWorkName(name);
  if (!work) return std::nullopt;
  return work->assignment.task;
}

std::string FormatName(const WorkKey& key) {
  if (key.occurrence == 0) return FormatName(key.assignment);
  return FormatName(OccurrenceKey{key.assignment, key.occurrence});
}

std::string FormatName(const ReminderKey& key) {
  return FormatBelow(key.division, "reminders", key.reminder);
}

std::string FormatName(const SupervisionOrderKey& key) {
  return FormatBelow(key.division, "supervisionOrders", key.order);
}

std::string FormatName(const WebhookKey& key) {
  return FormatBelow(key.division, "webhooks", key.webhook);
}

std::string FormatName(const InstructionKey& key) {
  return FormatBelow(key.task, "instructions", key.instruction);
}

std::string FormatName(const CommentKey& key) {
  return FormatBelow(key.task, "comments", key.comment);
}

}  // namespace gongkai::plans
