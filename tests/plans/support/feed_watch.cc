#include "tests/plans/support/feed_watch.h"

#include <google/protobuf/util/json_util.h>

#include <stdexcept>

namespace gongkai::plans::testing {
namespace {

const google::protobuf::Message& MessageOf(const v1::Change& change) {
  const auto* field = change.GetReflection()->GetOneofFieldDescriptor(
      change, v1::Change::descriptor()->FindOneofByName("resource"));
  if (!field) throw std::runtime_error("a change without a resource");
  return change.GetReflection()->GetMessage(change, field);
}

std::string TextOf(const google::protobuf::Message& message) {
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(message, &text).ok()) {
    throw std::runtime_error("a message that has no JSON");
  }
  return text;
}

// Every item of a list, page by page.
template <typename Stub, typename Request, typename Response, typename Item>
std::vector<Item> All(PlansWorld& world, Stub& stub,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      Request request,
                      const google::protobuf::RepeatedPtrField<Item>& (Response::*items)() const) {
  std::vector<Item> all;
  do {
    const auto response = world.Call(stub, method, request);
    if (!response) throw std::runtime_error(response.error().message);
    for (const auto& item : ((*response).*items)()) all.push_back(item);
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return all;
}

template <typename Request>
Request In(const std::string& parent) {
  Request request;
  request.set_parent(parent);
  return request;
}

template <typename Item>
void Add(const std::vector<Item>& items, Resources& resources) {
  for (const auto& item : items) resources[item.name()] = TextOf(item);
}

// Nothing about persons is in the feed.
std::vector<v1::Assignment> WithoutPersons(std::vector<v1::Assignment> assignments) {
  for (auto& assignment : assignments) {
    assignment.clear_person();
    assignment.clear_contact();
  }
  return assignments;
}

std::vector<v1::Division> AllDivisions(PlansWorld& world) {
  std::vector<v1::Division> divisions;
  for (const char* parent : {"", "divisions/370000", "divisions/370100"}) {
    v1::ListDivisionsRequest request;
    request.set_parent_division(parent);
    const auto children = All(world, *world.directory, &v1::Directory::Stub::ListDivisions, request,
                              &v1::ListDivisionsResponse::divisions);
    divisions.insert(divisions.end(), children.begin(), children.end());
  }
  return divisions;
}

}  // namespace

std::string NameOf(const v1::Change& change) {
  const auto& message = MessageOf(change);
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName("name"));
}

std::string ResourceOf(const v1::Change& change) { return TextOf(MessageOf(change)); }

FeedWatch::FeedWatch(PlansWorld& world, const Wish& wish) {
  context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  v1::WatchRequest request;
  request.set_resume_token(wish.token);
  request.set_until_current(wish.until_current);
  request.set_division(wish.division);
  request.set_snapshot(wish.snapshot);
  for (const auto& kind : wish.kinds) request.add_kinds(kind);
  reader_ = world.feed->Watch(&context_, request);
}

FeedWatch::~FeedWatch() { context_.TryCancel(); }

std::optional<v1::WatchResponse> FeedWatch::Next() {
  v1::WatchResponse response;
  if (!reader_->Read(&response)) return std::nullopt;
  return response;
}

std::vector<std::string> FeedWatch::UntilCurrent() {
  std::vector<std::string> names;
  while (auto batch = Next()) {
    for (const auto& change : batch->changes()) names.push_back(NameOf(change));
    token_ = batch->resume_token();
    if (batch->has_current_as_of()) break;
  }
  return names;
}

std::string CurrentToken(PlansWorld& world) {
  FeedWatch watch(world, {.until_current = true});
  watch.UntilCurrent();
  return watch.token();
}

Resources Folded(PlansWorld& world, Resources resources, Wish wish) {
  wish.until_current = true;
  FeedWatch watch(world, wish);
  while (auto batch = watch.Next()) {
    for (const auto& change : batch->changes()) resources[NameOf(change)] = ResourceOf(change);
  }
  const auto status = watch.Finish();
  if (!status.ok()) throw std::runtime_error(status.error_message());
  return resources;
}

Resources Listed(PlansWorld& world) {
  Resources resources;
  Add(AllDivisions(world), resources);
  for (const auto& division : AllDivisions(world)) {
    const auto& name = division.name();
    Add(All(world, *world.directory, &v1::Directory::Stub::ListUnits,
            In<v1::ListUnitsRequest>(name), &v1::ListUnitsResponse::units),
        resources);
    Add(All(world, *world.policies, &v1::Policies::Stub::ListPolicyDocuments,
            In<v1::ListPolicyDocumentsRequest>(name),
            &v1::ListPolicyDocumentsResponse::policy_documents),
        resources);
    Add(All(world, *world.policies, &v1::Policies::Stub::ListInterpretations,
            In<v1::ListInterpretationsRequest>(name),
            &v1::ListInterpretationsResponse::interpretations),
        resources);
    Add(All(world, *world.activities, &v1::Activities::Stub::ListActivities,
            In<v1::ListActivitiesRequest>(name), &v1::ListActivitiesResponse::activities),
        resources);
    Add(WithoutPersons(All(world, *world.assignments, &v1::Assignments::Stub::ListAssignments,
                           In<v1::ListAssignmentsRequest>(name + "/plans/-/tasks/-"),
                           &v1::ListAssignmentsResponse::assignments)),
        resources);
    Add(All(world, *world.assignments, &v1::Assignments::Stub::ListOccurrences,
            In<v1::ListOccurrencesRequest>(name + "/plans/-/tasks/-/assignments/-"),
            &v1::ListOccurrencesResponse::occurrences),
        resources);
    const auto plans = All(world, *world.plans, &v1::Plans::Stub::ListPlans,
                           In<v1::ListPlansRequest>(name), &v1::ListPlansResponse::plans);
    Add(plans, resources);
    for (const auto& plan : plans) {
      Add(All(world, *world.plans, &v1::Plans::Stub::ListTasks,
              In<v1::ListTasksRequest>(plan.name()), &v1::ListTasksResponse::tasks),
          resources);
    }
  }
  return resources;
}

}  // namespace gongkai::plans::testing
