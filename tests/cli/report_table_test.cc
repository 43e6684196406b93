#include "services/cli/report_table.h"

#include <gtest/gtest.h>

namespace gongkai::cli {
namespace {

TEST(ReportTable, ShowsWhoOwesSomethingAndCountsTheRest) {
  reporting::v1::Overview overview;
  overview.set_display_name("某省");
  overview.set_year(2026);
  overview.set_as_of_date("2026-06-30");
  auto* busy = overview.add_rows();
  busy->set_display_name("东山县");
  auto* completion = busy->mutable_figures()->mutable_completion();
  completion->set_numerator(3);
  completion->set_denominator(4);
  completion->set_display("75.0%");
  overview.add_rows()->set_display_name("西湖县");

  const auto report = FormatReport(overview);
  EXPECT_NE(report.find("东山县"), std::string::npos);
  EXPECT_NE(report.find("75.0% 3/4"), std::string::npos);
  EXPECT_NE(report.find("N/A 0/0"), std::string::npos);
  EXPECT_EQ(report.find("西湖县"), std::string::npos);
  EXPECT_NE(report.find("另有 1 个"), std::string::npos);
}

}  // namespace
}  // namespace gongkai::cli
