#include "tests/reporting/change_history.h"

#include <set>

#include "services/common/time/civil_date.h"

namespace gongkai::reporting {
namespace {

using plans::v1::Change;

template <typename Resource>
void Revise(Resource& resource) {
  resource.set_revision(resource.revision() + 1);
}

std::string DivisionOf(const std::string& name) { return name.substr(0, name.find('/', 10)); }

}  // namespace

const std::vector<std::string>& ChangeHistory::Divisions() {
  static const std::vector<std::string> divisions = {"divisions/370000", "divisions/370100",
                                                     "divisions/370200", "divisions/370112",
                                                     "divisions/370124", "divisions/370202"};
  return divisions;
}

ChangeHistory::ChangeHistory(unsigned seed) : random_(seed) {}

int ChangeHistory::Pick(int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random_);
}

std::string ChangeHistory::Date() {
  const auto first = std::chrono::sys_days(*ParseDate("2023-01-01"));
  return FormatDate(CivilDate(first + std::chrono::days(Pick(0, 59) * 7)));
}

google::protobuf::Timestamp ChangeHistory::Time() {
  google::protobuf::Timestamp time;
  time.set_seconds(1672502400 + Pick(0, 59 * 7 * 24) * 3600);  // from 2023-01-01 in Shanghai
  return time;
}

std::string ChangeHistory::Unit(const std::string& division) {
  return division + "/units/" + std::to_string(Pick(1, units_[division]));
}

std::vector<Change> ChangeHistory::Beginning() {
  Changes changes;
  for (const auto& name : Divisions()) {
    plans::v1::Division division;
    division.set_name(name);
    division.set_display_name("区划" + name.substr(10));
    const bool province = name == "divisions/370000";
    const bool city = !province && name.ends_with("00");
    division.set_level(province ? plans::v1::Division::PROVINCE
                       : city   ? plans::v1::Division::CITY
                                : plans::v1::Division::COUNTY);
    const auto above = city ? "divisions/370000" : name.substr(0, 14) + "00";
    if (!province) division.set_parent_division(above);
    Revise(division);
    divisions_.push_back(division);
    *changes.emplace_back().mutable_division() = division;
    units_[name] = Pick(2, 5);
    for (int number = 1; number <= units_[name]; ++number) {
      auto* unit = changes.emplace_back().mutable_unit();
      unit->set_name(name + "/units/" + std::to_string(number));
      unit->set_display_name("单位" + std::to_string(number));
      unit->set_kind(static_cast<plans::v1::Unit::Kind>(Pick(1, 4)));
      unit->set_revision(1);
    }
  }
  Stamp(changes);
  return changes;
}

std::vector<Change> ChangeHistory::Step() {
  Changes changes;
  if (Chance(30)) days_ += Pick(1, 3);
  for (int events = Pick(1, 4); events > 0; --events) {
    const int event = Pick(1, 100);
    if (plans_.empty() || event <= 3) {
      AddPlan(changes);
    } else if (event <= 10) {
      MovePlan(changes);
    } else if (assignments_.empty() || event <= 20) {
      AddTask(changes);
    } else if (event <= 35) {
      MoveAssignment(changes);
    } else if (event <= 75) {
      MoveOccurrence(changes);
    } else if (documents_.empty() || event <= 84) {
      WriteDocument(changes);
    } else if (event <= 98) {
      WriteInterpretation(changes);
    } else {
      MoveCounty(changes);
    }
  }
  Stamp(changes);
  return changes;
}

std::string ChangeHistory::Today() const {
  return FormatDate(
      CivilDate(std::chrono::sys_days(*ParseDate("2023-02-01")) + std::chrono::days(days_)));
}

void ChangeHistory::Stamp(Changes& changes) {
  // Midnight in Shanghai is 16:00 of the day before in UTC.
  const auto midnight = std::chrono::sys_days(*ParseDate(Today())) - std::chrono::hours(8);
  for (auto& change : changes) {
    change.mutable_change_time()->set_seconds(
        std::chrono::duration_cast<std::chrono::seconds>(midnight.time_since_epoch()).count() +
        Pick(0, 24 * 60 * 60 - 1));
  }
}

void ChangeHistory::AddPlan(Changes& changes) {
  plans::v1::Plan plan;
  const auto& division = PickOf(Divisions());
  const int year = Chance(80) ? 2023 : 2024;
  int number = 1;
  for (const auto& other : plans_) number += DivisionOf(other.name()) == division;
  plan.set_name(division + "/plans/" + std::to_string(year * 100 + number));
  plan.set_title("工作要点" + std::to_string(number));
  plan.set_year(year);
  plan.set_state(plans::v1::Plan::DRAFT);
  Revise(plan);
  plans_.push_back(plan);
  *changes.emplace_back().mutable_plan() = plan;
}

void ChangeHistory::MovePlan(Changes& changes) {
  auto& plan = plans_[Pick(0, static_cast<int>(plans_.size()) - 1)];
  plan.set_state(static_cast<plans::v1::Plan::State>(Pick(1, 6) > 2 ? 3 : Pick(1, 4)));
  plan.set_issue_date(Chance(90) ? Date() : "");
  plan.set_claim_deadline(Chance(70) ? Date() : "");
  plan.set_filing_deadline(Chance(70) ? Date() : "");
  Revise(plan);
  *changes.emplace_back().mutable_plan() = plan;
}

