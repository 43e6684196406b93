#include "services/plans/rpc/task_events_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

// What an event says of itself, checked.
template <typename Source>
std::optional<CivilDate> CheckEvent(const Source& source, const std::string& place, CivilDate today,
                                    RequestChecks& checks) {
  const auto date = checks.Date(source.event_date(), place + "event_date");
  if (date) checks.Require(*date <= today, place + "event_date", "must not be in the future");
  checks.Length(source.description(), place + "description", 1, 1000);
  return date;
}

struct RelativeRule {
  int rule = 0;
  DaysAfter days;
};

template <typename Source>
DaysAfter DaysOf(const Source& source) {
  return {.working = source.working_days(), .calendar = source.calendar_days()};
}

// The rule that the event starts: the named one, or the only one that is RELATIVE.
Result<RelativeRule> RuleOf(const v1::ParsedTask& task, const v1::TaskEvent& event) {
  std::vector<RelativeRule> rules;
  std::string choices;
  for (int i = 0; i <= task.further_due_size(); ++i) {
    const auto& due = i == 0 ? task.due() : task.further_due(i - 1);
    if (due.kind() != v1::DueRule::RELATIVE) continue;
    if (event.has_rule() && event.rule() == i) return RelativeRule{i, DaysOf(due)};
    rules.push_back({i, DaysOf(due)});
    choices += (choices.empty() ? "" : ", ") + std::to_string(i);
  }
  if (rules.empty()) {
    return Fail(InvalidArgument("parent",
                                "names a task without a RELATIVE due rule: no event starts it",
                                "该任务没有“事后若干日”类期限，无需登记事项"));
  }
  if (event.has_rule() || rules.size() > 1) {
    return Fail(InvalidArgument("task_event.rule",
                                "must name a RELATIVE due rule of the task: " + choices,
                                "请指明该事项对应任务的哪一条期限"));
  }
  return rules[0];
}

}  // namespace

Result<CivilDate> TaskEventsService::DueAfter(CivilDate event_date, const DaysAfter& days) {
  if (days.calendar > 0) {
    return CivilDate(std::chrono::sys_days(event_date) + std::chrono::days(days.calendar));
  }
  const auto calendar = stores_.calendars.LoadWorkingDays();
  if (!calendar) return Fail(calendar.error());
  return calendar->After(event_date, days.working);
}

Result<v1::TaskEvent> TaskEventsService::CreateTaskEvent(
    const rpc::Caller& caller, const v1::CreateTaskEventRequest& request) {
  const auto key = ParseTaskName(request.parent());
  if (!key) return Fail(MalformedName("parent", kTaskForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& event = request.task_event();
  RequestChecks checks;
  const auto date = CheckEvent(event, "task_event.", today_(), checks);
  if (!checks.ok()) return Fail(checks.error());

  const auto task = ToMessage<v1::Task>(stores_.plans.GetTask(*key));
  if (!task) return Fail(task.error());
  const auto rule = RuleOf(task->content(), event);
  if (!rule) return Fail(rule.error());
  const auto due = DueAfter(*date, rule->days);
  if (!due) return Fail(due.error());
  return ToMessage<v1::TaskEvent>(stores_.events.RecordEvent(*context, *key,
                                                             {.event_date = *date,
                                                              .description = event.description(),
                                                              .rule = rule->rule,
                                                              .working_days = rule->days.working,
                                                              .calendar_days = rule->days.calendar,
                                                              .due = *due}));
}

Result<v1::TaskEvent> TaskEventsService::GetTaskEvent(const rpc::Caller&,
                                                      const v1::GetTaskEventRequest& request) {
  const auto key = ParseTaskEventName(request.name());
  if (!key) return Fail(MalformedName("name", kTaskEventForm));
  return ToMessage<v1::TaskEvent>(stores_.events.GetEvent(*key));
}

Result<v1::ListTaskEventsResponse> TaskEventsService::ListTaskEvents(
    const rpc::Caller&, const v1::ListTaskEventsRequest& request) {
  const auto task = ParseTaskName(request.parent());
  if (!task) return Fail(MalformedName("parent", kTaskForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(stores_.events.ListEvents(*task, *query),
                &v1::ListTaskEventsResponse::mutable_task_events);
}

Result<v1::TaskEvent> TaskEventsService::CorrectTaskEvent(
    const rpc::Caller& caller, const v1::CorrectTaskEventRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseTaskEventName, kTaskEventForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  const auto date = CheckEvent(request, "", today_(), checks);
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());

  const auto event = ToMessage<v1::TaskEvent>(stores_.events.GetEvent(start->key));
  if (!event) return Fail(event.error());
  const auto due = DueAfter(*date, DaysOf(*event));
  if (!due) return Fail(due.error());
  return ToMessage<v1::TaskEvent>(stores_.events.CorrectEvent(start->context, start->key,
                                                              start->expected,
                                                              {.event_date = *date,
                                                               .description = request.description(),
                                                               .due = *due,
                                                               .reason = request.reason()}));
}

Result<v1::TaskEvent> TaskEventsService::CancelTaskEvent(
    const rpc::Caller& caller, const v1::CancelTaskEventRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseTaskEventName, kTaskEventForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::TaskEvent>(
      stores_.events.CancelEvent(start->context, start->key, start->expected, request.reason()));
}

}  // namespace gongkai::plans
