#include "services/plans/rpc/history_reader.h"

#include <google/protobuf/util/time_util.h>

#include <utility>

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"
#include "services/plans/rpc/parsed_plan_proto.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::TimeUtil;

constexpr std::size_t kMostRows = 200'000;
constexpr int kMostTasks = 2000;
constexpr int kMostText = 4000;
constexpr int kMostOccurrences = 1000;

std::string At(const char* field, int index) {
  return std::string(field) + "[" + std::to_string(index) + "]";
}

// Nothing where the contract has no value or the value that stands for none.
std::string LabelOf(const google::protobuf::EnumDescriptor& labels, int value) {
  const auto* label = value == 0 ? nullptr : labels.FindValueByNumber(value);
  return label ? label->name() : std::string();
}

std::optional<std::string> TimeOrNull(bool present, const google::protobuf::Timestamp& time) {
  if (!present) return std::nullopt;
  return TimeUtil::ToString(time);
}

// A row that reached a state has the time at which it did.
void RequireTime(RequestChecks& checks, bool needed, bool present, const std::string& field,
                 const std::string& state) {
  checks.Require(!needed || present, field, "must be set for " + state);
}

}  // namespace

Result<void> HistoricPlanReader::Begin(const v1::ImportHistoryRequest& message) {
  const auto& plan = message.plan().plan();
  RequestChecks checks;
  const auto key = ParsePlanName(plan.name());
  checks.Require(key.has_value(), "plan.plan.name", std::string("must be ") + kPlanForm);
  checks.Length(plan.title(), "plan.plan.title", 1, 500);
  checks.Length(plan.document_number(), "plan.plan.document_number", 0, 100);
  checks.Require(plan.state() == v1::Plan::ISSUED || plan.state() == v1::Plan::CLOSED,
                 "plan.plan.state", "must be ISSUED or CLOSED");
  const auto issued = checks.Date(plan.issue_date(), "plan.plan.issue_date");
  const auto claim = checks.OptionalDate(plan.claim_deadline(), "plan.plan.claim_deadline");
  const auto filing = checks.OptionalDate(plan.filing_deadline(), "plan.plan.filing_deadline");
  const int tasks = message.plan().tasks_size();
  checks.Require(
      tasks >= 1 && tasks <= kMostTasks, "plan.tasks",
      "must have 1 to " + std::to_string(kMostTasks) + " tasks, has " + std::to_string(tasks));
  if (!checks.ok()) return Fail(checks.error());

  v1::ParsedPlan content;
  *content.mutable_tasks() = message.plan().tasks();
  const auto parsed = FromProto(content, "plan");
  if (!parsed) return Fail(parsed.error());
  plan_ = {.key = *key,
           .title = plan.title(),
           .document_number = plan.document_number(),
           .year = key->plan / 100,
           .state = plan.state() == v1::Plan::ISSUED ? PlanState::kIssued : PlanState::kClosed,
           .issue_date = *issued,
           .claim_deadline = claim,
           .filing_deadline = filing};
  for (const auto& task : parsed->tasks) plan_.tasks.push_back(ToDocument(ToProto(task)));
  begun_ = true;
  return Add(message);
}

Result<void> HistoricPlanReader::Add(const v1::ImportHistoryRequest& message) {
  const std::size_t rows = plan_.assignments.size() + plan_.occurrences.size() +
                           message.assignments_size() + message.occurrences_size();
  if (rows > kMostRows) {
    return Fail(Error{.code = ErrorCode::kResourceExhausted,
                      .reason = "PLAN_TOO_LARGE",
                      .message = FormatName(plan_.key) + " has more than " +
                                 std::to_string(kMostRows) + " assignments and occurrences",
                      .message_zh = "单个方案的任务分配和周期记录超过上限"});
  }
  for (int i = 0; i < message.assignments_size(); ++i) {
    auto added = AddAssignment(message.assignments(i), At("assignments", i));
    if (!added) return added;
  }
  for (int i = 0; i < message.occurrences_size(); ++i) {
    auto added = AddOccurrence(message.occurrences(i), At("occurrences", i));
    if (!added) return added;
  }
  return {};
}

