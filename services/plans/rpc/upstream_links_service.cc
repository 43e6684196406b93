#include "services/plans/rpc/upstream_links_service.h"

#include <algorithm>
#include <map>

#include "gongkai/plans/v1/plans.pb.h"
#include "services/plans/domain/text_likeness.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"
#include "services/plans/rpc/plan_intake.h"

namespace gongkai::plans {
namespace {

constexpr double kLeastScore = 0.15;
constexpr std::size_t kMostProposals = 3;

// Whether `above` is a city or province of `division`.
bool IsAbove(DivisionCode above, DivisionCode division) {
  const auto range = SubtreeOf(above);
  return above != division && range.from <= division.value && division.value <= range.to;
}

Error NotAbove(const std::string& field, const std::string& name) {
  return InvalidArgument(field, "must be of a division above that of " + name);
}

// The tasks of a plan that were not taken out of it.
Result<std::vector<v1::Task>> TasksOf(PlanStore& plans, const PlanKey& plan) {
  if (const auto found = plans.GetPlan(plan); !found) return Fail(found.error());
  const auto page = plans.ListTasks(plan, {.limit = kMostTasks});
  if (!page) return Fail(page.error());
  std::vector<v1::Task> tasks;
  for (const auto& document : page->documents) {
    v1::Task task;
    if (auto parsed = ParseDocument(document, &task); !parsed) return Fail(parsed.error());
    if (task.state() == v1::Task::ACTIVE) tasks.push_back(std::move(task));
  }
  return tasks;
}

std::vector<std::string> TextsOf(const std::vector<v1::Task>& upstream,
                                 const std::vector<v1::Task>& own) {
  std::vector<std::string> texts;
  for (const auto* tasks : {&upstream, &own}) {
    for (const auto& task : *tasks) {
      texts.push_back(task.content().title() + "。" + task.content().requirement());
    }
  }
  return texts;
}

// The tasks most like the one at `place` of `likeness`, whose texts are followed by those of `own`.
void AddProposals(const TextLikeness& likeness, std::size_t place, std::size_t first_own,
                  const std::vector<v1::Task>& own, v1::UpstreamTaskReview& review) {
  using Proposal = v1::UpstreamTaskReview::Proposal;
  std::vector<Proposal> proposals;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto like = likeness.Compare(place, first_own + i);
    if (like.score < kLeastScore) continue;
    Proposal proposal;
    proposal.set_task(own[i].name());
    proposal.set_title(own[i].content().title());
    proposal.set_score(like.score);
    for (const auto& phrase : like.shared) proposal.add_shared_phrases(phrase);
    proposals.push_back(std::move(proposal));
  }
  std::stable_sort(proposals.begin(), proposals.end(),
                   [](const auto& a, const auto& b) { return a.score() > b.score(); });
  if (proposals.size() > kMostProposals) proposals.resize(kMostProposals);
  for (auto& proposal : proposals) *review.add_proposals() = std::move(proposal);
}

}  // namespace

Result<v1::ReviewUpstreamPlanResponse> UpstreamLinksService::ReviewUpstreamPlan(
    const rpc::Caller&, const v1::ReviewUpstreamPlanRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto above = ParsePlanName(request.upstream_plan());
  if (!above) return Fail(MalformedName("upstream_plan", kPlanForm));
  if (!IsAbove(above->division, plan->division)) {
    return Fail(NotAbove("upstream_plan", request.parent()));
  }
  const auto own = TasksOf(plans_, *plan);
  if (!own) return Fail(own.error());
  const auto upstream = TasksOf(plans_, *above);
  if (!upstream) return Fail(upstream.error());
  const auto documents = links_.LinksBetween(*plan, *above);
  if (!documents) return Fail(documents.error());
  std::map<std::string, std::vector<v1::UpstreamLink>> links;
  for (const auto& document : *documents) {
    v1::UpstreamLink link;
    if (auto parsed = ParseDocument(document, &link); !parsed) return Fail(parsed.error());
    links[link.upstream_task()].push_back(std::move(link));
  }

  const TextLikeness likeness(TextsOf(*upstream, *own));
  v1::ReviewUpstreamPlanResponse response;
  for (std::size_t i = 0; i < upstream->size(); ++i) {
    const auto& task = (*upstream)[i];
    auto* review = response.add_upstream_tasks();
    review->set_upstream_task(task.name());
    review->set_title(task.content().title());
    const auto known = links.find(task.name());
    if (known == links.end()) {
      AddProposals(likeness, i, upstream->size(), *own, *review);
    } else {
      for (auto& link : known->second) *review->add_links() = std::move(link);
    }
    const bool linked =
        review->links_size() > 0 && review->links(0).state() == v1::UpstreamLink::LINKED;
    response.set_linked(response.linked() + (linked ? 1 : 0));
    const bool applies = linked || review->links_size() == 0;
    response.set_applicable(response.applicable() + (applies ? 1 : 0));
  }
  return response;
}

Result<v1::UpstreamLink> UpstreamLinksService::CreateUpstreamLink(
    const rpc::Caller& caller, const v1::CreateUpstreamLinkRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& link = request.upstream_link();
  RequestChecks checks;
  const auto upstream = ParseTaskName(link.upstream_task());
  checks.Require(
      upstream && IsAbove(upstream->plan.division, plan->division), "upstream_link.upstream_task",
      std::string("must be ") + kTaskForm + " of a division above that of " + request.parent());
  std::optional<int> task;
  if (!link.task().empty()) {
    const auto own = ParseTaskName(link.task());
    checks.Require(own && own->plan == *plan, "upstream_link.task",
                   "must be a task of " + request.parent() + ", or empty");
    if (own) task = own->task;
  }
  checks.Length(link.reason(), "upstream_link.reason", task || !link.task().empty() ? 0 : 1, 1000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::UpstreamLink>(links_.CreateLink(
      *context, *plan, {.upstream_task = *upstream, .task = task, .reason = link.reason()}));
}

Result<v1::UpstreamLink> UpstreamLinksService::GetUpstreamLink(
    const rpc::Caller&, const v1::GetUpstreamLinkRequest& request) {
  const auto link = ParseUpstreamLinkName(request.name());
  if (!link) return Fail(MalformedName("name", kUpstreamLinkForm));
  return ToMessage<v1::UpstreamLink>(links_.GetLink(*link));
}

Result<v1::ListUpstreamLinksResponse> UpstreamLinksService::ListUpstreamLinks(
    const rpc::Caller&, const v1::ListUpstreamLinksRequest& request) {
  const auto scope = ParsePlanScope(request.parent());
  if (!scope) return Fail(MalformedName("parent", kPlanForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(links_.ListLinks(scope->division, scope->plan, *query),
                &v1::ListUpstreamLinksResponse::mutable_upstream_links);
}

Result<v1::UpstreamLink> UpstreamLinksService::WithdrawUpstreamLink(
    const rpc::Caller& caller, const v1::WithdrawUpstreamLinkRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseUpstreamLinkName, kUpstreamLinkForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.reason(), "reason", 1, 1000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::UpstreamLink>(
      links_.WithdrawLink(start->context, start->key, start->expected, request.reason()));
}

Result<v1::ListCounterpartsResponse> UpstreamLinksService::ListCounterparts(
    const rpc::Caller&, const v1::ListCounterpartsRequest& request) {
  const auto task = ParseTaskName(request.parent());
  if (!task) return Fail(MalformedName("parent", kTaskForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(links_.ListCounterparts(*task, *query),
                &v1::ListCounterpartsResponse::mutable_counterparts);
}

}  // namespace gongkai::plans
