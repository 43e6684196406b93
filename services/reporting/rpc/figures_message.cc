#include "services/reporting/rpc/figures_message.h"

#include <google/protobuf/util/time_util.h>

namespace gongkai::reporting {

namespace {

void Fill(const Ratio& ratio, v1::Ratio& message) {
  message.set_numerator(static_cast<int>(ratio.numerator));
  message.set_denominator(static_cast<int>(ratio.denominator));
  message.set_display(DisplayPercent(ratio));
}

}  // namespace

v1::Ratio ToMessage(const Ratio& ratio) {
  v1::Ratio message;
  Fill(ratio, message);
  return message;
}

void Fill(const FigureSet& figures, v1::FigureSet& message) {
  Fill(figures.completion, *message.mutable_completion());
  Fill(figures.completion_self_reported, *message.mutable_completion_self_reported());
  Fill(figures.completion_with_evidence, *message.mutable_completion_with_evidence());
  Fill(figures.completion_lead, *message.mutable_completion_lead());
  Fill(figures.completion_by_task, *message.mutable_completion_by_task());
  Fill(figures.ongoing, *message.mutable_ongoing());
  Fill(figures.on_time, *message.mutable_on_time());
  Fill(figures.claim, *message.mutable_claim());
  Fill(figures.claim_in_time, *message.mutable_claim_in_time());
  Fill(figures.filing, *message.mutable_filing());
  Fill(figures.filing_in_time, *message.mutable_filing_in_time());
  Fill(figures.head_interpretation, *message.mutable_head_interpretation());
  Fill(figures.interpretation, *message.mutable_interpretation());
  Fill(figures.diversified, *message.mutable_diversified());
  Fill(figures.diversified_of_required, *message.mutable_diversified_of_required());
  Fill(figures.forms, *message.mutable_forms());
  Fill(figures.three_sync, *message.mutable_three_sync());
  message.set_overdue_not_done(static_cast<int>(figures.overdue_not_done));
  message.set_done_late(static_cast<int>(figures.done_late));
  message.set_due_before_issue(static_cast<int>(figures.due_before_issue));
}

google::protobuf::Timestamp ToMessage(std::chrono::system_clock::time_point moment) {
  return google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
      std::chrono::floor<std::chrono::microseconds>(moment.time_since_epoch()).count());
}

}  // namespace gongkai::reporting
