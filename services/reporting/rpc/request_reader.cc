#include "services/reporting/rpc/request_reader.h"

#include <algorithm>

#include "gongkai/plans/v1/directory.pb.h"
#include "services/reporting/domain/resource_name.h"

namespace gongkai::reporting {

using v1::GetOverviewRequest;
using v1::GetTrendRequest;

int RequestReader::Division(const char* field, const std::string& name) {
  if (const auto numbers = NumbersIn(name, {"divisions"})) return numbers->front();
  Violate(field, "\"" + name + "\" is no division; expected e.g. divisions/370124");
  return 0;
}

std::optional<int> RequestReader::Of(int division, const char* field, std::string_view collection,
                                     const std::string& name) {
  if (name.empty()) return std::nullopt;
  const auto numbers = NumbersIn(name, {"divisions", collection});
  if (numbers && numbers->front() == division) return numbers->back();
  Violate(field, "\"" + name + "\" is none of " + DivisionName(division) + "; expected e.g. " +
                     DivisionName(division) + "/" + std::string(collection) + "/1");
  return std::nullopt;
}

int RequestReader::Year(int year) {
  if (year != 0 && (year < 2000 || year > 2999)) {
    Violate("year", std::to_string(year) +
                        " is no year of a plan; expected 2000 to 2999, or 0 for the newest");
  }
  return year;
}

std::optional<CivilDate> RequestReader::Date(const char* field, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto date = ParseDate(text);
  if (!date) Violate(field, "\"" + text + "\" is no date; expected YYYY-MM-DD, or nothing");
  return date;
}

std::optional<int> RequestReader::Month(const char* field, const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto first = ParseDate(text + "-01")) return MonthOf(DayNumber(first));
  Violate(field, "\"" + text + "\" is no month; expected YYYY-MM, or nothing for all");
  return std::nullopt;
}

std::optional<Role> RequestReader::Role(v1::Role role) {
  switch (role) {
    case v1::ROLE_UNSPECIFIED:
      return std::nullopt;
    case v1::LEAD:
      return reporting::Role::kLead;
    case v1::RESPONSIBLE:
      return reporting::Role::kResponsible;
    case v1::SUPPORTING:
      return reporting::Role::kSupporting;
    default:
      Violate("role",
              std::to_string(role) + " is unknown; expected LEAD, RESPONSIBLE or " + "SUPPORTING");
      return std::nullopt;
  }
}

std::optional<UnitKind> RequestReader::UnitKind(const std::string& name) {
  if (name.empty()) return std::nullopt;
  plans::v1::Unit::Kind kind = plans::v1::Unit::KIND_UNSPECIFIED;
  if (!plans::v1::Unit::Kind_Parse(name, &kind)) {
    Violate("unit_kind", "\"" + name + "\" is no kind of unit; expected e.g. DEPARTMENT or TOWN");
  }
  return static_cast<reporting::UnitKind>(kind);
}

std::optional<Grouping> RequestReader::GroupBy(GetOverviewRequest::GroupBy group_by) {
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
    case GetOverviewRequest::UNIT_KIND:
      return Grouping::kUnitKind;
    case GetOverviewRequest::ROLE:
      return Grouping::kRole;
    case GetOverviewRequest::MONTH:
      return Grouping::kMonth;
    case GetOverviewRequest::SECTION:
      return Grouping::kSection;
    default:
      Violate("group_by", std::to_string(group_by) +
                              " is unknown; expected DIVISION, UNIT, PLAN, COUNTY, UNIT_KIND, "
                              "ROLE, MONTH or SECTION");
      return std::nullopt;
  }
}

std::optional<FigureOrder> RequestReader::Order(const std::string& order_by) {
  if (order_by.empty()) return std::nullopt;
  const auto order = ParseFigureOrder(order_by);
  if (!order) {
    Violate("order_by", "\"" + order_by +
                            "\" is no figure; expected a field of FigureSet, e.g. "
                            "\"completion desc\"");
  }
  return order;
}

std::optional<Comparison> RequestReader::CompareWith(GetOverviewRequest::Comparison comparison) {
  switch (comparison) {
    case GetOverviewRequest::COMPARISON_UNSPECIFIED:
      return std::nullopt;
    case GetOverviewRequest::PREVIOUS_MONTH:
      return Comparison::kPreviousMonth;
    case GetOverviewRequest::PREVIOUS_QUARTER:
      return Comparison::kPreviousQuarter;
    case GetOverviewRequest::PREVIOUS_YEAR:
      return Comparison::kPreviousYear;
    default:
      Violate("compare_with", std::to_string(comparison) +
                                  " is unknown; expected PREVIOUS_MONTH, PREVIOUS_QUARTER or "
                                  "PREVIOUS_YEAR");
      return std::nullopt;
  }
}

Step RequestReader::Step(GetTrendRequest::Step step) {
  switch (step) {
    case GetTrendRequest::DAY:
      return reporting::Step::kDay;
    case GetTrendRequest::WEEK:
      return reporting::Step::kWeek;
    case GetTrendRequest::MONTH:
      return reporting::Step::kMonth;
    default:
      Violate("step", "expected DAY, WEEK or MONTH");
      return reporting::Step::kDay;
  }
}

const FigureDefinition* RequestReader::Figure(const std::string& name) {
  const auto* definition = DefinitionOf(name);
  if (!definition) {
    Violate("figure",
            "\"" + name + "\" is no figure; expected a field of FigureSet, e.g. completion");
  }
  return definition;
}

std::optional<Part> RequestReader::Part(v1::FigureMember::Part part) {
  if (part == v1::FigureMember::PART_UNSPECIFIED) return std::nullopt;
  if (!v1::FigureMember::Part_IsValid(part)) {
    Violate("part",
            std::to_string(part) + " is unknown; expected NUMERATOR, DENOMINATOR_ONLY or LEFT_OUT");
  }
  return static_cast<reporting::Part>(part);
}

std::size_t RequestReader::PageSize(int page_size) {
  constexpr int kMost = 500;
  constexpr int kDefault = 50;
  if (page_size < 0) Violate("page_size", "must not be negative");
  return static_cast<std::size_t>(page_size <= 0 ? kDefault : std::min(page_size, kMost));
}

}  // namespace gongkai::reporting