Result<void> HistoricPlanReader::AddAssignment(const v1::Assignment& assignment,
                                               const std::string& path) {
  const auto key = ParseAssignmentName(assignment.name());
  if (!key) return Fail(MalformedName(path + ".name", kAssignmentForm));
  const auto state = LabelOf(*v1::Assignment::State_descriptor(), assignment.state());
  RequestChecks checks;
  checks.Require(key->task.plan == plan_.key, path + ".name",
                 "must be of " + FormatName(plan_.key));
  checks.Require(key->task.task <= static_cast<int>(plan_.tasks.size()), path + ".name",
                 "must be of one of the plan's " + std::to_string(plan_.tasks.size()) + " tasks");
  checks.Require(assignments_.insert(*key).second, path + ".name", "must not come twice");
  checks.Require(!state.empty(), path + ".state", "must be set");
  checks.Length(assignment.source_text(), path + ".source_text", 0, 200);
  checks.Length(assignment.measures(), path + ".measures", 0, kMostText);
  checks.Length(assignment.section(), path + ".section", 0, 100);
  checks.Length(assignment.person(), path + ".person", 0, 50);
  checks.Length(assignment.state_comment(), path + ".state_comment", 0, kMostText);
  const bool filed = assignment.state() == v1::Assignment::FILED;
  RequireTime(checks, filed || assignment.state() == v1::Assignment::CLAIMED,
              assignment.has_claim_time(), path + ".claim_time", state);
  RequireTime(checks, filed, assignment.has_file_time(), path + ".file_time", state);
  if (!checks.ok()) return Fail(checks.error());
  plan_.assignments.push_back(
      {.key = *key,
       .source_text = assignment.source_text(),
       .state = state,
       .measures = assignment.measures(),
       .section = assignment.section(),
       .person = assignment.person(),
       .state_comment = assignment.state_comment(),
       .claim_time = TimeOrNull(assignment.has_claim_time(), assignment.claim_time()),
       .file_time = TimeOrNull(assignment.has_file_time(), assignment.file_time())});
  return {};
}

Result<void> HistoricPlanReader::AddOccurrence(const v1::Occurrence& occurrence,
                                               const std::string& path) {
  const auto key = ParseOccurrenceName(occurrence.name());
  if (!key) return Fail(MalformedName(path + ".name", kOccurrenceForm));
  const auto state = LabelOf(*v1::Occurrence::State_descriptor(), occurrence.state());
  const auto kind = LabelOf(*v1::DueRule::Kind_descriptor(), occurrence.due_kind());
  RequestChecks checks;
  checks.Require(assignments_.count(key->assignment) > 0, path + ".name",
                 "must be of an assignment that the plan has brought before");
  checks.Require(key->occurrence <= kMostOccurrences, path + ".name",
                 "must have a number up to " + std::to_string(kMostOccurrences));
  checks.Require(occurrences_.insert(*key).second, path + ".name", "must not come twice");
  checks.Length(occurrence.period(), path + ".period", 4, 10);
  checks.Date(occurrence.due_date(), path + ".due_date");
  checks.Require(!kind.empty(), path + ".due_kind", "must be set");
  checks.Require(!state.empty(), path + ".state", "must be set");
  checks.Require(occurrence.report_count() >= 0, path + ".report_count", "must not be negative");
  checks.Require(occurrence.evidence_count() >= 0, path + ".evidence_count",
                 "must not be negative");
  checks.Length(occurrence.review_comment(), path + ".review_comment", 0, kMostText);
  const bool verified = occurrence.state() == v1::Occurrence::VERIFIED;
  RequireTime(checks, verified || occurrence.state() == v1::Occurrence::SUBMITTED,
              occurrence.has_submit_time(), path + ".submit_time", state);
  RequireTime(checks, verified, occurrence.has_verify_time(), path + ".verify_time", state);
  if (!checks.ok()) return Fail(checks.error());
  plan_.occurrences.push_back(
      {.key = *key,
       .period = occurrence.period(),
       .due_date = occurrence.due_date(),
       .due_kind = kind,
       .due_assumed = occurrence.due_assumed(),
       .state = state,
       .report_count = occurrence.report_count(),
       .evidence_count = occurrence.evidence_count(),
       .submit_time = TimeOrNull(occurrence.has_submit_time(), occurrence.submit_time()),
       .verify_time = TimeOrNull(occurrence.has_verify_time(), occurrence.verify_time()),
       .review_comment = occurrence.review_comment()});
  return {};
}

HistoricPlan HistoricPlanReader::Take() {
  begun_ = false;
  assignments_.clear();
  occurrences_.clear();
  return std::exchange(plan_, {});
}

}  // namespace gongkai::plans
