#include "services/reporting/rpc/figures_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/reporting/domain/resource_name.h"
#include "services/reporting/rpc/figures_message.h"

namespace gongkai::reporting {
namespace {

using v1::GetOverviewRequest;

// Checks the fields of a request, and keeps every violation.
class RequestReader {
 public:
  int Division(const char* field, const std::string& name) {
    if (const auto numbers = NumbersIn(name, {"divisions"})) return numbers->front();
    Violate(field, "\"" + name + "\" is no division; expected e.g. divisions/370124");
    return 0;
  }

  int Year(int year) {
    if (year != 0 && (year < 2000 || year > 2999)) {
      Violate("year", std::to_string(year) +
                          " is no year of a plan; expected 2000 to 2999, or 0 for the newest");
    }
    return year;
  }

  CivilDate Date(const char* field, const std::string& text, CivilDate today) {
    if (text.empty()) return today;
    if (const auto date = ParseDate(text)) return *date;
    Violate(field, "\"" + text + "\" is no date; expected YYYY-MM-DD, or nothing for today");
    return today;
  }

  // Nothing for what stands directly below, which depends on the division.
  std::optional<Grouping> GroupBy(GetOverviewRequest::GroupBy group_by) {
    switch (group_by) {
      case GetOverviewRequest::GROUP_BY_UNSPECIFIED:
        return std::nullopt;
      case GetOverviewRequest::DIVISION:
        return Grouping::kDivision;
      case GetOverviewRequest::UNIT:
        return Grouping::kUnit;
      case GetOverviewRequest::PLAN:
        return Grouping::kPlan;
      case GetOverviewRequest::COUNTY:
        return Grouping::kCounty;
      default:
        Violate("group_by",
                std::to_string(group_by) + " is unknown; expected DIVISION, UNIT, PLAN or COUNTY");
        return std::nullopt;
    }
  }

  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  void Violate(const char* field, std::string description) {
    violations_.push_back({field, std::move(description)});
  }

  std::vector<FieldViolation> violations_;
};

Grouping DirectlyBelow(const DivisionSummary& division) {
  return division.level == DivisionLevel::kCounty ? Grouping::kUnit : Grouping::kDivision;
}

std::string SubjectName(const OverviewQuery& query, int subject) {
  switch (query.grouping) {
    case Grouping::kUnit:
      return NameInDivision(query.division, "units", subject);
    case Grouping::kPlan:
      return NameInDivision(query.division, "plans", subject);
    case Grouping::kDivision:
    case Grouping::kCounty:
      return DivisionName(subject);
  }
  return "";
}

v1::Overview ToOverview(const OverviewQuery& query, const OverviewCounts& counts) {
  v1::Overview overview;
  overview.set_division(DivisionName(query.division));
  overview.set_year(query.year);
  overview.set_as_of_date(FormatDate(query.as_of));
  if (counts.current_as_of) *overview.mutable_current_as_of() = ToMessage(*counts.current_as_of);
  *overview.mutable_total() = ToMessage(FiguresOf(counts.total));
  for (const auto& line : counts.rows) {
    auto* row = overview.add_rows();
    row->set_subject(SubjectName(query, line.subject));
    row->set_display_name(line.display_name);
    *row->mutable_figures() = ToMessage(FiguresOf(line.counts));
  }
  return overview;
}

}  // namespace

FiguresService::FiguresService(FigureStore& store, const Rules& rules, Clock now)
    : store_(store), rules_(rules), now_(std::move(now)) {}

CivilDate FiguresService::Today() const { return ShanghaiDate(now_()); }

int FiguresService::YearOrNewest(int year, const DivisionSummary& division) const {
  if (year != 0) return year;
  return division.newest_year.value_or(static_cast<int>(Today().year()));
}

Result<FiguresService::ListScope> FiguresService::ReadScope(const std::string& parent, int year) {
  RequestReader reader;
  const int number = reader.Division("parent", parent);
  const int given_year = reader.Year(year);
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));
  const auto division = store_.ReadDivision(number);
  if (!division) return Fail(division.error());
  return ListScope{number, YearOrNewest(given_year, *division)};
}

Result<v1::Overview> FiguresService::GetOverview(const GetOverviewRequest& request) {
  RequestReader reader;
  OverviewQuery query{.division = reader.Division("name", request.name()),
                      .year = reader.Year(request.year()),
                      .as_of = reader.Date("as_of_date", request.as_of_date(), Today())};
  const auto grouping = reader.GroupBy(request.group_by());
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));

  const auto division = store_.ReadDivision(query.division);
  if (!division) return Fail(division.error());
  query.year = YearOrNewest(query.year, *division);
  query.grouping = grouping.value_or(DirectlyBelow(*division));
  const auto counts = store_.ReadOverview(query, rules_);
  if (!counts) return Fail(counts.error());

  auto overview = ToOverview(query, *counts);
  overview.set_display_name(division->display_name);
  overview.set_rule_version(std::string(rules_.version));
  return overview;
}

Result<v1::ListHeadInterpretationsResponse> FiguresService::ListHeadInterpretations(
    const v1::ListHeadInterpretationsRequest& request) {
  const auto scope = ReadScope(request.parent(), request.year());
  if (!scope) return Fail(scope.error());
  const auto heads = store_.ReadHeadActs(scope->division, scope->year);
  if (!heads) return Fail(heads.error());

  v1::ListHeadInterpretationsResponse response;
  response.set_year(scope->year);
  for (const auto& head : *heads) {
    auto* message = response.add_head_interpretations();
    message->set_unit(NameInDivision(scope->division, "units", head.unit));
    message->set_display_name(head.display_name);
    message->set_count(head.acts);
    message->set_target(rules_.head_target);
    message->set_attained(rules_.HeadAttained(head.acts));
  }
  return response;
}

Result<v1::ListDocumentFormsResponse> FiguresService::ListDocumentForms(
    const v1::ListDocumentFormsRequest& request) {
  const auto scope = ReadScope(request.parent(), request.year());
  if (!scope) return Fail(scope.error());
  const auto documents = store_.ReadDocuments(scope->division, scope->year);
  if (!documents) return Fail(documents.error());

  v1::ListDocumentFormsResponse response;
  response.set_year(scope->year);
  for (const auto& document : *documents) {
    auto* message = response.add_document_forms();
    message->set_policy_document(
        NameInDivision(scope->division, "policyDocuments", document.document));
    message->set_title(document.title);
    message->set_must_interpret(document.must_interpret);
    message->set_forms(document.forms.size());
    message->set_threshold(rules_.FormThreshold(document.issuing_level));
    message->set_diversified(rules_.Diversified(document.forms));
  }
  return response;
}

Result<v1::Projection> FiguresService::GetProjection(const v1::GetProjectionRequest&) {
  const auto position = store_.ReadPosition();
  if (!position) return Fail(position.error());
  v1::Projection projection;
  projection.set_resume_token(position->resume_token);
  if (position->current_as_of) {
    *projection.mutable_current_as_of() = ToMessage(*position->current_as_of);
  }
  projection.set_applied_changes(position->applied_changes);
  return projection;
}

}  // namespace gongkai::reporting
