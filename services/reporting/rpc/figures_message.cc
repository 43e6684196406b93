#include "services/reporting/rpc/figures_message.h"

#include <google/protobuf/util/time_util.h>

namespace gongkai::reporting {

v1::Ratio ToMessage(const Ratio& ratio) {
  v1::Ratio message;
  message.set_numerator(static_cast<int>(ratio.numerator));
  message.set_denominator(static_cast<int>(ratio.denominator));
  message.set_display(DisplayPercent(ratio));
  return message;
}

v1::FigureSet ToMessage(const FigureSet& figures) {
  v1::FigureSet message;
  *message.mutable_completion() = ToMessage(figures.completion);
  *message.mutable_completion_self_reported() = ToMessage(figures.completion_self_reported);
  *message.mutable_completion_with_evidence() = ToMessage(figures.completion_with_evidence);
  *message.mutable_completion_lead() = ToMessage(figures.completion_lead);
  *message.mutable_completion_by_task() = ToMessage(figures.completion_by_task);
  *message.mutable_ongoing() = ToMessage(figures.ongoing);
  *message.mutable_on_time() = ToMessage(figures.on_time);
  message.set_overdue_not_done(static_cast<int>(figures.overdue_not_done));
  message.set_done_late(static_cast<int>(figures.done_late));
  message.set_due_before_issue(static_cast<int>(figures.due_before_issue));
  *message.mutable_claim() = ToMessage(figures.claim);
  *message.mutable_claim_in_time() = ToMessage(figures.claim_in_time);
  *message.mutable_filing() = ToMessage(figures.filing);
  *message.mutable_filing_in_time() = ToMessage(figures.filing_in_time);
  *message.mutable_head_interpretation() = ToMessage(figures.head_interpretation);
  *message.mutable_interpretation() = ToMessage(figures.interpretation);
  *message.mutable_diversified() = ToMessage(figures.diversified);
  *message.mutable_diversified_of_required() = ToMessage(figures.diversified_of_required);
  *message.mutable_forms() = ToMessage(figures.forms);
  return message;
}

google::protobuf::Timestamp ToMessage(std::chrono::system_clock::time_point moment) {
  return google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
      std::chrono::floor<std::chrono::microseconds>(moment.time_since_epoch()).count());
}

}  // namespace gongkai::reporting
