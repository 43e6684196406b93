#include "services/plans/rpc/reminders_service.h"

#include <set>

#include "services/plans/rpc/field_update.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/reminder_rounds.h"
#include "services/plans/rpc/supervision_forms.h"

namespace gongkai::plans {
namespace {

constexpr char kRulesForm[] = "divisions/{division}/reminderRules";
constexpr int kFallbackDays = 7;
constexpr int kMostDays = 366;
constexpr int kMostSteps = 20;
constexpr int kMostSubjects = 1000;

using Names = google::protobuf::RepeatedPtrField<std::string>;

std::optional<DivisionCode> ParseRulesName(std::string_view name) {
  constexpr std::string_view kEnd = "/reminderRules";
  if (!name.ends_with(kEnd)) return std::nullopt;
  return ParseDivisionName(name.substr(0, name.size() - kEnd.size()));
}

void CheckSchedule(const v1::ReminderSchedule& schedule, const std::string& field,
                   RequestChecks& checks) {
  const auto& days = schedule.days();
  checks.Require(days.size() <= kMostSteps, field + ".days", "must have at most 20 days");
  for (int i = 0; i < days.size(); ++i) {
    const auto place = field + ".days[" + std::to_string(i) + "]";
    checks.Require(days[i] >= -kMostDays && days[i] <= kMostDays, place, "must be -366 to 366");
    checks.Require(i == 0 || days[i - 1] < days[i], place, "must be greater than the one before");
  }
  checks.Require(schedule.repeat_days() >= 0 && schedule.repeat_days() <= kMostDays,
                 field + ".repeat_days", "must be 0 to 366");
}

// Puts the schedules that the request names in the place of those in `rules`.
Result<void> Apply(const v1::UpdateReminderRulesRequest& request, v1::ReminderRules& rules) {
  const auto& given = request.reminder_rules();
  const auto fields =
      FieldsToUpdate(given, request.update_mask(), {"claim", "filing", "submission"});
  if (!fields) return Fail(fields.error());
  TakeFields(given, *fields, rules);
  RequestChecks checks;
  CheckSchedule(rules.claim(), "reminder_rules.claim", checks);
  CheckSchedule(rules.filing(), "reminder_rules.filing", checks);
  CheckSchedule(rules.submission(), "reminder_rules.submission", checks);
  if (!checks.ok()) return Fail(checks.error());
  return {};
}

Result<std::vector<WorkKey>> SubjectsOf(const Names& names, DivisionCode division,
                                        RequestChecks& checks) {
  checks.Require(names.size() >= 1 && names.size() <= kMostSubjects, "subjects",
                 "must have 1 to 1000 names, has " + std::to_string(names.size()));
  std::set<std::string_view> seen;
  std::vector<WorkKey> keys;
  for (int i = 0; i < names.size() && i < kMostSubjects; ++i) {
    const auto place = "subjects[" + std::to_string(i) + "]";
    const auto key = ParseWorkName(names[i]);
    checks.Require(key.has_value(), place, "must be the name of an assignment or an occurrence");
    if (!key) continue;
    checks.Require(key->assignment.task.plan.division == division, place,
                   "must belong to the parent");
    checks.Require(seen.insert(names[i]).second, place, "stands there twice");
    keys.push_back(*key);
  }
  if (!checks.ok()) return Fail(checks.error());
  return keys;
}

}  // namespace

Result<v1::ListDueRemindersResponse> RemindersService::ListDueReminders(
    const rpc::Caller&, const v1::ListDueRemindersRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  const int days = request.has_within_days() ? request.within_days() : kFallbackDays;
  if (days < 0 || days > kMostDays) {
    return Fail(InvalidArgument("within_days", "must be 0 to 366"));
  }
  const auto today = today_();
  OwedScope scope{.divisions = RangeOf(*division, request.include_subdivisions()),
                  .latest_due = std::chrono::sys_days(today) + std::chrono::days(days)};
  if (!request.unit().empty()) {
    const auto unit = ParseUnitName(request.unit());
    if (!unit) return Fail(MalformedName("unit", kUnitForm));
    if (unit->division != *division) {
      return Fail(InvalidArgument("unit", "must belong to the division of the parent"));
    }
    scope.unit = unit->unit;
    scope.divisions = RangeOf(*division, false);  // a unit is of one division
  }
  auto response =
      ToList(store_.ListOwed(scope, *query), &v1::ListDueRemindersResponse::mutable_due_reminders);
  if (!response) return response;
  for (auto& reminder : *response->mutable_due_reminders()) {
    reminder.set_days_left(DaysBetween(today, *ParseDate(reminder.due_date())));
  }
  return response;
}

Result<v1::ReminderRules> RemindersService::RulesOf(DivisionCode division) {
  const auto documents = store_.ReadRules({division.value, division.value});
  if (!documents) return Fail(documents.error());
  const auto table = ReminderRuleTable::Make(*documents);
  if (!table) return Fail(table.error());
  return table->For(division);
}

Result<v1::ReminderRules> RemindersService::GetReminderRules(
    const rpc::Caller&, const v1::GetReminderRulesRequest& request) {
  const auto division = ParseRulesName(request.name());
  if (!division) return Fail(MalformedName("name", kRulesForm));
  return RulesOf(*division);
}

Result<v1::ReminderRules> RemindersService::UpdateReminderRules(
    const rpc::Caller& caller, const v1::UpdateReminderRulesRequest& request) {
  const auto division = ParseRulesName(request.reminder_rules().name());
  if (!division) return Fail(MalformedName("reminder_rules.name", kRulesForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  auto rules = RulesOf(*division);
  if (!rules) return Fail(rules.error());
  if (auto applied = Apply(request, *rules); !applied) return Fail(applied.error());
  // What the mask leaves out was read before: it must still hold when this is written.
  const auto& etag = request.reminder_rules().etag();
  const auto expected = RevisionOf(etag.empty() ? rules->etag() : etag);
  if (!expected) return Fail(expected.error());
  return ToMessage<v1::ReminderRules>(
      store_.PutRules(*context, *division, *expected,
                      {.claim = ToSchedule(rules->claim()),
                       .filing = ToSchedule(rules->filing()),
                       .submission = ToSchedule(rules->submission())}));
}

Result<v1::RecordRemindersResponse> RemindersService::RecordReminders(
    const rpc::Caller& caller, const v1::RecordRemindersRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Require(request.channel() != v1::Reminder::CHANNEL_UNSPECIFIED &&
                     v1::Reminder::Channel_IsValid(request.channel()),
                 "channel", "must say how they were reminded");
  checks.Length(request.text(), "text", 1, 2000);
  const auto subjects = SubjectsOf(request.subjects(), *division, checks);
  if (!subjects) return Fail(subjects.error());
  return ToMessage<v1::RecordRemindersResponse>(store_.RecordReminders(
      *context, *division,
      {*subjects, v1::Reminder::Channel_Name(request.channel()), request.text()}));
}

Result<v1::Reminder> RemindersService::GetReminder(const rpc::Caller&,
                                                   const v1::GetReminderRequest& request) {
  const auto key = ParseReminderName(request.name());
  if (!key) return Fail(MalformedName("name", kReminderForm));
  return ToMessage<v1::Reminder>(store_.GetReminder(*key));
}

Result<v1::ListRemindersResponse> RemindersService::ListReminders(
    const rpc::Caller&, const v1::ListRemindersRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  std::optional<WorkKey> subject;
  if (!request.subject().empty()) {
    subject = ParseWorkName(request.subject());
    if (!subject || subject->assignment.task.plan.division != *division) {
      return Fail(InvalidArgument(
          "subject", "must be an assignment or an occurrence of the parent's division"));
    }
  }
  const auto range = RangeOf(*division, request.include_subdivisions() && !subject);
  return ToList(store_.ListReminders(range, subject, *query),
                &v1::ListRemindersResponse::mutable_reminders);
}

}  // namespace gongkai::plans
