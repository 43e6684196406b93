#include "services/plans/importer/plan_review.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "services/plans/importer/content_review.h"
#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/field_locator.h"
#include "services/plans/importer/issue_code.h"
#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

class Reviewer {
 public:
  Reviewer(const ParsedPlan& plan, const ReviewContext& context) : plan_(plan), context_(context) {}

  std::vector<ParseIssue> Review() {
    ReviewFacts();
    ReviewPlanDeadlines();
    ReviewTables();
    ReviewCarriedCells();
    ReviewOrdinals();
    for (auto& issue : ReviewContent(plan_)) issues_.push_back(std::move(issue));
    return std::move(issues_);
  }

 private:
  void Add(IssueCode code, std::string message, std::optional<SourceSpan> source = std::nullopt) {
    const IssueKind& kind = KindOf(code);
    issues_.push_back({kind.severity, std::string(kind.name), std::move(message), source});
  }

  void ReviewFacts() {
    if (plan_.title.empty()) {
      Add(IssueCode::kTitleMissing, "未找到方案标题，请填写标题");
    }
    if (plan_.division.empty()) {
      Add(IssueCode::kDivisionMissing, "未找到发布地区名称，请核对所属地区");
    }
    if (plan_.year == 0) {
      Add(IssueCode::kYearMissing,
          "未找到方案年度，未写明时限的任务无法确定到期日，请指定年度后重新解析");
    }
    if (!plan_.issue_date) {
      Add(IssueCode::kIssueDateMissing, "未找到印发日期，请在印发时填写");
    }
    if (context_.units_from_addressees) {
      Add(IssueCode::kUnitsFromAddressees, "任务未逐项写明责任单位，已按主送机关“" +
                                               EncodeUtf8(context_.facts.addressees) +
                                               "”处理，请核对");
    }
  }

  // Deadlines in the running text beside a table: for measures and for the units' own plans.
  void ReviewPlanDeadlines() {
    std::set<CivilDate> seen;
    for (const Block& block : context_.document.blocks) {
      const auto* paragraph = std::get_if<Paragraph>(&block);
      if (!paragraph || IsInTask(paragraph->span)) continue;
      if (!Contains(paragraph->text, U"报") && !Contains(paragraph->text, U"制")) continue;
      for (const DueRule& rule : FindDueRules(paragraph->text, plan_.year)) {
        if (rule.kind != DueKind::kFixed || !IsFilingDate(paragraph->text, rule)) continue;
        if (!seen.insert(*rule.date).second) continue;
        Add(IssueCode::kPlanDeadline,
            "正文要求各单位于" + rule.text + "报送、备案或制定方案（" + FormatDate(*rule.date) +
                "），不属于任何一项任务，请在印发时填写为备案期限",
            ToSource(paragraph->span));
      }
    }
  }

  // Whether the sentence around the date asks units to file something, not to finish a task.
  static bool IsFilingDate(TextView text, const DueRule& rule) {
    const auto decoded = DecodeUtf8(rule.text);
    if (!decoded || EndsWith(*decoded, U"年底前")) return false;
    const size_t at = text.find(*decoded);
    if (at == TextView::npos) return false;
    const TextView rest = text.substr(at, text.find(U'。', at) - at);
    for (const TextView word : {U"备案", U"报送", U"上报", U"报县", U"报市", U"报区", U"报至",
                                U"实施方案", U"工作方案", U"报我", U"反馈"}) {
      if (Contains(rest, word)) return true;
    }
    return false;
  }

  // Drafts are in the order of the document, so that the next one is found by its end.
  bool IsInTask(Span span) const {
    const auto& tasks = context_.drafts.tasks;
    const auto after = std::partition_point(tasks.begin(), tasks.end(), [span](const DraftTask& t) {
      return t.span.end <= span.start;
    });
    return after != tasks.end() && after->span.start <= span.start;
  }

  void ReviewTables() {
    for (const Span span : context_.drafts.tables_without_tasks) {
      Add(IssueCode::kTableWithoutTaskColumn,
          "有一个表格列有责任单位和时限，但没有任务列，未导入；如是任务分解表，请补上“工作任务”或"
          "“具体要求”的列名后重新导入",
          ToSource(span));
    }
    if (context_.drafts.columns_guessed) {
      Add(IssueCode::kColumnsGuessed, "表格没有表头，已按各列内容判断任务、单位和时限，请逐列核对",
          plan_.tasks.front().source);
    }
    for (const Span span : context_.drafts.skipped_rows) {
      Add(IssueCode::kRowSkipped, "表格中有一行既不是任务也不是标题，未导入，请对照原文核对",
          ToSource(span));
    }
  }

  void ReviewCarriedCells() {
    std::vector<std::string> units;
    std::vector<std::string> due;
    for (const DraftTask& draft : context_.drafts.tasks) {
      if (draft.units_carried) units.push_back(EncodeUtf8(draft.ordinal));
      if (draft.due_carried) due.push_back(EncodeUtf8(draft.ordinal));
    }
    if (!units.empty()) {
      Add(IssueCode::kUnitsCarriedDown,
          NameOrdinals(units) + "的责任单位为空，已按合并单元格沿用上一行，请核对");
    }
    if (!due.empty()) {
      Add(IssueCode::kDueCarriedDown,
          NameOrdinals(due) + "的完成时限为空，已按合并单元格沿用上一行，请核对");
    }
  }

  // Numbers may begin again under another heading.
  void ReviewOrdinals() {
    std::vector<std::string> shared;
    int32_t last = 0;
    for (size_t i = 0; i < context_.drafts.tasks.size(); ++i) {
      const DraftTask& draft = context_.drafts.tasks[i];
      // `2.1` counts within 2.
      const size_t dot = draft.ordinal.find_last_of(U".．、");
      const auto number = Scanner(draft.ordinal, dot == Text::npos ? 0 : dot + 1).EatNumber();
      if (!draft.ordinal_printed || !number) continue;
      if (*number == last && last > 0) {
        const std::string ordinal = EncodeUtf8(draft.ordinal);
        if (shared.empty() || shared.back() != ordinal) shared.push_back(ordinal);
      } else if (*number != last + 1 && *number != 1) {
        Add(IssueCode::kOrdinalGap,
            (last > 0 ? "序号由" + std::to_string(last) + "跳至" : std::string("首个编号为")) +
                std::to_string(*number) + "，请核对是否缺少任务",
            plan_.tasks[i].source);
      }
      last = *number;
    }
    if (!shared.empty()) {
      Add(IssueCode::kOrdinalRepeated, NameOrdinals(shared) + "各含多行任务，已分别导入，请核对");
    }
  }

  const ParsedPlan& plan_;
  const ReviewContext& context_;
  std::vector<ParseIssue> issues_;
};

}  // namespace

std::vector<ParseIssue> ReviewPlan(const ParsedPlan& plan, const ReviewContext& context) {
  return Reviewer(plan, context).Review();
}

}  // namespace gongkai::plans::importer
