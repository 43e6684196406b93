#include "services/reporting/rpc/figures_service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "gongkai/plans/v1/directory.pb.h"
#include "services/common/time/civil_date.h"
#include "services/reporting/domain/resource_name.h"
#include "services/reporting/rpc/figures_message.h"
#include "services/reporting/rpc/member_message.h"
#include "services/reporting/rpc/request_reader.h"

namespace gongkai::reporting {
namespace {

// Most points of a trend.
constexpr std::size_t kMostPoints = 120;

Grouping DirectlyBelow(const DivisionSummary& division) {
  return division.level == DivisionLevel::kCounty ? Grouping::kUnit : Grouping::kDivision;
}

// → "DEPARTMENT", as the contract of plans names it.
std::string KindName(int kind) {
  const auto& name = plans::v1::Unit::Kind_Name(static_cast<plans::v1::Unit::Kind>(kind));
  return name.empty() ? std::to_string(kind) : name;
}

// → "2026-06".
std::string MonthName(int month) {
  if (month == kNoMonth) return "NONE";
  const CivilDate first{std::chrono::year(month / 12), std::chrono::month(month % 12 + 1),
                        std::chrono::day(1)};
  return FormatDate(first).substr(0, 7);
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
    case Grouping::kUnitKind:
      return KindName(subject);
    case Grouping::kRole:
      return v1::Role_Name(static_cast<v1::Role>(subject));
    case Grouping::kMonth:
      return MonthName(subject);
    case Grouping::kSection:
      break;  // has a name, and no number of its own
  }
  return "";
}

std::string SubjectOf(const OverviewQuery& query, const SubjectCounts& line) {
  if (query.grouping != Grouping::kSection) return SubjectName(query, line.subject);
  return line.display_name.empty() ? "NONE" : line.display_name;
}

v1::ListFigureMembersResponse ToResponse(const MemberQuery& query, const MemberPage& page) {
  v1::ListFigureMembersResponse response;
  response.set_definition(std::string(query.figure->words));
  response.set_year(query.overview.year);
  response.set_as_of_date(FormatDate(query.overview.as_of));
  if (query.overview.known_day) response.set_known_date(FormatDate(*query.overview.known_day));
  if (page.known_since) response.set_known_since(FormatDate(*page.known_since));
  if (page.current_as_of) *response.mutable_current_as_of() = ToMessage(*page.current_as_of);
  auto& value = *response.mutable_value() = ToMessage(page.value);
  if (query.figure->count) value.set_display(std::to_string(page.value.numerator));
  for (const auto& member : page.members) {
    *response.add_members() = ToMessage(member, query.figure->members);
  }
  return response;
}

// What each row is compared with.
void Compare(const v1::Overview& earlier, v1::Overview& overview) {
  *overview.mutable_compared_total() = earlier.total();
  std::map<std::string_view, const v1::FigureSet*> compared;
  for (const auto& row : earlier.rows()) compared[row.subject()] = &row.figures();
  for (auto& row : *overview.mutable_rows()) {
    const auto found = compared.find(row.subject());
    if (found != compared.end()) *row.mutable_compared() = *found->second;
  }
}

v1::Overview ToOverview(const OverviewQuery& query, const OverviewCounts& counts) {
  v1::Overview overview;
  overview.set_division(DivisionName(query.division));
  overview.set_year(query.year);
  overview.set_as_of_date(FormatDate(query.as_of));
  if (query.known_day) overview.set_known_date(FormatDate(*query.known_day));
  if (counts.known_since) overview.set_known_since(FormatDate(*counts.known_since));
  if (counts.current_as_of) *overview.mutable_current_as_of() = ToMessage(*counts.current_as_of);
  Fill(FiguresOf(counts.total), *overview.mutable_total());
  for (const auto& line : counts.rows) {
    auto* row = overview.add_rows();
    row->set_subject(SubjectOf(query, line));
    row->set_display_name(line.display_name);
    Fill(FiguresOf(line.counts), *row->mutable_figures());
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

Result<v1::Overview> FiguresService::GetOverview(const v1::GetOverviewRequest& request) {
  RequestReader reader;
  OverviewQuery query{.division = reader.Division("name", request.name()),
                      .year = reader.Year(request.year()),
                      .known_day = reader.Date("known_date", request.known_date())};
  query.as_of =
      reader.Date("as_of_date", request.as_of_date()).value_or(query.known_day.value_or(Today()));
  const auto grouping = reader.GroupBy(request.group_by());
  query.plan = reader.Of(query.division, "plan", "plans", request.plan());
  query.filter = {.role = reader.Role(request.role()),
                  .due_month = reader.Month("due_month", request.due_month())};
  query.units = {.unit = reader.Of(query.division, "unit", "units", request.unit()),
                 .kind = reader.UnitKind(request.unit_kind())};
  const auto order = reader.Order(request.order_by());
  const auto comparison = reader.CompareWith(request.compare_with());
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));

  const auto division = store_.ReadDivision(query.division);
  if (!division) return Fail(division.error());
  query.year = YearOrNewest(query.year, *division);
  query.grouping = grouping.value_or(DirectlyBelow(*division));
  auto overview = ReadOverview(query);
  if (!overview) return overview;
  overview->set_display_name(division->display_name);
  if (comparison) {
    const auto compared = ReadCompared(query, *comparison, *overview);
    if (!compared) return Fail(compared.error());
  }
  if (order) RankRows(*order, *overview);
  return overview;
}

Result<v1::Overview> FiguresService::ReadOverview(const OverviewQuery& query) {
  const auto counts = store_.ReadOverview(query, rules_);
  if (!counts) return Fail(counts.error());
  auto overview = ToOverview(query, *counts);
  overview.set_rule_version(std::string(rules_.version));
  return overview;
}

Result<void> FiguresService::ReadCompared(OverviewQuery query, Comparison comparison,
                                          v1::Overview& overview) {
  const auto day = ComparedDay(query.as_of, comparison);
  query.as_of = day;
  query.known_day = day;
  if (comparison == Comparison::kPreviousYear) --query.year;
  overview.set_compared_year(query.year);
  overview.set_compared_date(FormatDate(day));
  const auto earlier = ReadOverview(query);
  if (earlier) {
    Compare(*earlier, overview);
  } else if (earlier.error().code != ErrorCode::kOutOfRange) {
    return Fail(earlier.error());
  }
  return {};
}

Result<v1::Trend> FiguresService::GetTrend(const v1::GetTrendRequest& request) {
  RequestReader reader;
  OverviewQuery overview{.division = reader.Division("name", request.name()),
                         .year = reader.Year(request.year())};
  overview.plan = reader.Of(overview.division, "plan", "plans", request.plan());
  overview.filter.role = reader.Role(request.role());
  TrendQuery query{.unit = reader.Of(overview.division, "unit", "units", request.unit())};
  const auto step = reader.Step(request.step());
  const auto from = reader.Date("from_date", request.from_date());
  const auto to = reader.Date("to_date", request.to_date());
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));

  const auto division = store_.ReadDivision(overview.division);
  if (!division) return Fail(division.error());
  const auto position = store_.ReadPosition();
  if (!position) return Fail(position.error());
  overview.year = YearOrNewest(overview.year, *division);
  query.overview = overview;
  const std::chrono::year year(overview.year);
  const auto last = to.value_or(std::min(CivilDate(year / 12 / 31), Today()));
  const auto first = from.value_or(
      std::max(CivilDate(year / 1 / 1), position->known_since.value_or(CivilDate(year / 1 / 1))));
  if (first > last) {
    return Fail(InvalidArgument("from_date", FormatDate(first) + " is after " + FormatDate(last) +
                                                 ", the last day of the trend"));
  }
  auto days = StepDays(first, last, step, kMostPoints);
  if (!days) {
    return Fail(InvalidArgument("step", "a trend has at most " + std::to_string(kMostPoints) +
                                            " points; choose a longer step or a shorter time"));
  }
  query.days = *std::move(days);
  const auto trend = store_.ReadTrend(query, rules_);
  if (!trend) return Fail(trend.error());
  return ToTrend(query, *trend);
}

