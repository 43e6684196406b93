// Checks the fields of a request, and keeps every violation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gongkai/reporting/v1/figures.pb.h"
#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/rpc/figure_order.h"
#include "services/reporting/store/figure_members.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// Each function answers what the field says, or anything once it is violated.
class RequestReader {
 public:
  int Division(const char* field, const std::string& name);
  // The number of a resource of this division; nothing for an empty name.
  std::optional<int> Of(int division, const char* field, std::string_view collection,
                        const std::string& name);
  // 0 for the newest.
  int Year(int year);
  // Nothing for an empty text.
  std::optional<CivilDate> Date(const char* field, const std::string& text);
  std::optional<int> Month(const char* field, const std::string& text);
  std::optional<reporting::Role> Role(v1::Role role);
  // By its name in the contract of plans, `TOWN`.
  std::optional<reporting::UnitKind> UnitKind(const std::string& name);
  // Nothing for what stands directly below, which depends on the division.
  std::optional<Grouping> GroupBy(v1::GetOverviewRequest::GroupBy group_by);
  std::optional<FigureOrder> Order(const std::string& order_by);
  std::optional<Comparison> CompareWith(v1::GetOverviewRequest::Comparison comparison);
  reporting::Step Step(v1::GetTrendRequest::Step step);
  // Not null unless it is violated.
  const FigureDefinition* Figure(const std::string& name);
  std::optional<reporting::Part> Part(v1::FigureMember::Part part);
  std::size_t PageSize(int page_size);

  void Violate(const char* field, std::string description) {
    violations_.push_back({field, std::move(description)});
  }
  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  std::vector<FieldViolation> violations_;
};

}  // namespace gongkai::reporting
