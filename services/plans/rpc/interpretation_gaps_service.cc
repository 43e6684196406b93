#include "services/plans/rpc/interpretation_gaps_service.h"

#include <algorithm>

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

using Gap = v1::InterpretationGap;

// Pages of documents that are looked at for one page of gaps.
constexpr int kMostReads = 20;

// What is expected, as the request says.
struct Expectation {
  int window = 3;
  int government_forms = 5;
  int unit_forms = 2;
  bool qa_is_text = true;
};

Result<Expectation> ExpectationOf(const v1::ListInterpretationGapsRequest& request) {
  Expectation expected;
  if (request.has_window_working_days()) expected.window = request.window_working_days();
  if (request.has_government_forms()) expected.government_forms = request.government_forms();
  if (request.has_unit_forms()) expected.unit_forms = request.unit_forms();
  expected.qa_is_text = !request.qa_is_no_text();
  RequestChecks checks;
  checks.Require(expected.window >= 0 && expected.window <= 60, "window_working_days",
                 "must be from 0 to 60");
  checks.Require(expected.government_forms >= 1 && expected.government_forms <= 10,
                 "government_forms", "must be from 1 to 10");
  checks.Require(expected.unit_forms >= 1 && expected.unit_forms <= 10, "unit_forms",
                 "must be from 1 to 10");
  if (!checks.ok()) return Fail(checks.error());
  return expected;
}

// Whether the first interpretation came in its window, as far as that can be told.
void TellWindow(const Expectation& expected, const WorkingDays& days, CivilDate today, Gap& gap) {
  const auto published = *ParseDate(gap.publish_date());
  const auto first = ParseDate(gap.first_interpretation_date());
  const auto end = days.After(published, expected.window);
  if (end) {
    gap.set_window_end_date(FormatDate(*end));
    if (!first && today > *end) gap.add_kinds(Gap::OVERDUE);
    if (first && *first > *end) gap.add_kinds(Gap::LATE);
    return;
  }
  // On the day itself is in time by any calendar.
  if (first && *first <= published) return;
  gap.add_kinds(Gap::CALENDAR_UNKNOWN);
  const auto year = end.error().metadata.find("year");
  if (year != end.error().metadata.end()) gap.set_unknown_calendar(std::stoi(year->second));
}

void TellForms(const Expectation& expected, Gap& gap) {
  if (gap.forms().empty()) return;
  const bool only_text = std::all_of(gap.forms().begin(), gap.forms().end(), [&](int form) {
    return form == v1::Interpretation::TEXT ||
           (form == v1::Interpretation::QA && expected.qa_is_text);
  });
  if (only_text) gap.add_kinds(Gap::ONLY_TEXT);
  if (gap.forms_size() < gap.expected_forms()) gap.add_kinds(Gap::TOO_FEW_FORMS);
}

// Fills in what the document lacks.
void TellKinds(const Expectation& expected, const WorkingDays& days, CivilDate today, Gap& gap) {
  std::sort(gap.mutable_forms()->begin(), gap.mutable_forms()->end());
  gap.set_expected_forms(gap.issuing_level() == v1::PolicyDocument::GOVERNMENT
                             ? expected.government_forms
                             : expected.unit_forms);
  if (gap.forms().empty()) gap.add_kinds(Gap::NOT_INTERPRETED);
  TellWindow(expected, days, today, gap);
  TellForms(expected, gap);
  std::sort(gap.mutable_kinds()->begin(), gap.mutable_kinds()->end());
}

}  // namespace

Result<v1::ListInterpretationGapsResponse> InterpretationGapsService::ListInterpretationGaps(
    const rpc::Caller&, const v1::ListInterpretationGapsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  const auto expected = ExpectationOf(request);
  if (!expected) return Fail(expected.error());
  const auto days = stores_.calendars.LoadWorkingDays();
  if (!days) return Fail(days.error());

  v1::ListInterpretationGapsResponse response;
  const int wanted = query->limit;
  for (int reads = 0; reads < kMostReads; ++reads) {
    query->limit = wanted - response.interpretation_gaps_size();
    const auto page = stores_.gaps.ListInterpretationStates(*division, *query);
    if (!page) return Fail(page.error());
    for (const auto& document : page->documents) {
      auto gap = ToMessage<Gap>(document);
      if (!gap) return Fail(gap.error());
      TellKinds(*expected, *days, today_(), *gap);
      if (!gap->kinds().empty()) *response.add_interpretation_gaps() = std::move(*gap);
    }
    response.set_next_page_token(page->next_page_token);
    query->page_token = page->next_page_token;
    if (page->next_page_token.empty() || response.interpretation_gaps_size() == wanted) break;
  }
  return response;
}

}  // namespace gongkai::plans
