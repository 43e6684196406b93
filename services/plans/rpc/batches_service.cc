#include "services/plans/rpc/batches_service.h"

#include <set>

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

constexpr int kMostNames = 1000;

using Names = google::protobuf::RepeatedPtrField<std::string>;

// The keys of all names; `belongs` tells whether one is of the parent.
template <typename Key, typename Belongs>
Result<std::vector<Key>> KeysOf(const Names& names, std::optional<Key> (*parse)(std::string_view),
                                const std::string& form, Belongs belongs, RequestChecks checks) {
  checks.Require(names.size() >= 1 && names.size() <= kMostNames, "names",
                 "must have 1 to 1000 names, has " + std::to_string(names.size()));
  std::set<std::string_view> seen;
  std::vector<Key> keys;
  for (int i = 0; i < names.size() && i < kMostNames; ++i) {
    const auto place = "names[" + std::to_string(i) + "]";
    const auto key = parse(names[i]);
    checks.Require(key.has_value(), place, "must be of the form " + form);
    if (!key) continue;
    checks.Require(belongs(*key), place, "must belong to the parent");
    checks.Require(seen.insert(names[i]).second, place, "stands there twice");
    keys.push_back(*key);
  }
  if (!checks.ok()) return Fail(checks.error());
  return keys;
}

}  // namespace

Result<v1::BatchClaimAssignmentsResponse> BatchesService::BatchClaimAssignments(
    const rpc::Caller& caller, const v1::BatchClaimAssignmentsRequest& request) {
  const auto unit = ParseUnitName(request.parent());
  if (!unit) return Fail(MalformedName("parent", kUnitForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto keys = KeysOf(request.names(), &ParseAssignmentName, kAssignmentForm,
                           [&](const AssignmentKey& key) {
                             return UnitKey{key.task.plan.division, key.unit} == *unit;
                           },
                           {});
  if (!keys) return Fail(keys.error());
  return ToMessage<v1::BatchClaimAssignmentsResponse>(store_.ClaimAll(*context, *keys));
}

Result<v1::BatchVerifyOccurrencesResponse> BatchesService::BatchVerifyOccurrences(
    const rpc::Caller& caller, const v1::BatchVerifyOccurrencesRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 0, 4000);
  const auto keys = KeysOf(
      request.names(), &ParseOccurrenceName, kOccurrenceForm,
      [&](const OccurrenceKey& key) { return key.assignment.task.plan.division == *division; },
      checks);
  if (!keys) return Fail(keys.error());
  return ToMessage<v1::BatchVerifyOccurrencesResponse>(
      store_.VerifyAll(*context, *keys, request.comment()));
}

}  // namespace gongkai::plans
