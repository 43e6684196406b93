#include "services/plans/rpc/audit_service.h"

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr int kSealsPerCall = 1000;

}  // namespace

Result<v1::ListAuditEntriesResponse> AuditService::ListAuditEntries(
    const rpc::Caller&, const v1::ListAuditEntriesRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", "divisions/{division}"));
  const auto& resource = request.resource();
  if (!resource.empty() && resource != request.parent() &&
      !resource.starts_with(request.parent() + "/")) {
    return Fail(InvalidArgument("resource", "must be " + request.parent() + " or below it"));
  }
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListEntries(*division, resource, *query),
                &v1::ListAuditEntriesResponse::mutable_audit_entries);
}

Result<v1::VerifyAuditChainResponse> AuditService::VerifyAuditChain(
    const rpc::Caller&, const v1::VerifyAuditChainRequest& request) {
  if (request.after_seal() < 0) {
    return Fail(InvalidArgument("after_seal", "must be the number of a seal, or 0"));
  }
  const auto report = chain_.Verify(request.after_seal(), kSealsPerCall);
  if (!report) return Fail(report.error());
  v1::VerifyAuditChainResponse response;
  response.set_seals(report->seals);
  response.set_entries(report->entries);
  response.set_last_seal(report->last_seal);
  response.set_last_digest(report->last_digest);
  response.set_broken_seal(report->broken_seal.value_or(0));
  response.set_more(report->more);
  return response;
}

}  // namespace gongkai::plans
