#include "services/plans/rpc/reminder_rounds.h"

#include <algorithm>

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr std::string_view kToken = "r1.";
constexpr std::size_t kDateLength = 10;

Error UnknownToken() {
  return InvalidArgument("resume_token", "is not a token of WatchDueReminders");
}

CivilDate Plus(CivilDate date, int days) {
  return std::chrono::sys_days(date) + std::chrono::days(days);
}

const v1::ReminderSchedule& ScheduleFor(const v1::ReminderRules& rules,
                                        v1::DueReminder::Kind kind) {
  if (kind == v1::DueReminder::CLAIM) return rules.claim();
  return kind == v1::DueReminder::FILE ? rules.filing() : rules.submission();
}

}  // namespace

v1::ReminderSchedule ToMessage(const ReminderSchedule& schedule) {
  v1::ReminderSchedule message;
  for (int day : schedule.days) message.add_days(day);
  message.set_repeat_days(schedule.repeat_days);
  return message;
}

ReminderSchedule ToSchedule(const v1::ReminderSchedule& message) {
  return {.days = {message.days().begin(), message.days().end()},
          .repeat_days = message.repeat_days()};
}

Result<ReminderRuleTable> ReminderRuleTable::Make(const std::vector<Document>& documents) {
  ReminderRuleTable table;
  const auto add = [&table](int division, v1::ReminderRules rules) {
    for (const auto* schedule : {&rules.claim(), &rules.filing(), &rules.submission()}) {
      table.longest_lead_ =
          std::max(table.longest_lead_, plans::LongestLead(ToSchedule(*schedule)));
    }
    table.rules_[division] = std::move(rules);
  };
  for (const auto& document : documents) {
    auto rules = plans::ToMessage<v1::ReminderRules>(document);
    if (!rules) return Fail(rules.error());
    const int division = ParseDivisionName(rules->source())->value;
    add(division, std::move(*rules));
  }
  const auto defaults = DefaultReminderRules();
  v1::ReminderRules rules;
  *rules.mutable_claim() = plans::ToMessage(defaults.claim);
  *rules.mutable_filing() = plans::ToMessage(defaults.filing);
  *rules.mutable_submission() = plans::ToMessage(defaults.submission);
  add(0, std::move(rules));
  return table;
}

v1::ReminderRules ReminderRuleTable::For(DivisionCode division) const {
  const int code = division.value;
  for (int candidate : {code, code / 100 * 100, code / 10000 * 10000, 0}) {
    const auto found = rules_.find(candidate);
    if (found == rules_.end()) continue;
    auto rules = found->second;
    rules.set_name(FormatName(division) + "/reminderRules");
    if (candidate != code) rules.set_etag("0");
    return rules;
  }
  return {};
}

std::string RoundPlace::ToToken() const {
  if (complete) return std::string(kToken) + FormatDate(day);
  return std::string(kToken) + FormatDate(sent_through) + "." + FormatDate(day) + "." +
         (after ? FormatName(*after) : "");
}

Result<RoundPlace> RoundPlace::FromToken(const std::string& token, CivilDate today) {
  if (token.empty()) return RoundPlace{.sent_through = Plus(today, -1), .day = today};
  std::string_view rest = token;
  if (!rest.starts_with(kToken)) return Fail(UnknownToken());
  rest.remove_prefix(kToken.size());
  const auto first = ParseDate(rest.substr(0, kDateLength));
  if (!first) return Fail(UnknownToken());
  if (rest.size() == kDateLength) {
    return RoundPlace{.sent_through = *first, .day = *first, .complete = true};
  }
  const auto second =
      rest.size() > kDateLength ? ParseDate(rest.substr(kDateLength + 1, kDateLength)) : first;
  constexpr auto kNameAt = 2 * (kDateLength + 1);
  if (!second || rest.size() < kNameAt || rest[kDateLength] != '.' || rest[kNameAt - 1] != '.') {
    return Fail(UnknownToken());
  }
  RoundPlace place{.sent_through = *first, .day = *second};
  rest.remove_prefix(kNameAt);
  if (rest.empty()) return place;
  place.after = ParseWorkName(rest);
  if (!place.after) return Fail(UnknownToken());
  return place;
}

RoundPlace NextRound(const RoundPlace& complete, CivilDate today) {
  return {.sent_through = complete.day, .day = today};
}

Result<v1::WatchDueRemindersResponse> ReadRound(ReminderStore& store,
                                                const DivisionRange& divisions, RoundPlace& place) {
  const auto documents = store.ReadRules(divisions);
  if (!documents) return Fail(documents.error());
  const auto table = ReminderRuleTable::Make(*documents);
  if (!table) return Fail(table.error());
  const auto owed = store.ReadOwed(
      {.divisions = divisions, .latest_due = Plus(place.day, table->LongestLead())}, place.after);
  if (!owed) return Fail(owed.error());

  v1::WatchDueRemindersResponse response;
  response.set_round_date(FormatDate(place.day));
  if (owed->empty()) {
    place.complete = true;
    place.sent_through = place.day;
    place.after.reset();
  } else {
    // A part is of one division.
    const auto rules = table->For(owed->front().key.assignment.task.plan.division);
    for (const auto& work : *owed) {
      auto reminder = plans::ToMessage<v1::DueReminder>(work.due_reminder);
      if (!reminder) return Fail(reminder.error());
      const auto due = *ParseDate(reminder->due_date());
      const auto step =
          LatestStep(ToSchedule(ScheduleFor(rules, reminder->kind())),
                     DaysBetween(due, place.sent_through), DaysBetween(due, place.day));
      if (!step) continue;
      reminder->set_days_left(DaysBetween(place.day, due));
      reminder->set_step(*step);
      *response.add_due_reminders() = std::move(*reminder);
    }
    place.after = owed->back().key;
  }
  response.set_round_complete(place.complete);
  response.set_resume_token(place.ToToken());
  return response;
}

}  // namespace gongkai::plans
