#include "tests/bench/plans/history.h"

#include <google/protobuf/util/time_util.h>

#include "tests/bench/plans/dataset.h"

namespace gongkai::bench {
namespace {

using google::protobuf::util::TimeUtil;
using plans::v1::Assignment;
using plans::v1::DueRule;
using plans::v1::ImportHistoryRequest;
using plans::v1::Occurrence;

constexpr int kRowsOfMessage = 500;

ImportHistoryRequest BeginPlan(const std::string& name, int year) {
  ImportHistoryRequest message;
  message.set_import_id("bench");
  auto& plan = *message.mutable_plan()->mutable_plan();
  plan.set_name(name);
  plan.set_title("政务公开工作要点");
  plan.set_issue_date(std::to_string(year) + "-01-15");
  plan.set_state(plans::v1::Plan::CLOSED);
  for (int task = 1; task <= kTasks; ++task) {
    auto& content = *message.mutable_plan()->add_tasks();
    content.set_ordinal(std::to_string(task));
    content.set_title("公开目录");
    content.set_requirement("按要求更新主动公开基本目录。");
  }
  return message;
}

void AddWork(const std::string& plan, int task, int unit, int year, ImportHistoryRequest& message) {
  auto& assignment = *message.add_assignments();
  assignment.set_name(plan + "/tasks/" + std::to_string(task) + "/assignments/" +
                      std::to_string(unit) + "-responsible");
  assignment.set_source_text("县政府各部门");
  assignment.set_state(Assignment::FILED);
  assignment.set_measures("每月核对一次目录，发现缺漏即补。");
  assignment.set_section("办公室");
  assignment.set_person("经办人");
  const auto begin = TimeUtil::SecondsToTimestamp((year - 1970) * 31'557'600L);
  *assignment.mutable_claim_time() = begin;
  *assignment.mutable_file_time() = begin;
  auto& occurrence = *message.add_occurrences();
  occurrence.set_name(assignment.name() + "/occurrences/1");
  occurrence.set_period(std::to_string(year));
  occurrence.set_due_date(std::to_string(year) + "-12-31");
  occurrence.set_due_kind(DueRule::FIXED);
  occurrence.set_state(Occurrence::VERIFIED);
  occurrence.set_report_count(1);
  occurrence.set_evidence_count(1);
  *occurrence.mutable_submit_time() = begin;
  *occurrence.mutable_verify_time() = begin;
}

}  // namespace

void ForEachHistoryMessage(int years,
                           const std::function<bool(const ImportHistoryRequest&)>& send) {
  for (int county = 1; county <= kCounties; ++county) {
    for (int year = kFirstYear; year < kFirstYear + years; ++year) {
      const auto plan = "divisions/" + std::to_string(990000 + county) + "/plans/" +
                        std::to_string(year * 100 + 1);
      auto message = BeginPlan(plan, year);
      for (int task = 1; task <= kTasks; ++task) {
        for (int unit = 1; unit <= kUnits; ++unit) AddWork(plan, task, unit, year, message);
        if (message.assignments_size() < kRowsOfMessage && task < kTasks) continue;
        if (!send(message)) return;
        message.Clear();
      }
    }
  }
}

}  // namespace gongkai::bench
