#include "services/cli/report_table.h"

#include "services/cli/display_text.h"

namespace gongkai::cli {
namespace {

namespace v1 = reporting::v1;

constexpr size_t kNameWidth = 26;
constexpr size_t kRatioWidth = 18;
constexpr size_t kCountWidth = 8;

std::string Cell(const v1::Ratio& ratio) {
  const std::string display = ratio.display().empty() ? "N/A" : ratio.display();
  return FitWidth(
      display + " " + std::to_string(ratio.numerator()) + "/" + std::to_string(ratio.denominator()),
      kRatioWidth);
}

std::string Cell(int count) { return FitWidth(std::to_string(count), kCountWidth); }

std::string Line(const std::string& name, const v1::FigureSet& figures) {
  return FitWidth(name, kNameWidth) + Cell(figures.completion()) + Cell(figures.on_time()) +
         Cell(figures.overdue_not_done()) + Cell(figures.claim()) + Cell(figures.filing()) +
         Cell(figures.head_interpretation()) + Cell(figures.diversified()) + "\n";
}

// Whether the subject owes anything: a row of zeros and N/A tells nothing.
bool HasFigures(const v1::FigureSet& figures) {
  return figures.completion().denominator() > 0 || figures.ongoing().denominator() > 0 ||
         figures.claim().denominator() > 0 || figures.interpretation().denominator() > 0;
}

}  // namespace

std::string FormatReport(const v1::Overview& overview) {
  std::string text = overview.display_name() + "  " + std::to_string(overview.year()) +
                     "年  截至 " + overview.as_of_date() + "  规则 " + overview.rule_version() +
                     "\n\n";
  text += FitWidth("", kNameWidth) + FitWidth("完成率", kRatioWidth) +
          FitWidth("按时完成率", kRatioWidth) + FitWidth("逾期", kCountWidth) +
          FitWidth("认领率", kRatioWidth) + FitWidth("备案率", kRatioWidth) +
          FitWidth("主要负责人解读", kRatioWidth) + FitWidth("多元化解读率", kRatioWidth) + "\n";
  text += Line("合计", overview.total());
  int without_figures = 0;
  for (const auto& row : overview.rows()) {
    if (HasFigures(row.figures())) {
      text += Line(row.display_name(), row.figures());
    } else {
      ++without_figures;
    }
  }
  if (without_figures > 0) {
    text += "\n另有 " + std::to_string(without_figures) + " 个本年度尚无已印发的方案\n";
  }
  return text;
}

}  // namespace gongkai::cli
