#include "tests/reporting/figure_oracle.h"

#include <google/protobuf/util/message_differencer.h>

#include <cmath>
#include <cstdio>
#include <ctime>

namespace gongkai::reporting {
namespace {

using plans::v1::Assignment;
using plans::v1::Interpretation;
using plans::v1::Occurrence;
using plans::v1::PolicyDocument;

template <typename Resource>
void Keep(std::map<std::string, Resource>& kept, const Resource& resource) {
  auto [known, added] = kept.try_emplace(resource.name(), resource);
  if (!added && resource.revision() > known->second.revision()) known->second = resource;
}

// The first `segments` of a resource name.
std::string Front(const std::string& name, int segments) {
  std::size_t end = 0;
  for (int i = 0; i < segments; ++i) end = name.find('/', end + 1);
  return name.substr(0, end);
}

std::string ShanghaiDay(const google::protobuf::Timestamp& timestamp) {
  const std::time_t seconds = timestamp.seconds() + 8 * 60 * 60;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

int YearIn(const std::string& date) { return std::stoi(date.substr(0, 4)); }

// Counts one member of the whole, and of the part.
void Count(v1::Ratio* ratio, bool part) {
  ratio->set_denominator(ratio->denominator() + 1);
  if (part) ratio->set_numerator(ratio->numerator() + 1);
}

void Show(v1::Ratio* ratio) {
  if (ratio->denominator() == 0) {
    ratio->set_display("N/A");
    return;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.1f%%",
                std::floor(1000.0 * ratio->numerator() / ratio->denominator() + 0.5) / 10);
  ratio->set_display(text);
}

bool IsSubmitted(const Occurrence& occurrence) {
  return occurrence.state() == Occurrence::SUBMITTED || occurrence.state() == Occurrence::VERIFIED;
}

bool IsClaimable(const Assignment& assignment) {
  return assignment.state() != Assignment::DECLINED && assignment.state() != Assignment::CANCELLED;
}

bool IsDiversified(const std::set<int>& forms) {
  for (const int form : forms) {
    if (form != Interpretation::TEXT && form != Interpretation::QA) return true;
  }
  return false;
}

int Threshold(const PolicyDocument& document) {
  return document.issuing_level() == PolicyDocument::GOVERNMENT ? 5 : 2;
}

void AddTo(v1::FigureSet& sum, const v1::FigureSet& figures) {
  const auto* reflection = sum.GetReflection();
  for (int i = 0; i < v1::FigureSet::descriptor()->field_count(); ++i) {
    const auto* field = v1::FigureSet::descriptor()->field(i);
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_INT32) {
      reflection->SetInt32(&sum, field,
                           reflection->GetInt32(sum, field) + reflection->GetInt32(figures, field));
      continue;
    }
    const auto& one = static_cast<const v1::Ratio&>(reflection->GetMessage(figures, field));
    auto& ratio = static_cast<v1::Ratio&>(*reflection->MutableMessage(&sum, field));
    ratio.set_numerator(ratio.numerator() + one.numerator());
    ratio.set_denominator(ratio.denominator() + one.denominator());
    Show(&ratio);
  }
}

int NumberIn(const std::string& name) { return std::stoi(name.substr(name.rfind('/') + 1)); }

}  // namespace

void FigureOracle::See(const plans::v1::Change& change) {
  if (change.has_division()) Keep(divisions_, change.division());
  if (change.has_unit()) Keep(units_, change.unit());
  if (change.has_plan()) Keep(plans_, change.plan());
  if (change.has_task()) {
    const auto& path = change.task().content().section_path();
    sections_[change.task().name()] = path.empty() ? "" : path[0];
  }
  if (change.has_assignment()) Keep(assignments_, change.assignment());
  if (change.has_occurrence()) Keep(occurrences_, change.occurrence());
  if (change.has_policy_document()) Keep(documents_, change.policy_document());
  if (change.has_interpretation()) Keep(interpretations_, change.interpretation());
}

std::set<std::string> FigureOracle::Below(const std::string& division) const {
  std::set<std::string> below = {division};
  for (const auto& [name, child] : divisions_) {
    if (child.parent_division() == division) below.merge(Below(name));
  }
  return below;
}

v1::Overview FigureOracle::Overview(const v1::GetOverviewRequest& request) const {
  const auto& division = divisions_.at(request.name());
  auto group_by = request.group_by();
  if (group_by == v1::GetOverviewRequest::GROUP_BY_UNSPECIFIED) {
    group_by = division.level() == plans::v1::Division::COUNTY ? v1::GetOverviewRequest::UNIT
                                                               : v1::GetOverviewRequest::DIVISION;
  }
  const auto figures = [&](const Scope& scope) { return FiguresOf(scope, request); };
  const auto nothing = figures({});
  std::map<int, v1::OverviewRow> rows;
  const auto add = [&](const std::string& name, const std::string& shown, const Scope& scope) {
    auto& row = rows[NumberIn(name)];
    row.set_subject(name);
    row.set_display_name(shown);
    *row.mutable_figures() = figures(scope);
  };
  const auto below = Below(request.name());
  for (const auto& [name, other] : divisions_) {
    const bool child = other.parent_division() == request.name();
    const bool county = other.level() == plans::v1::Division::COUNTY && below.contains(name) &&
                        name != request.name();
    if (group_by == v1::GetOverviewRequest::DIVISION && child) {
      add(name, other.display_name(), {.divisions = Below(name)});
    }
    if (group_by == v1::GetOverviewRequest::COUNTY && county) {
      add(name, other.display_name(), {.divisions = {name}});
    }
  }
  for (const auto& [name, unit] : units_) {
    if (group_by != v1::GetOverviewRequest::UNIT || Front(name, 2) != request.name()) continue;
    if (!OfUnits(name, request)) continue;
    add(name, unit.display_name(), {.divisions = {request.name()}, .unit = name});
    const auto& row = rows[NumberIn(name)].figures();
    if (google::protobuf::util::MessageDifferencer::Equals(row, nothing)) {
      rows.erase(NumberIn(name));
    }
  }
  for (const auto& [name, plan] : plans_) {
    const Scope scope{.divisions = {request.name()}, .plan = name};
    if (!request.plan().empty() && request.plan() != name) continue;
    if (group_by != v1::GetOverviewRequest::PLAN || !PlanOf(name, scope, request.year())) continue;
    add(name, plan.title(), scope);
  }

  for (const auto& [name, unit] : units_) {
    if (group_by != v1::GetOverviewRequest::UNIT_KIND || !below.contains(Front(name, 2))) continue;
    if (!OfUnits(name, request)) continue;
    const auto own = figures({.divisions = {Front(name, 2)}, .unit = name});
    if (google::protobuf::util::MessageDifferencer::Equals(own, nothing)) continue;
    auto& row = rows[unit.kind()];
    row.set_subject(plans::v1::Unit::Kind_Name(unit.kind()));
    AddTo(*row.mutable_figures(), own);
  }
  const auto add_occurrences = [&](int number, const std::string& name, Scope scope) {
    scope.divisions = below;
    const auto counted = figures(scope);
    if (google::protobuf::util::MessageDifferencer::Equals(counted, nothing)) return;
    rows[number].set_subject(name);
    *rows[number].mutable_figures() = counted;
  };
  if (group_by == v1::GetOverviewRequest::ROLE) {
    for (const int role : {1, 2, 3}) {
      if (request.role() != 0 && request.role() != role) continue;
      add_occurrences(role, v1::Role_Name(static_cast<v1::Role>(role)), {.role = role});
    }
  }
  if (group_by == v1::GetOverviewRequest::MONTH) {
    std::set<std::string> months = {"NONE"};
    for (const auto& [name, occurrence] : occurrences_) {
      if (!occurrence.due_date().empty()) months.insert(occurrence.due_date().substr(0, 7));
    }
    if (!request.due_month().empty()) months = {request.due_month()};
    for (const auto& month : months) {
      const int number = month == "NONE" ? 0 : YearIn(month) * 12 + std::stoi(month.substr(5));
      add_occurrences(number, month, {.due_month = month});
    }
  }

  if (group_by == v1::GetOverviewRequest::SECTION) rows = Sections(request);

  v1::Overview overview;
  overview.set_known_date(request.known_date());
  overview.set_division(request.name());
  overview.set_display_name(division.display_name());
  overview.set_year(request.year());
  overview.set_as_of_date(request.as_of_date());
  overview.set_rule_version("2026-1");
  *overview.mutable_total() = figures({.divisions = below});
  for (const auto& [number, row] : rows) *overview.add_rows() = row;
  return overview;
}

bool FigureOracle::OfUnits(const std::string& unit, const v1::GetOverviewRequest& request) const {
  if (!request.unit().empty() && request.unit() != unit) return false;
  return request.unit_kind().empty() ||
         plans::v1::Unit::Kind_Name(units_.at(unit).kind()) == request.unit_kind();
}

v1::FigureSet FigureOracle::FiguresOf(Scope scope, const v1::GetOverviewRequest& request) const {
  if (scope.plan.empty()) scope.plan = request.plan();
  if (scope.unit.empty()) scope.unit = request.unit();
  if (scope.role == 0) scope.role = request.role();
  if (scope.due_month.empty()) scope.due_month = request.due_month();
  const auto& as_of = request.as_of_date();
  if (request.unit_kind().empty()) return FiguresOf(scope, request.year(), as_of);
  auto sum = FiguresOf({}, request.year(), as_of);
  for (const auto& [name, unit] : units_) {
    if (!scope.divisions.contains(Front(name, 2)) || !OfUnits(name, request)) continue;
    if (!scope.unit.empty() && scope.unit != name) continue;
    auto own = scope;
    own.unit = name;
    AddTo(sum, FiguresOf(own, request.year(), as_of));
  }
  return sum;
}

std::string FigureOracle::SectionOf(const std::string& name) const {
  const auto section = sections_.find(Front(name, 6));
  return section == sections_.end() ? "" : section->second;
}

std::map<int, v1::OverviewRow> FigureOracle::Sections(const v1::GetOverviewRequest& request) const {
  std::map<std::string, int> first;  // plan and task of each section
  const auto look = [&](const std::string& name, const std::string& unit) {
    const Scope own{.divisions = {request.name()}, .plan = request.plan()};
    if (!PlanOf(name, own, request.year()) || !OfUnits(unit, request)) return;
    const int number = NumberIn(Front(name, 4)) * 1000 + NumberIn(Front(name, 6));
    auto& known = first.try_emplace(SectionOf(name), number).first->second;
    known = std::min(known, number);
  };
  for (const auto& [name, occurrence] : occurrences_) look(name, occurrence.unit());
  for (const auto& [name, assignment] : assignments_) look(name, assignment.unit());
  const auto nothing = FiguresOf({}, request);
  std::map<int, v1::OverviewRow> rows;
  for (const auto& [section, number] : first) {
    const auto figures = FiguresOf({.divisions = {request.name()}, .section = section}, request);
    if (google::protobuf::util::MessageDifferencer::Equals(figures, nothing)) continue;
    auto& row = rows[number];
    row.set_subject(section.empty() ? "NONE" : section);
    row.set_display_name(section);
    *row.mutable_figures() = figures;
  }
  return rows;
}

v1::FigureSet FigureOracle::FiguresOf(const Scope& scope, int year,
                                      const std::string& as_of) const {
  v1::FigureSet figures;
  CountOccurrences(scope, year, as_of, figures);
  if (!scope.OccurrencesOnly()) {
    CountTasks(scope, year, figures);
    CountAssignments(scope, year, figures);
    if (!scope.section) {
      CountHeads(scope, year, figures);
      CountDocuments(scope, year, figures);
    }
  }
  for (auto* ratio :
       {figures.mutable_completion(), figures.mutable_completion_self_reported(),
        figures.mutable_completion_with_evidence(), figures.mutable_completion_lead(),
        figures.mutable_completion_by_task(), figures.mutable_ongoing(), figures.mutable_on_time(),
        figures.mutable_claim(), figures.mutable_claim_in_time(), figures.mutable_filing(),
        figures.mutable_filing_in_time(), figures.mutable_head_interpretation(),
        figures.mutable_interpretation(), figures.mutable_diversified(),
        figures.mutable_diversified_of_required(), figures.mutable_forms(),
        figures.mutable_three_sync()}) {
    Show(ratio);
  }
  return figures;
}

const plans::v1::Plan* FigureOracle::PlanOf(const std::string& name, const Scope& scope,
                                            int year) const {
  const auto found = plans_.find(Front(name, 4));
  if (found == plans_.end()) return nullptr;
  const auto& plan = found->second;
  const bool in_force =
      plan.state() == plans::v1::Plan::ISSUED || plan.state() == plans::v1::Plan::CLOSED;
  const bool in_scope = scope.divisions.contains(Front(name, 2)) &&
                        (scope.plan.empty() || scope.plan == plan.name()) &&
                        (!scope.section || *scope.section == SectionOf(name));
  return in_force && in_scope && plan.year() == year ? &plan : nullptr;
}

bool FigureOracle::Passes(const Occurrence& occurrence, const Scope& scope) const {
  if (!scope.unit.empty() && occurrence.unit() != scope.unit) return false;
  if (scope.role != 0 && occurrence.role() != scope.role) return false;
  if (scope.due_month == "NONE") return occurrence.due_date().empty();
  return occurrence.due_date().starts_with(scope.due_month);
}

void FigureOracle::CountOccurrences(const Scope& scope, int year, const std::string& as_of,
                                    v1::FigureSet& figures) const {
  for (const auto& [name, occurrence] : occurrences_) {
    const auto* plan = PlanOf(name, scope, year);
    if (!plan || occurrence.state() == Occurrence::CANCELLED) continue;
    if (!Passes(occurrence, scope)) continue;
    const bool verified = occurrence.state() == Occurrence::VERIFIED;
    const bool submitted = IsSubmitted(occurrence);
    if (occurrence.due_kind() == plans::v1::DueRule::ONGOING) {
      Count(figures.mutable_ongoing(), verified);
    } else {
      Count(figures.mutable_completion(), verified);
      Count(figures.mutable_completion_self_reported(), submitted);
      Count(figures.mutable_completion_with_evidence(),
            submitted && occurrence.evidence_count() > 0);
      if (occurrence.role() == plans::v1::ParsedUnit::LEAD) {
        Count(figures.mutable_completion_lead(), verified);
      }
    }
    const std::string& due = occurrence.due_date();
    if (due.empty()) continue;
    if (!plan->issue_date().empty() && due < plan->issue_date()) {
      if (!submitted) figures.set_due_before_issue(figures.due_before_issue() + 1);
      continue;
    }
    const auto submit_day = ShanghaiDay(occurrence.submit_time());
    if (due <= as_of) Count(figures.mutable_on_time(), verified && submit_day <= due);
    if (due >= as_of) continue;
    if (!submitted) figures.set_overdue_not_done(figures.overdue_not_done() + 1);
    if (submitted && submit_day > due) figures.set_done_late(figures.done_late() + 1);
  }
}

void FigureOracle::CountTasks(const Scope& scope, int year, v1::FigureSet& figures) const {
  std::map<std::string, bool> complete;
  for (const auto& [name, occurrence] : occurrences_) {
    if (!PlanOf(name, scope, year)) continue;
    if (!scope.unit.empty() && occurrence.unit() != scope.unit) continue;
    if (occurrence.role() == plans::v1::ParsedUnit::SUPPORTING) continue;
    if (occurrence.due_kind() == plans::v1::DueRule::ONGOING) continue;
    if (occurrence.state() == Occurrence::CANCELLED) continue;
    auto& task = complete.try_emplace(Front(name, 6), true).first->second;
    task = task && occurrence.state() == Occurrence::VERIFIED;
  }
  for (const auto& [task, done] : complete) Count(figures.mutable_completion_by_task(), done);
}

void FigureOracle::CountAssignments(const Scope& scope, int year, v1::FigureSet& figures) const {
  for (const auto& [name, assignment] : assignments_) {
    const auto* plan = PlanOf(name, scope, year);
    if (!plan || !IsClaimable(assignment)) continue;
    if (!scope.unit.empty() && assignment.unit() != scope.unit) continue;
    const bool filed = assignment.state() == Assignment::FILED;
    const bool claimed = filed || assignment.state() == Assignment::CLAIMED;
    Count(figures.mutable_claim(), claimed);
    if (!plan->claim_deadline().empty()) {
      Count(figures.mutable_claim_in_time(),
            claimed && ShanghaiDay(assignment.claim_time()) <= plan->claim_deadline());
    }
    if (!claimed) continue;
    Count(figures.mutable_filing(), filed);
    if (!plan->filing_deadline().empty()) {
      Count(figures.mutable_filing_in_time(),
            filed && ShanghaiDay(assignment.file_time()) <= plan->filing_deadline());
    }
  }
}

std::set<std::string> FigureOracle::Holders(const Scope& scope, int year) const {
  std::set<std::string> holders;
  for (const auto& [name, assignment] : assignments_) {
    if (!PlanOf(name, scope, year) || !IsClaimable(assignment)) continue;
    if (scope.unit.empty() || scope.unit == assignment.unit()) holders.insert(assignment.unit());
  }
  return holders;
}

int FigureOracle::HeadActs(const std::string& unit, int year) const {
  int acts = 0;
  for (const auto& [name, act] : interpretations_) {
    acts += act.unit() == unit && act.interpreter() == Interpretation::PRINCIPAL_HEAD &&
            YearIn(act.publish_date()) == year;
  }
  return acts;
}

void FigureOracle::CountHeads(const Scope& scope, int year, v1::FigureSet& figures) const {
  for (const auto& unit : Holders(scope, year)) {
    Count(figures.mutable_head_interpretation(), HeadActs(unit, year) >= 2);
  }
}

std::set<int> FigureOracle::Forms(const std::string& document) const {
  std::set<int> forms;
  for (const auto& [name, act] : interpretations_) {
    for (const auto& linked : act.policy_documents()) {
      if (linked == document) forms.insert(act.form());
    }
  }
  return forms;
}

void FigureOracle::CountDocuments(const Scope& scope, int year, v1::FigureSet& figures) const {
  if (!scope.plan.empty()) return;
  for (const auto& [name, document] : documents_) {
    if (!scope.divisions.contains(Front(name, 2)) || YearIn(document.publish_date()) != year) {
      continue;
    }
    if (!scope.unit.empty() && document.unit() != scope.unit) continue;
    const auto forms = Forms(name);
    if (!forms.empty()) Count(figures.mutable_diversified(), IsDiversified(forms));
    if (!document.must_interpret()) continue;
    Count(figures.mutable_interpretation(), !forms.empty());
    Count(figures.mutable_diversified_of_required(), IsDiversified(forms));
    Count(figures.mutable_forms(), static_cast<int>(forms.size()) >= Threshold(document));
    Count(figures.mutable_three_sync(),
          document.three_sync().all_together() == plans::v1::ThreeSync::YES);
  }
}

v1::ListHeadInterpretationsResponse FigureOracle::Heads(const std::string& division,
                                                        int year) const {
  std::map<int, v1::HeadInterpretation> heads;
  for (const auto& unit : Holders({.divisions = {division}}, year)) {
    auto& head = heads[NumberIn(unit)];
    head.set_unit(unit);
    head.set_display_name(units_.at(unit).display_name());
    head.set_count(HeadActs(unit, year));
    head.set_target(2);
    head.set_attained(head.count() >= 2);
  }
  v1::ListHeadInterpretationsResponse response;
  response.set_year(year);
  for (const auto& [number, head] : heads) *response.add_head_interpretations() = head;
  return response;
}

v1::ListDocumentFormsResponse FigureOracle::DocumentForms(const std::string& division,
                                                          int year) const {
  std::map<int, v1::DocumentForms> documents;
  for (const auto& [name, document] : documents_) {
    if (Front(name, 2) != division || YearIn(document.publish_date()) != year) continue;
    const auto forms = Forms(name);
    auto& line = documents[NumberIn(name)];
    line.set_policy_document(name);
    line.set_title(document.title());
    line.set_must_interpret(document.must_interpret());
    line.set_forms(static_cast<int>(forms.size()));
    line.set_threshold(Threshold(document));
    line.set_diversified(IsDiversified(forms));
  }
  v1::ListDocumentFormsResponse response;
  response.set_year(year);
  for (const auto& [number, document] : documents) *response.add_document_forms() = document;
  return response;
}

}  // namespace gongkai::reporting
