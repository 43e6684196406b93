#include "tests/bench/reporting/province.h"

#include <array>
#include <cstdio>
#include <string>

namespace gongkai::bench {
namespace {

using namespace plans::v1;

constexpr int kTasks = 48;
constexpr int kUnitsOfTask = 16;
constexpr std::int64_t kNewYear2026 = 1767196800;  // 2026-01-01 in Shanghai

std::string DivisionName(int division) { return "divisions/" + std::to_string(division); }

std::string UnitName(int county, int unit) {
  return DivisionName(county) + "/units/" + std::to_string(unit);
}

std::string Day(int year, int month, int day) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return text;
}

// The days on which the occurrences of a task are due.
std::vector<std::string> DueDays(int task, int year) {
  std::vector<std::string> days;
  switch (task % 10) {
    case 0:
      for (int month = 1; month <= 12; ++month) days.push_back(Day(year, month, 28));
      break;
    case 1:
    case 2:
    case 3:
    case 4:
      for (int month = 3; month <= 12; month += 3) days.push_back(Day(year, month, 30));
      break;
    default:
      days.push_back(Day(year, 3 + task % 4 * 3, 1 + task % 28));
  }
  return days;
}

DueRule::Kind DueKindOf(int task) { return task % 10 == 4 ? DueRule::ONGOING : DueRule::FIXED; }

}  // namespace

std::vector<Change> Province::Directory() {
  std::vector<Change> changes;
  const auto add = [&](int number, Division::Level level, int parent) {
    auto* division = changes.emplace_back().mutable_division();
    division->set_name(DivisionName(number));
    division->set_display_name("某地" + std::to_string(number));
    division->set_level(level);
    if (parent > 0) division->set_parent_division(DivisionName(parent));
    division->set_revision(1);
  };
  add(kDivision, Division::PROVINCE, 0);
  for (int index = 0; index < size_.counties; ++index) {
    const int city = County(index) / 100 * 100;
    if (index % 10 == 0) add(city, Division::CITY, kDivision);
    add(County(index), Division::COUNTY, city);
  }
  for (int index = 0; index < size_.counties; ++index) {
    for (int number = 1; number <= kUnits; ++number) {
      auto* unit = changes.emplace_back().mutable_unit();
      unit->set_name(UnitName(County(index), number));
      unit->set_display_name("单位" + std::to_string(number));
      unit->set_kind(static_cast<Unit::Kind>(1 + number % 8));
      unit->set_revision(1);
    }
  }
  return changes;
}

std::vector<Change> Province::Plan(int county, int year) {
  std::vector<Change> changes;
  const auto plan_name = DivisionName(county) + "/plans/" + std::to_string(year * 100 + 1);
  auto* plan = changes.emplace_back().mutable_plan();
  plan->set_name(plan_name);
  plan->set_title("工作要点");
  plan->set_year(year);
  plan->set_state(Plan::ISSUED);
  plan->set_issue_date(Day(year, 2, 1));
  plan->set_claim_deadline(Day(year, 2, 15));
  plan->set_filing_deadline(Day(year, 3, 1));
  plan->set_revision(1);
  for (int number = 1; number <= kTasks; ++number) {
    auto* task = changes.emplace_back().mutable_task();
    task->set_name(plan_name + "/tasks/" + std::to_string(number));
    task->mutable_content()->set_title("任务" + std::to_string(number));
    task->set_revision(1);
  }
  std::vector<Change> occurrences;
  for (int number = 1; number <= kTasks; ++number) {
    for (int share = 0; share < kUnitsOfTask; ++share) {
      const int unit = (number * 7 + share * 3) % kUnits + 1;
      const auto role = share == 0   ? ParsedUnit::LEAD
                        : share < 10 ? ParsedUnit::RESPONSIBLE
                                     : ParsedUnit::SUPPORTING;
      constexpr std::array kRoles = {"", "lead", "responsible", "supporting"};
      const auto name = plan_name + "/tasks/" + std::to_string(number) + "/assignments/" +
                        std::to_string(unit) + "-" + kRoles[role];
      auto* assignment = changes.emplace_back().mutable_assignment();
      assignment->set_name(name);
      assignment->set_role(role);
      assignment->set_state(static_cast<Assignment::State>(Pick(1, 3)));
      if (assignment->state() != Assignment::ASSIGNED) {
        assignment->mutable_claim_time()->set_seconds(kNewYear2026 +
                                                      Pick(30, 70) * std::int64_t{86400});
      }
      assignment->set_revision(1);
      int occurrence_number = 0;
      for (const auto& due : DueDays(number, year)) {
        auto* occurrence = occurrences.emplace_back().mutable_occurrence();
        occurrence->set_name(name + "/occurrences/" + std::to_string(++occurrence_number));
        occurrence->set_role(role);
        occurrence->set_due_date(due);
        occurrence->set_due_kind(DueKindOf(number));
        occurrence->set_state(year < kNewestYear ? Occurrence::VERIFIED : Occurrence::OPEN);
        if (year < kNewestYear) {
          occurrence->mutable_submit_time()->set_seconds(kNewYear2026 - 86400 * Pick(1, 300));
          occurrence->set_evidence_count(Pick(0, 2));
        }
        occurrence->set_revision(1);
        if (year == kNewestYear) newest_.push_back(*occurrence);
      }
    }
  }
  changes.insert(changes.end(), occurrences.begin(), occurrences.end());
  return changes;
}

std::vector<Change> Province::Policies(int county, int year) {
  std::vector<Change> changes;
  for (int number = 1; number <= 20; ++number) {
    const auto id = std::to_string(year * 100 + number);
    auto* document = changes.emplace_back().mutable_policy_document();
    document->set_name(DivisionName(county) + "/policyDocuments/" + id);
    document->set_unit(UnitName(county, Pick(1, kUnits)));
    document->set_title("文件" + id);
    document->set_issuing_level(number % 3 == 0 ? PolicyDocument::GOVERNMENT
                                                : PolicyDocument::UNIT);
    document->set_publish_date(Day(year, Pick(1, 12), 5));
    document->set_must_interpret(number % 4 != 0);
    document->set_revision(1);
    auto* act = changes.emplace_back().mutable_interpretation();
    act->set_name(DivisionName(county) + "/interpretations/" + id);
    act->set_unit(document->unit());
    act->set_form(static_cast<Interpretation::Form>(Pick(1, 10)));
    act->set_interpreter(Interpretation::PRINCIPAL_HEAD);
    act->set_publish_date(document->publish_date());
    act->add_policy_documents(document->name());
    act->set_revision(1);
  }
  return changes;
}

Change Province::Next() {
  auto& occurrence = newest_[Pick(0, static_cast<int>(newest_.size()) - 1)];
  if (occurrence.state() == Occurrence::OPEN) {
    occurrence.set_state(Occurrence::SUBMITTED);
    occurrence.mutable_submit_time()->set_seconds(kNewYear2026 +
                                                  Pick(40, 360) * std::int64_t{86400});
    occurrence.set_evidence_count(Pick(0, 2));
  } else {
    occurrence.set_state(occurrence.state() == Occurrence::SUBMITTED ? Occurrence::VERIFIED
                                                                     : Occurrence::OPEN);
  }
  occurrence.set_revision(occurrence.revision() + 1);
  Change change;
  *change.mutable_occurrence() = occurrence;
  return change;
}

}  // namespace gongkai::bench
