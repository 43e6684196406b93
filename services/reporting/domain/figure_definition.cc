#include "services/reporting/domain/figure_definition.h"

namespace gongkai::reporting {
namespace {

using enum MemberKind;

constexpr FigureDefinition kDefinitions[] = {
    {"completion", kOccurrence, &FigureSet::completion, nullptr,
     "完成率：已核验的办理事项 ÷ 全部办理事项；已取消和长期坚持的不计"},
    {"completion_self_reported", kOccurrence, &FigureSet::completion_self_reported, nullptr,
     "自报完成率：已提交或已核验的办理事项 ÷ 全部办理事项；已取消和长期坚持的不计"},
    {"completion_with_evidence", kOccurrence, &FigureSet::completion_with_evidence, nullptr,
     "有佐证完成率：已提交或已核验且附有佐证材料的办理事项 ÷ 全部办理事项；"
     "已取消和长期坚持的不计"},
    {"completion_lead", kOccurrence, &FigureSet::completion_lead, nullptr,
     "牵头完成率：牵头单位已核验的办理事项 ÷ 牵头单位的全部办理事项；已取消和长期坚持的不计"},
    {"completion_by_task", kTask, &FigureSet::completion_by_task, nullptr,
     "任务完成率：全部办理事项均已核验的任务 ÷ 全部任务；配合单位的、已取消和长期坚持的事项不计"},
    {"ongoing", kOccurrence, &FigureSet::ongoing, nullptr,
     "长期坚持事项完成率：已核验 ÷ 全部长期坚持的办理事项；已取消的不计"},
    {"on_time", kOccurrence, &FigureSet::on_time, nullptr,
     "按时完成率：到期日当天或之前提交并已核验的办理事项 ÷ 截至当日已到期的办理事项；"
     "到期日早于方案印发日的不计"},
    {"overdue_not_done", kOccurrence, nullptr, &FigureSet::overdue_not_done,
     "逾期未完成：到期日早于当日且没有有效提交的办理事项；到期日早于方案印发日的不计"},
    {"done_late", kOccurrence, nullptr, &FigureSet::done_late,
     "逾期完成：到期日之后才提交的办理事项；到期日早于方案印发日的不计"},
    {"due_before_issue", kOccurrence, nullptr, &FigureSet::due_before_issue,
     "印发前到期：到期日早于方案印发日且没有有效提交的办理事项"},
    {"claim", kAssignment, &FigureSet::claim, nullptr,
     "认领率：已认领的任务分工 ÷ 应认领的任务分工；已退回和已取消的不计"},
    {"claim_in_time", kAssignment, &FigureSet::claim_in_time, nullptr,
     "按时认领率：在认领期限内认领的任务分工 ÷ 设有认领期限的方案中应认领的任务分工"},
    {"filing", kAssignment, &FigureSet::filing, nullptr,
     "备案率：已备案的任务分工 ÷ 已认领的任务分工"},
    {"filing_in_time", kAssignment, &FigureSet::filing_in_time, nullptr,
     "按时备案率：在备案期限内备案的任务分工 ÷ 设有备案期限的方案中已认领的任务分工"},
    {"head_interpretation", kUnit, &FigureSet::head_interpretation, nullptr,
     "主要负责人解读达标率：主要负责人本年度解读次数达标的单位 ÷ 有任务的单位"},
    {"interpretation", kDocument, &FigureSet::interpretation, nullptr,
     "解读率：已解读的文件 ÷ 应解读的文件"},
    {"diversified", kDocument, &FigureSet::diversified, nullptr,
     "多元化解读率：有文字以外解读形式的文件 ÷ 已解读的文件"},
    {"diversified_of_required", kDocument, &FigureSet::diversified_of_required, nullptr,
     "多元化解读率（应解读口径）：有文字以外解读形式的应解读文件 ÷ 应解读的文件"},
    {"forms", kDocument, &FigureSet::forms, nullptr,
     "解读形式达标率：解读形式数达标的文件 ÷ 应解读的文件"},
    {"three_sync", kDocument, &FigureSet::three_sync, nullptr,
     "三同步率：解读方案、解读材料与文件同步组织、同步审签、同步部署的文件 ÷ 应解读的文件"}};

}  // namespace

const FigureDefinition* DefinitionOf(std::string_view name) {
  for (const auto& definition : kDefinitions) {
    if (definition.name == name) return &definition;
  }
  return nullptr;
}

}  // namespace gongkai::reporting
