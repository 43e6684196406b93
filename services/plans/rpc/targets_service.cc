#include "services/plans/rpc/targets_service.h"

#include <algorithm>
#include <cstdlib>

#include "gongkai/plans/v1/plans.pb.h"
#include "services/plans/list/page_token.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

constexpr char kTaskScopeForm[] = "divisions/{division}/plans/{plan}/tasks/{task or -}";
constexpr int kReadAtOnce = 1000;

Error PlanNotIssued(const PlanKey& plan, v1::Plan::State state) {
  const auto name = FormatName(plan);
  const auto label = v1::Plan::State_Name(state);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "PLAN_NOT_ISSUED",
          .message = name + " is " + label + ": its targets are counted once it is ISSUED",
          .message_zh = "方案尚未印发，暂不统计目标完成情况",
          .metadata = {{"resource", name}, {"state", label}}};
}

// The unit that a list is narrowed to, of the plan's division; nothing for an empty name.
Result<std::optional<int>> UnitOf(const std::string& name, DivisionCode division) {
  if (name.empty()) return std::optional<int>();
  const auto unit = ParseUnitName(name);
  if (!unit || unit->division != division) {
    return Fail(InvalidArgument("unit", "must be a unit of " + FormatName(division)));
  }
  return std::optional(unit->unit);
}

// Where a page of figures starts: behind the figure of the token, or behind its place where it is
// gone. INVALID_ARGUMENT for a token of another list, and where the target itself is gone.
Result<std::size_t> StartOf(const std::vector<TargetFigure>& figures, const std::string& token,
                            std::uint64_t list) {
  if (token.empty()) return std::size_t{0};
  const auto keys = list::ParsePageToken(token, list, 3);
  if (!keys) return Fail(keys.error());
  const auto behind = [&](const TargetFigure& figure) {
    return std::pair(figure.unit.value_or(0), figure.period.label) >
           std::pair(std::atoi((*keys)[1].c_str()), (*keys)[2]);
  };
  std::optional<std::size_t> start;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (FormatName(figures[i].target->key) != (*keys)[0]) continue;
    if (behind(figures[i])) return i;
    start = i + 1;
  }
  if (!start) return Fail(list::InvalidPageToken());
  return *start;
}

std::vector<std::string> KeyOf(const CountedAct& act) {
  return {FormatDate(act.date), act.resource};
}

// Where a page of acts starts: behind the act of the token, whether it is still there or not.
Result<std::size_t> StartOf(const std::vector<CountedAct>& acts, const std::string& token,
                            std::uint64_t list) {
  if (token.empty()) return std::size_t{0};
  const auto key = list::ParsePageToken(token, list, 2);
  if (!key) return Fail(key.error());
  const auto first = std::find_if(acts.begin(), acts.end(),
                                  [&](const CountedAct& act) { return KeyOf(act) > *key; });
  return static_cast<std::size_t>(first - acts.begin());
}

}  // namespace

Result<v1::TaskTarget> TargetsService::GetTaskTarget(const rpc::Caller&,
                                                     const v1::GetTaskTargetRequest& request) {
  const auto key = ParseTaskTargetName(request.name());
  if (!key) return Fail(MalformedName("name", kTaskTargetForm));
  const auto stored = stores_.targets.GetTarget(*key);
  if (!stored) return Fail(stored.error());
  return ToTaskTarget(*stored);
}

