// What a figure counts, page by page.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "services/reporting/domain/membership.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// The numbers of a member's name, in which order members stand: division, then plan, task, unit,
// role and occurrence, or document, or unit; zeros where it has none.
using MemberKey = std::array<int, 6>;

struct MemberQuery {
  OverviewQuery overview;  // the grouping does not matter
  std::optional<int> unit;
  const FigureDefinition* figure = nullptr;
  std::optional<Part> part;
  MemberKey after{};  // members with a higher key only
  std::size_t page_size = 50;
};

struct FigureMember {
  MemberKey key{};
  std::string display_name;
  std::string unit_display_name;
  Membership membership;
  int state = 0;  // of an occurrence or assignment, in the contract's numbers
  std::optional<CivilDate> due_date;
  std::optional<CivilDate> submit_date;
};

struct MemberPage {
  std::optional<std::chrono::system_clock::time_point> current_as_of;
  std::optional<CivilDate> known_since;
  Ratio value;  // of the figure as a whole
  std::vector<FigureMember> members;
  std::optional<MemberKey> next;  // nothing on the last page
};

}  // namespace gongkai::reporting
