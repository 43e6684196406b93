#include "services/reporting/domain/ledger_entry.h"

#include "services/reporting/domain/contribution.h"

namespace gongkai::reporting {

Lateness LatenessOf(const LedgerEntry& entry, CivilDate as_of) {
  const auto& occurrence = entry.occurrence;
  const auto contribution = ContributionOf(occurrence);
  if (!contribution.active) return Lateness::kCancelled;
  if (!occurrence.due_date) return Lateness::kNoDueDay;
  if (entry.terms.issue_date && *occurrence.due_date < *entry.terms.issue_date) {
    return Lateness::kDueBeforeIssue;
  }
  if (contribution.self_reported_late) return Lateness::kDoneLate;
  if (contribution.self_reported) return Lateness::kInTime;
  return *occurrence.due_date < as_of ? Lateness::kOverdue : Lateness::kNotYetDue;
}

std::optional<int> DaysLate(const LedgerEntry& entry, CivilDate as_of) {
  const auto& occurrence = entry.occurrence;
  const auto lateness = LatenessOf(entry, as_of);
  if (lateness == Lateness::kOverdue) return DaysBetween(*occurrence.due_date, as_of);
  if (lateness == Lateness::kDoneLate) {
    return DaysBetween(*occurrence.due_date, *occurrence.submit_date);
  }
  return std::nullopt;
}

std::string_view WordsOf(Lateness lateness) {
  switch (lateness) {
    case Lateness::kCancelled:
      return "已取消";
    case Lateness::kInTime:
      return "按时完成";
    case Lateness::kDoneLate:
      return "逾期完成";
    case Lateness::kOverdue:
      return "逾期未完成";
    case Lateness::kNotYetDue:
      return "未到期";
    case Lateness::kDueBeforeIssue:
      return "早于印发日期";
    case Lateness::kNoDueDay:
      return "时限待定";
  }
  return "";
}

std::string_view WordsOf(OccurrenceState state) {
  switch (state) {
    case OccurrenceState::kOpen:
      return "未提交";
    case OccurrenceState::kSubmitted:
      return "待核验";
    case OccurrenceState::kReturned:
      return "已退回";
    case OccurrenceState::kVerified:
      return "已核验";
    case OccurrenceState::kCancelled:
      return "已取消";
  }
  return "";
}

std::string_view WordsOf(Role role) {
  switch (role) {
    case Role::kLead:
      return "牵头";
    case Role::kResponsible:
      return "负责";
    case Role::kSupporting:
      return "配合";
  }
  return "";
}

std::string PeriodWords(std::string_view period) {
  constexpr std::string_view kQuarters[] = {"第一季度", "第二季度", "第三季度", "第四季度"};
  const auto year = std::string(period.substr(0, 4)) + "年";
  if (period.size() == 4) return year;
  if (period.size() != 7 || period[4] != '-') return std::string(period);
  if (period[5] == 'Q' && period[6] >= '1' && period[6] <= '4') {
    return year + std::string(kQuarters[period[6] - '1']);
  }
  if (period.ends_with("H1")) return year + "上半年";
  if (period.ends_with("H2")) return year + "下半年";
  return year + std::string(period.substr(period[5] == '0' ? 6 : 5)) + "月";
}

}  // namespace gongkai::reporting
