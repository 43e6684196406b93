#include "services/reporting/store/postgres/fact_json.h"

#include <nlohmann/json.hpp>

namespace gongkai::reporting {
namespace {

using nlohmann::json;

json DateOrNull(const std::optional<CivilDate>& date) {
  return date ? json(FormatDate(*date)) : json(nullptr);
}

json Row(const DivisionFact& fact) {
  return {{"division", fact.division},
          {"display_name", fact.display_name},
          {"level", static_cast<int>(fact.level)},
          {"parent", fact.parent ? json(*fact.parent) : json(nullptr)},
          {"revision", fact.revision}};
}

json Row(const UnitFact& fact) {
  return {{"division", fact.division},
          {"unit", fact.unit},
          {"display_name", fact.display_name},
          {"kind", static_cast<int>(fact.kind)},
          {"revision", fact.revision}};
}

json Row(const PlanFact& fact) {
  return {{"division", fact.division},
          {"plan", fact.plan},
          {"title", fact.title},
          {"year", fact.year},
          {"state", static_cast<int>(fact.state)},
          {"issue_date", DateOrNull(fact.issue_date)},
          {"claim_deadline", DateOrNull(fact.claim_deadline)},
          {"filing_deadline", DateOrNull(fact.filing_deadline)},
          {"revision", fact.revision}};
}

json Row(const TaskFact& fact) {
  return {{"division", fact.division}, {"plan", fact.plan},   {"task", fact.task},
          {"ordinal", fact.ordinal},   {"title", fact.title}, {"section", fact.section},
          {"revision", fact.revision}};
}

json Row(const PolicyDocumentFact& fact) {
  return {{"division", fact.division},
          {"document", fact.document},
          {"title", fact.title},
          {"unit", fact.unit},
          {"year", fact.year},
          {"issuing_level", static_cast<int>(fact.issuing_level)},
          {"must_interpret", fact.must_interpret},
          {"three_sync", fact.three_sync},
          {"revision", fact.revision}};
}

json Row(const InterpretationFact& fact) {
  return {{"division", fact.division},
          {"interpretation", fact.interpretation},
          {"unit", fact.unit},
          {"year", fact.year},
          {"form", static_cast<int>(fact.form)},
          {"head_acts", fact.by_principal_head ? 1 : 0},
          {"documents", fact.documents},
          {"revision", fact.revision}};
}

template <typename Fact>
std::string Rows(const std::vector<Fact>& facts) {
  json rows = json::array();
  for (const auto& fact : facts) rows.push_back(Row(fact));
  return rows.dump();
}

}  // namespace

std::string ToJson(const std::vector<DivisionFact>& divisions) { return Rows(divisions); }
std::string ToJson(const std::vector<UnitFact>& units) { return Rows(units); }
std::string ToJson(const std::vector<PlanFact>& plans) { return Rows(plans); }
std::string ToJson(const std::vector<TaskFact>& tasks) { return Rows(tasks); }
std::string ToJson(const std::vector<PolicyDocumentFact>& documents) { return Rows(documents); }
std::string ToJson(const std::vector<InterpretationFact>& interpretations) {
  return Rows(interpretations);
}

}  // namespace gongkai::reporting
