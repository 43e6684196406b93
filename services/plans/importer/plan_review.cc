#include "services/plans/importer/plan_review.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/field_locator.h"
#include "services/plans/importer/issue_code.h"
#include "services/plans/importer/scanner.h"
#include "services/plans/importer/unit_aliases.h"

namespace gongkai::plans::importer {
namespace {

// `第1、4、7项`, cut where it would grow beyond what anybody reads.
std::string NameOrdinals(const std::vector<std::string>& ordinals) {
  constexpr size_t kMostNamed = 20;
  std::string text = "第";
  for (size_t i = 0; i < ordinals.size() && i < kMostNamed; ++i) {
    if (i > 0) text += "、";
    text += ordinals[i];
  }
  if (ordinals.size() > kMostNamed) {
    return text + "等共" + std::to_string(ordinals.size()) + "项";
  }
  return text + "项";
}

class Reviewer {
 public:
  Reviewer(const ParsedPlan& plan, const ReviewContext& context) : plan_(plan), context_(context) {}

  std::vector<ParseIssue> Review() {
    ReviewFacts();
    ReviewPlanDeadlines();
    ReviewTables();
    ReviewCarriedCells();
    ReviewOrdinals();
    ReviewRepeatedTasks();
    ReviewAliases();
    ReviewOpenEndedUnits();
    for (const ParsedTask& task : plan_.tasks) ReviewTask(task);
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
      const auto number = Scanner(draft.ordinal).EatNumber();
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

  // Word for word the same, whatever the units: the body and the annex, or a row copied twice.
  void ReviewRepeatedTasks() {
    std::map<std::pair<std::string, std::string>, const ParsedTask*> seen;
    for (const ParsedTask& task : plan_.tasks) {
      const auto [first, added] = seen.emplace(std::pair(task.title, task.requirement), &task);
      if (added) continue;
      Add(IssueCode::kTaskRepeated,
          "第" + task.ordinal + "项与第" + first->second->ordinal +
              "项的任务要求完全相同，请核对是否重复",
          task.source);
    }
  }

  void ReviewAliases() {
    for (const UnitAlias& alias : FindAliases(plan_.tasks)) {
      Add(IssueCode::kAliasBesideName,
          "“" + alias.alias + "”与“" + alias.name + "”应为同一单位，请在单位目录中设为别名",
          alias.source);
    }
  }

  // One issue for each phrase, however many tasks use it.
  void ReviewOpenEndedUnits() {
    std::vector<std::pair<std::string, std::vector<const ParsedTask*>>> phrases;
    std::map<std::string, size_t> places;
    for (const ParsedTask& task : plan_.tasks) {
      for (const ParsedUnit& unit : task.units) {
        if (unit.kind != UnitKind::kOpenEnded) continue;
        const auto [place, added] = places.emplace(unit.text, phrases.size());
        if (added) phrases.push_back({unit.text, {}});
        phrases[place->second].second.push_back(&task);
      }
    }
    for (const auto& [phrase, tasks] : phrases) {
      std::vector<std::string> ordinals;
      for (const ParsedTask* task : tasks) {
        // Rows of one number are named once.
        if (ordinals.empty() || ordinals.back() != task->ordinal) ordinals.push_back(task->ordinal);
      }
      Add(IssueCode::kOpenEndedUnit,
          NameOrdinals(ordinals) + "的“" + phrase + "”未列明具体单位，请在印发前明确",
          tasks.front()->source);
    }
  }

  void ReviewTask(const ParsedTask& task) {
    if (task.units.empty()) {
      Add(IssueCode::kNoUnit, "第" + task.ordinal + "项没有责任单位，请补充", task.source);
    }
    if (task.due.kind == DueKind::kFixed && plan_.issue_date && task.due.date &&
        *task.due.date < *plan_.issue_date) {
      Add(IssueCode::kDueBeforeIssue,
          "第" + task.ordinal + "项的完成时限" + FormatDate(*task.due.date) + "早于印发日期" +
              FormatDate(*plan_.issue_date) + "，请核对并重新确定时限",
          task.source);
    }
    const auto text = DecodeUtf8(task.due.text);
    const bool undated = task.due.kind == DueKind::kUnstated && text && !text->empty();
    if (undated && !IsOrdinaryUndated(*text)) {
      Add(IssueCode::kDueNotUnderstood,
          "第" + task.ordinal + "项的完成时限“" + task.due.text +
              "”无法识别，暂按年底到期处理，请核对",
          task.source);
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
