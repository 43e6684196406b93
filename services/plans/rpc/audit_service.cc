#include "services/plans/rpc/audit_service.h"

#include <charconv>
#include <string_view>

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr int kSealsPerCall = 1000;

// From the name of an entry: `divisions/370124/auditEntries/8213-977` → {8213, 977}.
std::optional<AuditPosition> ParseEntryName(std::string_view name) {
  const auto number = name.substr(name.rfind('/') + 1);
  const char* const end = number.data() + number.size();
  AuditPosition position;
  const auto txid = std::from_chars(number.data(), end, position.txid);
  if (txid.ec != std::errc() || txid.ptr == end || *txid.ptr != '-') return std::nullopt;
  const auto seq = std::from_chars(txid.ptr + 1, end, position.seq);
  if (seq.ec != std::errc() || seq.ptr != end) return std::nullopt;
  return position;
}

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
  const auto limit = PageLimit(request.page_size(), {});
  if (!limit) return Fail(limit.error());
  std::optional<AuditPosition> before;
  if (!request.page_token().empty()) {
    const auto last = ResourceNameOf(request.page_token());
    if (last) before = ParseEntryName(*last);
    if (!before) return Fail(MalformedPageToken());
  }
  return ToList(store_.ListEntries(*division, resource, before, *limit),
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