Result<v1::ListTaskTargetsResponse> TargetsService::ListTaskTargets(
    const rpc::Caller&, const v1::ListTaskTargetsRequest& request) {
  const auto scope = ParseTaskScope(request.parent());
  if (!scope || !scope->plan) return Fail(MalformedName("parent", kTaskScopeForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  const auto page =
      stores_.targets.ListTargets({scope->division, *scope->plan}, scope->task, *query);
  if (!page) return Fail(page.error());
  v1::ListTaskTargetsResponse response;
  for (const auto& document : page->documents) {
    auto target = ToTaskTarget(document);
    if (!target) return Fail(target.error());
    *response.add_task_targets() = std::move(*target);
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

Result<v1::TaskTarget> TargetsService::BindTarget(const rpc::Caller& caller,
                                                  const v1::BindTargetRequest& request) {
  const auto key = ParseTaskTargetName(request.name());
  if (!key) return Fail(MalformedName("name", kTaskTargetForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto stored = stores_.targets.GetTarget(*key);
  if (!stored) return Fail(stored.error());
  const auto target = ToTaskTarget(*stored);
  if (!target) return Fail(target.error());
  const auto binding = OfficeBindingOf(request, *target);
  if (!binding) return Fail(binding.error());
  const auto bound = stores_.targets.BindTarget(*context, *key, request.etag(), *binding);
  if (!bound) return Fail(bound.error());
  return ToTaskTarget(*bound);
}

Result<v1::TaskTarget> TargetsService::ResetTargetBinding(
    const rpc::Caller& caller, const v1::ResetTargetBindingRequest& request) {
  const auto key = ParseTaskTargetName(request.name());
  if (!key) return Fail(MalformedName("name", kTaskTargetForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto reset = stores_.targets.BindTarget(*context, *key, request.etag(), {});
  if (!reset) return Fail(reset.error());
  return ToTaskTarget(*reset);
}

Result<std::vector<PlanTarget>> TargetsService::TargetsOf(const PlanKey& key,
                                                          std::optional<int> task) {
  const auto plan = ToMessage<v1::Plan>(stores_.plans.GetPlan(key));
  if (!plan) return Fail(plan.error());
  if (plan->state() != v1::Plan::ISSUED && plan->state() != v1::Plan::CLOSED) {
    return Fail(PlanNotIssued(key, plan->state()));
  }
  std::vector<PlanTarget> targets;
  ListQuery query{.limit = kReadAtOnce};
  do {
    const auto page = stores_.targets.ListTargets(key, task, query);
    if (!page) return Fail(page.error());
    for (const auto& document : page->documents) {
      auto target = ToTaskTarget(document);
      if (!target) return Fail(target.error());
      const auto binding = BindingOf(*target);
      targets.push_back({*ParseTaskTargetName(target->name()), std::move(*target), binding});
    }
    query.page_token = page->next_page_token;
  } while (!query.page_token.empty());
  return targets;
}

Result<v1::ListTargetAttainmentsResponse> TargetsService::ListTargetAttainments(
    const rpc::Caller&, const v1::ListTargetAttainmentsRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto limit = PageLimit(request.page_size(), {});
  if (!limit) return Fail(limit.error());
  const auto unit = UnitOf(request.unit(), plan->division);
  if (!unit) return Fail(unit.error());
  const auto only = ParseTaskTargetName(request.target());
  if (!request.target().empty() && (!only || only->task.plan != *plan)) {
    return Fail(InvalidArgument("target", "must be a target of " + FormatName(*plan)));
  }

  const auto targets = TargetsOf(*plan, only ? std::optional(only->task.task) : std::nullopt);
  if (!targets) return Fail(targets.error());
  const auto owing = stores_.targets.LoadOwingUnits(*plan);
  if (!owing) return Fail(owing.error());
  const auto facts = stores_.targets.LoadRecordedFacts(*plan, plan->plan / 100);
  if (!facts) return Fail(facts.error());
  auto figures = FiguresOf(*targets, *owing, today_());
  std::erase_if(figures, [&](const TargetFigure& figure) {
    return (*unit && figure.unit != *unit) || (only && figure.target->key.target != only->target);
  });

  const auto fingerprint =
      list::Fingerprint({"target_attainments", request.parent(), request.target(), request.unit(),
                         request.missed_only() ? "missed" : ""});
  const auto start = StartOf(figures, request.page_token(), fingerprint);
  if (!start) return Fail(start.error());
  v1::ListTargetAttainmentsResponse response;
  for (std::size_t i = *start; i < figures.size(); ++i) {
    auto attainment = AttainmentOf(figures[i], CountOf(figures[i], *facts), today_());
    const bool missed = attainment.has_attained() && !attainment.attained();
    if (request.missed_only() && !missed) continue;
    if (response.target_attainments_size() == *limit) {
      response.set_next_page_token(list::FormatPageToken(fingerprint, figures[i - 1].key()));
      break;
    }
    *response.add_target_attainments() = std::move(attainment);
  }
  return response;
}

Result<v1::ListCountedActsResponse> TargetsService::ListCountedActs(
    const rpc::Caller&, const v1::ListCountedActsRequest& request) {
  const auto key = ParseTaskTargetName(request.parent());
  if (!key) return Fail(MalformedName("parent", kTaskTargetForm));
  const auto& plan = key->task.plan;
  const auto limit = PageLimit(request.page_size(), {});
  if (!limit) return Fail(limit.error());
  const auto unit = UnitOf(request.unit(), plan.division);
  if (!unit) return Fail(unit.error());

  const auto targets = TargetsOf(plan, key->task.task);
  if (!targets) return Fail(targets.error());
  const auto target = std::find_if(
      targets->begin(), targets->end(),
      [&](const PlanTarget& candidate) { return candidate.key.target == key->target; });
  if (target == targets->end()) return Fail(NotFound(request.parent()));
  const auto periods = PeriodsOf(ToDomain(target->target.target()).period, plan.plan / 100);
  const auto period = std::find_if(periods.begin(), periods.end(), [&](const CountPeriod& one) {
    return one.label == request.period();
  });
  if (period == periods.end()) {
    return Fail(
        InvalidArgument("period", "must be a period of the target, e.g. " + periods.front().label));
  }
  const auto facts = stores_.targets.LoadRecordedFacts(plan, plan.plan / 100);
  if (!facts) return Fail(facts.error());
  const auto count = CountOf({&*target, *unit, *period}, *facts);

  const auto fingerprint =
      list::Fingerprint({"counted_acts", request.parent(), request.unit(), request.period()});
  const auto start = StartOf(count.acts, request.page_token(), fingerprint);
  if (!start) return Fail(start.error());
  v1::ListCountedActsResponse response;
  for (std::size_t i = *start; i < count.acts.size(); ++i) {
    if (response.counted_acts_size() == *limit) {
      response.set_next_page_token(list::FormatPageToken(fingerprint, KeyOf(count.acts[i - 1])));
      break;
    }
    const auto& act = count.acts[i];
    auto& counted = *response.add_counted_acts();
    counted.set_resource(act.resource);
    counted.set_title(act.title);
    counted.set_date(FormatDate(act.date));
    counted.set_value(act.value);
  }
  return response;
}

}  // namespace gongkai::plans
