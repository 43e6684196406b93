#include "services/reporting/domain/membership.h"

namespace gongkai::reporting {
namespace {

constexpr Reason kCancelled{"CANCELLED", "已取消"};
constexpr Reason kDeclined{"DECLINED", "已退回，不属于该单位职责"};
constexpr Reason kIsOngoing{"ONGOING", "长期坚持事项，单独统计"};
constexpr Reason kNotOngoing{"NOT_ONGOING", "不是长期坚持事项"};
constexpr Reason kNotLeading{"NOT_LEADING", "不是牵头单位的事项"};
constexpr Reason kNoDueDate{"NO_DUE_DATE", "所依据的事件尚未发生，没有到期日"};
constexpr Reason kDueBeforeIssue{"DUE_BEFORE_ISSUE", "到期日早于方案印发日"};
constexpr Reason kDueAfterIssue{"DUE_AFTER_ISSUE", "到期日不早于方案印发日"};
constexpr Reason kNotDue{"NOT_DUE", "截至当日尚未逾期或到期"};
constexpr Reason kSubmitted{"SUBMITTED", "已有有效提交"};
constexpr Reason kNotSubmitted{"NOT_SUBMITTED", "没有有效提交"};
constexpr Reason kSubmittedLate{"SUBMITTED_LATE", "到期日之后才提交"};
constexpr Reason kInTime{"IN_TIME", "按时提交"};
constexpr Reason kNotVerified{"NOT_VERIFIED", "尚未核验"};
constexpr Reason kNoEvidence{"NO_EVIDENCE", "没有佐证材料"};
constexpr Reason kNoDeadline{"NO_DEADLINE", "方案没有设定期限"};
constexpr Reason kNotClaimed{"NOT_CLAIMED", "尚未认领"};
constexpr Reason kClaimedLate{"CLAIMED_LATE", "认领期限之后才认领"};
constexpr Reason kNotFiled{"NOT_FILED", "尚未备案"};
constexpr Reason kFiledLate{"FILED_LATE", "备案期限之后才备案"};
constexpr Reason kNotAllVerified{"NOT_ALL_VERIFIED", "还有事项未核验"};
constexpr Reason kNothingToComplete{"NOTHING_TO_COMPLETE", "没有须完成的事项"};
constexpr Reason kNoTask{"NO_TASK", "本年度没有任务"};
constexpr Reason kBelowTarget{"BELOW_TARGET", "解读次数未达标"};
constexpr Reason kNotRequired{"NOT_REQUIRED", "不属于应解读的文件"};
constexpr Reason kNotInterpreted{"NOT_INTERPRETED", "尚未解读"};
constexpr Reason kTextOnly{"TEXT_ONLY", "只有文字解读"};
constexpr Reason kNotInSync{"NOT_IN_SYNC", "解读未与文件同步组织、同步审签、同步部署"};
constexpr Reason kTooFewForms{"TOO_FEW_FORMS", "解读形式数未达标"};

Part PartOf(const FigureDefinition& figure, const FigureCounts& counts) {
  const auto value = figure.In(FiguresOf(counts));
  if (value.numerator > 0) return Part::kNumerator;
  return value.denominator > 0 ? Part::kDenominatorOnly : Part::kLeftOut;
}

Reason WhyNotCounted(const FigureDefinition& figure, const OccurrenceFact& occurrence,
                     const OccurrenceContribution& one) {
  if (figure.name == "completion_self_reported") return kNotSubmitted;
  if (figure.name == "completion_with_evidence") {
    return one.self_reported ? kNoEvidence : kNotSubmitted;
  }
  if (figure.name == "on_time" && occurrence.state == OccurrenceState::kVerified) {
    return kSubmittedLate;
  }
  return kNotVerified;
}

Reason WhyNotLate(const FigureDefinition& figure, const OccurrenceFact& occurrence,
                  const OccurrenceContribution& one, const PlanTerms& terms) {
  if (!occurrence.due_date) return kNoDueDate;
  const bool before_issue = terms.issue_date && *occurrence.due_date < *terms.issue_date;
  if (figure.name == "due_before_issue") return before_issue ? kSubmitted : kDueAfterIssue;
  if (before_issue) return kDueBeforeIssue;
  if (figure.name == "overdue_not_done" && one.self_reported) return kSubmitted;
  if (figure.name == "done_late" && !one.self_reported) return kNotSubmitted;
  if (figure.name == "done_late" && !one.self_reported_late) return kInTime;
  return kNotDue;
}

Reason WhyLeftOut(const FigureDefinition& figure, const OccurrenceFact& occurrence,
                  const OccurrenceContribution& one, const PlanTerms& terms) {
  if (!one.active) return kCancelled;
  if (figure.name == "ongoing") return kNotOngoing;
  if (!figure.name.starts_with("completion")) return WhyNotLate(figure, occurrence, one, terms);
  return occurrence.ongoing ? kIsOngoing : kNotLeading;
}

Reason WhyLeftOut(const FigureDefinition& figure, const AssignmentFact& assignment,
                  const AssignmentContribution& one) {
  if (assignment.state == AssignmentState::kDeclined) return kDeclined;
  if (assignment.state == AssignmentState::kCancelled) return kCancelled;
  return figure.name.starts_with("filing") && !one.claimed ? kNotClaimed : kNoDeadline;
}

Reason WhyNotCounted(const FigureDefinition& figure, const AssignmentContribution& one) {
  if (figure.name.starts_with("filing")) return one.filed ? kFiledLate : kNotFiled;
  return one.claimed ? kClaimedLate : kNotClaimed;
}

Reason WhyNotCounted(const FigureDefinition& figure, const DocumentCount& document) {
  if (figure.name == "three_sync") return kNotInSync;
  if (document.forms.size() == 0) return kNotInterpreted;
  return figure.name == "forms" ? kTooFewForms : kTextOnly;
}

}  // namespace

Membership MembershipOf(const FigureDefinition& figure, const OccurrenceFact& occurrence,
                        const PlanTerms& terms, CivilDate as_of) {
  Cell alone;
  Add(alone, occurrence, 1);
  FigureCounts counts;
  CountOccurrences(alone, terms, as_of, {}, counts);
  const auto part = PartOf(figure, counts);
  if (part == Part::kNumerator) return {part, {}};
  const auto one = ContributionOf(occurrence);
  return {part, part == Part::kLeftOut ? WhyLeftOut(figure, occurrence, one, terms)
                                       : WhyNotCounted(figure, occurrence, one)};
}

Membership MembershipOf(const FigureDefinition& figure, const AssignmentFact& assignment,
                        const PlanTerms& terms) {
  Cell alone;
  Add(alone, assignment, 1);
  FigureCounts counts;
  CountWork(alone, terms, {}, counts);
  const auto part = PartOf(figure, counts);
  if (part == Part::kNumerator) return {part, {}};
  const auto one = ContributionOf(assignment);
  return {part, part == Part::kLeftOut ? WhyLeftOut(figure, assignment, one)
                                       : WhyNotCounted(figure, one)};
}

Membership MembershipOf(const FigureDefinition& figure, const DocumentCount& document,
                        const Rules& rules) {
  Cell alone;
  Add(alone, document, 1);
  FigureCounts counts;
  CountDocuments(alone, rules, counts);
  const auto part = PartOf(figure, counts);
  if (part == Part::kNumerator) return {part, {}};
  if (part == Part::kDenominatorOnly) return {part, WhyNotCounted(figure, document)};
  return {part, figure.name == "diversified" ? kNotInterpreted : kNotRequired};
}

Membership TaskMembership(std::int64_t active, std::int64_t verified) {
  if (active == 0) return {Part::kLeftOut, kNothingToComplete};
  if (verified < active) return {Part::kDenominatorOnly, kNotAllVerified};
  return {Part::kNumerator, {}};
}

Membership HeadMembership(bool has_task, bool attained) {
  if (!has_task) return {Part::kLeftOut, kNoTask};
  if (!attained) return {Part::kDenominatorOnly, kBelowTarget};
  return {Part::kNumerator, {}};
}

}  // namespace gongkai::reporting
