#include "services/reporting/domain/membership.h"

#include <gtest/gtest.h>

#include "gongkai/reporting/v1/figures.pb.h"

namespace gongkai::reporting {
namespace {

const PlanTerms kTerms{.issue_date = ParseDate("2023-03-01"),
                       .claim_deadline = ParseDate("2023-03-10")};

std::string Of(const char* figure, const OccurrenceFact& occurrence,
               const char* as_of = "2023-08-01") {
  const auto membership =
      MembershipOf(*DefinitionOf(figure), occurrence, kTerms, *ParseDate(as_of));
  return std::to_string(static_cast<int>(membership.part)) + std::string(membership.reason.name);
}

std::string Of(const char* figure, const AssignmentFact& assignment) {
  const auto membership = MembershipOf(*DefinitionOf(figure), assignment, kTerms);
  return std::to_string(static_cast<int>(membership.part)) + std::string(membership.reason.name);
}

std::string Of(const char* figure, const DocumentCount& document) {
  const auto membership = MembershipOf(*DefinitionOf(figure), document, kRules2026);
  return std::to_string(static_cast<int>(membership.part)) + std::string(membership.reason.name);
}

OccurrenceFact Due(const char* due, OccurrenceState state, const char* submitted = "") {
  return {.due_date = ParseDate(due), .state = state, .submit_date = ParseDate(submitted)};
}

TEST(FigureDefinition, StandsForEveryFigureOfTheContract) {
  const auto* figures = v1::FigureSet::descriptor();
  for (int i = 0; i < figures->field_count(); ++i) {
    const auto* definition = DefinitionOf(figures->field(i)->name());
    ASSERT_TRUE(definition) << figures->field(i)->name();
    EXPECT_NE(definition->ratio == nullptr, definition->count == nullptr) << definition->name;
    EXPECT_EQ(definition->count != nullptr,
              figures->field(i)->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_INT32);
  }
}

TEST(Membership, TellsWhyAnOccurrenceIsNotInTheNumerator) {
  using enum OccurrenceState;
  auto ongoing = Due("2023-06-30", kOpen);
  ongoing.ongoing = true;
  const struct {
    const char* figure;
    OccurrenceFact occurrence;
    const char* expected;
  } rows[] = {
      {"completion", Due("2023-06-30", kVerified, "2023-06-01"), "1"},
      {"completion", Due("2023-06-30", kSubmitted, "2023-06-01"), "2NOT_VERIFIED"},
      {"completion", Due("2023-06-30", kCancelled), "3CANCELLED"},
      {"completion", ongoing, "3ONGOING"},
      {"completion_lead", Due("2023-06-30", kOpen), "3NOT_LEADING"},
      {"completion_self_reported", Due("2023-06-30", kReturned), "2NOT_SUBMITTED"},
      {"completion_with_evidence", Due("2023-06-30", kVerified, "2023-06-01"), "2NO_EVIDENCE"},
      {"ongoing", Due("2023-06-30", kOpen), "3NOT_ONGOING"},
      {"on_time", Due("2023-06-30", kVerified, "2023-06-30"), "1"},
      {"on_time", Due("2023-06-30", kVerified, "2023-07-01"), "2SUBMITTED_LATE"},
      {"on_time", Due("2023-06-30", kSubmitted, "2023-06-30"), "2NOT_VERIFIED"},
      {"on_time", Due("2023-08-02", kOpen), "3NOT_DUE"},
      {"on_time", Due("2023-02-28", kOpen), "3DUE_BEFORE_ISSUE"},
      {"on_time", Due("", kOpen), "3NO_DUE_DATE"},
      {"overdue_not_done", Due("2023-06-30", kOpen), "1"},
      {"overdue_not_done", Due("2023-08-01", kOpen), "3NOT_DUE"},
      {"overdue_not_done", Due("2023-06-30", kSubmitted, "2023-07-05"), "3SUBMITTED"},
      {"done_late", Due("2023-06-30", kSubmitted, "2023-07-05"), "1"},
      {"done_late", Due("2023-06-30", kSubmitted, "2023-06-05"), "3IN_TIME"},
      {"done_late", Due("2023-06-30", kOpen), "3NOT_SUBMITTED"},
      {"due_before_issue", Due("2023-02-28", kOpen), "1"},
      {"due_before_issue", Due("2023-02-28", kSubmitted, "2023-02-01"), "3SUBMITTED"},
      {"due_before_issue", Due("2023-06-30", kOpen), "3DUE_AFTER_ISSUE"}};
  for (const auto& row : rows)
    EXPECT_EQ(Of(row.figure, row.occurrence), row.expected) << row.figure;
}

TEST(Membership, TellsWhyAnAssignmentIsNotInTheNumerator) {
  using enum AssignmentState;
  const AssignmentFact late{.state = kClaimed, .claim_date = ParseDate("2023-03-11")};
  EXPECT_EQ(Of("claim", late), "1");
  EXPECT_EQ(Of("claim_in_time", late), "2CLAIMED_LATE");
  EXPECT_EQ(Of("filing", late), "2NOT_FILED");
  EXPECT_EQ(Of("filing_in_time", late), "3NO_DEADLINE");
  EXPECT_EQ(Of("claim", AssignmentFact{}), "2NOT_CLAIMED");
  EXPECT_EQ(Of("filing", AssignmentFact{}), "3NOT_CLAIMED");
  EXPECT_EQ(Of("claim", AssignmentFact{.state = kDeclined}), "3DECLINED");
  EXPECT_EQ(Of("filing", AssignmentFact{.state = kCancelled}), "3CANCELLED");
}

TEST(Membership, TellsWhyADocumentIsNotInTheNumerator) {
  const DocumentCount as_text{.must_interpret = true, .forms = {Form::kText}};
  EXPECT_EQ(Of("interpretation", as_text), "1");
  EXPECT_EQ(Of("diversified", as_text), "2TEXT_ONLY");
  EXPECT_EQ(Of("forms", as_text), "2TOO_FEW_FORMS");
  EXPECT_EQ(Of("interpretation", DocumentCount{.must_interpret = true}), "2NOT_INTERPRETED");
  EXPECT_EQ(Of("diversified", DocumentCount{.must_interpret = true}), "3NOT_INTERPRETED");
  EXPECT_EQ(Of("forms", DocumentCount{.forms = {Form::kChart}}), "3NOT_REQUIRED");
}

}  // namespace
}  // namespace gongkai::reporting
