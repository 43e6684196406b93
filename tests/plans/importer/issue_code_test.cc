#include "services/plans/importer/issue_code.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace gongkai::plans::importer {
namespace {

std::string Documentation() {
  std::ifstream in(GONGKAI_SOURCE_DIR "/docs/importer.md");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string SeverityName(IssueSeverity severity) {
  return severity == IssueSeverity::kError     ? "error"
         : severity == IssueSeverity::kWarning ? "warning"
                                               : "note";
}

TEST(IssueCode, StandsAtItsOwnPlaceUnderItsOwnName) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < std::size(kIssueKinds); ++i) {
    EXPECT_EQ(static_cast<size_t>(kIssueKinds[i].code), i) << kIssueKinds[i].name;
    EXPECT_TRUE(names.insert(kIssueKinds[i].name).second) << kIssueKinds[i].name;
  }
}

TEST(IssueCode, IsExplainedInTheManual) {
  const std::string manual = Documentation();
  for (const IssueKind& kind : kIssueKinds) {
    const std::string row = "| `" + std::string(kind.name) + "` | " + SeverityName(kind.severity) +
                            " | " + std::string(kind.meaning) + " | " + std::string(kind.remedy) +
                            " |";
    EXPECT_NE(manual.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace gongkai::plans::importer