void ChangeHistory::AddTask(Changes& changes) {
  const auto& plan = PickOf(plans_);
  const auto division = DivisionOf(plan.name());
  plans::v1::Task task;
  task.set_name(plan.name() + "/tasks/" + std::to_string(++tasks_[plan.name()]));
  if (const int section = Pick(0, 3); section > 0) {
    task.mutable_content()->add_section_path("第" + std::to_string(section) + "部分");
  }
  Revise(task);
  *changes.emplace_back().mutable_task() = task;
  std::set<std::string> names;
  for (int count = Pick(1, 3); count > 0; --count) {
    const int role = Pick(1, 3);
    plans::v1::Assignment assignment;
    assignment.set_unit(Unit(division));
    const char* const roles[] = {"lead", "responsible", "supporting"};
    assignment.set_name(task.name() + "/assignments/" +
                        assignment.unit().substr(assignment.unit().rfind('/') + 1) + "-" +
                        roles[role - 1]);
    if (!names.insert(assignment.name()).second) continue;
    assignment.set_role(static_cast<plans::v1::ParsedUnit::Role>(role));
    assignment.set_state(plans::v1::Assignment::ASSIGNED);
    Revise(assignment);
    assignments_.push_back(assignment);
    *changes.emplace_back().mutable_assignment() = assignment;
    for (int number = 1; number <= Pick(1, 3); ++number) {
      plans::v1::Occurrence occurrence;
      occurrence.set_name(assignment.name() + "/occurrences/" + std::to_string(number));
      occurrence.set_unit(assignment.unit());
      occurrence.set_role(assignment.role());
      occurrence.set_due_date(Date());
      occurrence.set_due_kind(Chance(25) ? plans::v1::DueRule::ONGOING : plans::v1::DueRule::FIXED);
      occurrence.set_state(plans::v1::Occurrence::OPEN);
      Revise(occurrence);
      occurrences_.push_back(occurrence);
      *changes.emplace_back().mutable_occurrence() = occurrence;
    }
  }
}

void ChangeHistory::MoveAssignment(Changes& changes) {
  auto& assignment = assignments_[Pick(0, static_cast<int>(assignments_.size()) - 1)];
  assignment.set_state(static_cast<plans::v1::Assignment::State>(Pick(1, 5)));
  const bool filed = assignment.state() == plans::v1::Assignment::FILED;
  const bool claimed = filed || assignment.state() == plans::v1::Assignment::CLAIMED;
  if (claimed) *assignment.mutable_claim_time() = Time();
  if (filed) *assignment.mutable_file_time() = Time();
  Revise(assignment);
  *changes.emplace_back().mutable_assignment() = assignment;
}

void ChangeHistory::MoveOccurrence(Changes& changes) {
  auto& occurrence = occurrences_[Pick(0, static_cast<int>(occurrences_.size()) - 1)];
  const int what = Pick(1, 10);
  if (what == 1) {
    occurrence.set_due_date(Chance(80) ? Date() : "");
  } else if (what == 2) {
    occurrence.set_evidence_count(occurrence.evidence_count() + Pick(0, 2));
  } else {
    occurrence.set_state(static_cast<plans::v1::Occurrence::State>(
        Chance(50) ? plans::v1::Occurrence::VERIFIED : Pick(1, 5)));
    if (occurrence.state() != plans::v1::Occurrence::OPEN) {
      *occurrence.mutable_submit_time() = Time();
    }
  }
  Revise(occurrence);
  *changes.emplace_back().mutable_occurrence() = occurrence;
}

void ChangeHistory::WriteDocument(Changes& changes) {
  const bool create = documents_.empty() || Chance(60);
  if (create) {
    const auto& division = PickOf(Divisions());
    documents_.emplace_back().set_name(division + "/policyDocuments/" +
                                       std::to_string(documents_.size()));
    documents_.back().set_title("文件" + std::to_string(documents_.size()));
  }
  auto& document =
      create ? documents_.back() : documents_[Pick(0, static_cast<int>(documents_.size()) - 1)];
  document.set_unit(Unit(DivisionOf(document.name())));
  document.set_issuing_level(static_cast<plans::v1::PolicyDocument::IssuingLevel>(Pick(1, 2)));
  document.set_publish_date(Date());
  document.set_must_interpret(Chance(70));
  document.mutable_three_sync()->set_all_together(
      static_cast<plans::v1::ThreeSync::Answer>(Pick(1, 3)));
  Revise(document);
  *changes.emplace_back().mutable_policy_document() = document;
}

void ChangeHistory::WriteInterpretation(Changes& changes) {
  const bool create = interpretations_.empty() || Chance(60);
  if (create) {
    const auto division = DivisionOf(PickOf(documents_).name());
    interpretations_.emplace_back().set_name(division + "/interpretations/" +
                                             std::to_string(interpretations_.size()));
  }
  auto& act = create ? interpretations_.back()
                     : interpretations_[Pick(0, static_cast<int>(interpretations_.size()) - 1)];
  const auto division = DivisionOf(act.name());
  act.set_unit(Unit(division));
  act.set_form(static_cast<plans::v1::Interpretation::Form>(Pick(1, 10)));
  act.set_interpreter(Chance(70) ? plans::v1::Interpretation::PRINCIPAL_HEAD
                                 : plans::v1::Interpretation::STAFF);
  act.set_publish_date(Date());
  act.clear_policy_documents();
  for (const auto& document : documents_) {
    if (DivisionOf(document.name()) == division && Chance(40)) {
      act.add_policy_documents(document.name());
    }
  }
  Revise(act);
  *changes.emplace_back().mutable_interpretation() = act;
}

void ChangeHistory::MoveCounty(Changes& changes) {
  auto& county = divisions_[Pick(3, 5)];
  county.set_parent_division(Chance(50) ? "divisions/370100" : "divisions/370200");
  Revise(county);
  *changes.emplace_back().mutable_division() = county;
}

}  // namespace gongkai::reporting