v1::Trend FiguresService::ToTrend(const TrendQuery& query, const TrendCounts& counts) const {
  const int division = query.overview.division;
  v1::Trend trend;
  trend.set_subject(query.unit ? NameInDivision(division, "units", *query.unit)
                               : DivisionName(division));
  trend.set_year(query.overview.year);
  trend.set_rule_version(std::string(rules_.version));
  if (counts.current_as_of) *trend.mutable_current_as_of() = ToMessage(*counts.current_as_of);
  if (counts.known_since) trend.set_known_since(FormatDate(*counts.known_since));
  for (std::size_t i = 0; i < counts.points.size(); ++i) {
    auto* point = trend.add_points();
    point->set_date(FormatDate(query.days[i]));
    Fill(FiguresOf(counts.points[i]), *point->mutable_figures());
  }
  return trend;
}

Result<v1::ListFigureMembersResponse> FiguresService::ListFigureMembers(
    const v1::ListFigureMembersRequest& request) {
  RequestReader reader;
  MemberQuery query;
  auto& scope = query.overview;
  scope.division = reader.Division("parent", request.parent());
  scope.year = reader.Year(request.year());
  scope.known_day = reader.Date("known_date", request.known_date());
  scope.as_of =
      reader.Date("as_of_date", request.as_of_date()).value_or(scope.known_day.value_or(Today()));
  scope.plan = reader.Of(scope.division, "plan", "plans", request.plan());
  scope.filter = {.role = reader.Role(request.role()),
                  .due_month = reader.Month("due_month", request.due_month())};
  query.unit = reader.Of(scope.division, "unit", "units", request.unit());
  query.figure = reader.Figure(request.figure());
  query.part = reader.Part(request.part());
  query.page_size = reader.PageSize(request.page_size());
  const auto after = AfterToken(request);
  if (!after) {
    reader.Violate("page_token", "was not given for this request; begin without one");
  }
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));
  query.after = *after;

  const auto division = store_.ReadDivision(scope.division);
  if (!division) return Fail(division.error());
  scope.year = YearOrNewest(scope.year, *division);
  const auto page = store_.ReadMembers(query, rules_);
  if (!page) return Fail(page.error());
  auto response = ToResponse(query, *page);
  response.set_rule_version(std::string(rules_.version));
  if (page->next) response.set_next_page_token(PageTokenAfter(*page->next, request));
  return response;
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
