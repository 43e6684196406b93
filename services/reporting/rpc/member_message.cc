#include "services/reporting/rpc/member_message.h"

#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gongkai/plans/v1/assignments.pb.h"
#include "services/reporting/domain/resource_name.h"

namespace gongkai::reporting {
namespace {

std::string AssignmentName(const MemberKey& key) {
  constexpr std::string_view kRoles[] = {"", "lead", "responsible", "supporting"};
  return NameInDivision(key[0], "plans", key[1]) + "/tasks/" + std::to_string(key[2]) +
         "/assignments/" + std::to_string(key[3]) + "-" + std::string(kRoles[key[4]]);
}

std::string NameOf(const MemberKey& key, MemberKind kind) {
  switch (kind) {
    case MemberKind::kOccurrence:
      return AssignmentName(key) + "/occurrences/" + std::to_string(key[5]);
    case MemberKind::kAssignment:
      return AssignmentName(key);
    case MemberKind::kTask:
      return NameInDivision(key[0], "plans", key[1]) + "/tasks/" + std::to_string(key[2]);
    case MemberKind::kUnit:
      return NameInDivision(key[0], "units", key[1]);
    case MemberKind::kDocument:
      return NameInDivision(key[0], "policyDocuments", key[1]);
  }
  return "";
}

std::string StateName(int state, MemberKind kind) {
  if (kind == MemberKind::kOccurrence) {
    return plans::v1::Occurrence::State_Name(static_cast<plans::v1::Occurrence::State>(state));
  }
  if (kind == MemberKind::kAssignment) {
    return plans::v1::Assignment::State_Name(static_cast<plans::v1::Assignment::State>(state));
  }
  return "";
}

// FNV-1a of what the pages of one list have in common.
std::string Fingerprint(v1::ListFigureMembersRequest request) {
  request.clear_page_token();
  request.clear_page_size();
  std::uint32_t hash = 2166136261u;
  for (const unsigned char byte : request.SerializeAsString()) hash = (hash ^ byte) * 16777619u;
  return std::to_string(hash);
}

}  // namespace

v1::FigureMember ToMessage(const FigureMember& member, MemberKind kind) {
  v1::FigureMember message;
  message.set_name(NameOf(member.key, kind));
  message.set_display_name(member.display_name);
  message.set_unit_display_name(member.unit_display_name);
  message.set_part(static_cast<v1::FigureMember::Part>(member.membership.part));
  message.set_reason(std::string(member.membership.reason.name));
  message.set_reason_zh(std::string(member.membership.reason.words));
  message.set_state(StateName(member.state, kind));
  if (member.due_date) message.set_due_date(FormatDate(*member.due_date));
  if (member.submit_date) message.set_submit_date(FormatDate(*member.submit_date));
  return message;
}

std::string PageTokenAfter(const MemberKey& last, const v1::ListFigureMembersRequest& request) {
  auto token = Fingerprint(request);
  for (const int part : last) token += "." + std::to_string(part);
  return token;
}

std::optional<MemberKey> AfterToken(const v1::ListFigureMembersRequest& request) {
  MemberKey key{};
  std::string_view rest = request.page_token();
  if (rest.empty()) return key;
  const auto fingerprint = Fingerprint(request);
  if (!rest.starts_with(fingerprint)) return std::nullopt;
  rest.remove_prefix(fingerprint.size());
  for (int& part : key) {
    if (!rest.starts_with('.')) return std::nullopt;
    const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), part);
    if (error != std::errc() || part < 0) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  if (!rest.empty() || key[4] > 3) return std::nullopt;
  return key;
}

}  // namespace gongkai::reporting
