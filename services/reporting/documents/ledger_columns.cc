#include "services/reporting/documents/ledger_columns.h"

namespace gongkai::reporting {
namespace {

LedgerValue DayOrNothing(const std::optional<CivilDate>& day) {
  return day ? LedgerValue(*day) : LedgerValue();
}

// Numbers as numbers, so that 10 comes after 9 when the column is sorted.
LedgerValue Ordinal(const LedgerEntry& entry, CivilDate) {
  const auto& text = entry.ordinal;
  const bool is_number =
      !text.empty() && text.size() < 9 && text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? LedgerValue(std::stoi(text)) : LedgerValue(text);
}

constexpr LedgerColumn kColumns[] = {
    {"地区", 9, true,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue { return entry.division_name; }},
    {"方案", 18, true,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue { return entry.plan_title; }},
    {"任务序号", 6, false, Ordinal},
    {"所属部分", 13, true,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue { return entry.section; }},
    {"任务", 36, true,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue { return entry.title; }},
    {"责任单位", 17, true,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue { return entry.unit_name; }},
    {"责任方式", 6, false,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue {
       return std::string(WordsOf(entry.occurrence.role));
     }},
    {"期次", 14, false,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue {
       return PeriodWords(entry.occurrence.period);
     }},
    {"完成时限", 11, false,
     [](const LedgerEntry& entry, CivilDate) { return DayOrNothing(entry.occurrence.due_date); }},
    {kStateHeading, 9, false,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue {
       return std::string(WordsOf(entry.occurrence.state));
     }},
    {kLatenessHeading, 12, false,
     [](const LedgerEntry& entry, CivilDate as_of) -> LedgerValue {
       return std::string(WordsOf(LatenessOf(entry, as_of)));
     }},
    {"逾期天数", 6, false,
     [](const LedgerEntry& entry, CivilDate as_of) {
       const auto days = DaysLate(entry, as_of);
       return days ? LedgerValue(*days) : LedgerValue();
     }},
    {"提交日期", 11, false,
     [](const LedgerEntry& entry, CivilDate) {
       return DayOrNothing(entry.occurrence.submit_date);
     }},
    {"核验日期", 11, false,
     [](const LedgerEntry& entry, CivilDate) {
       return DayOrNothing(entry.occurrence.verify_date);
     }},
    {"佐证材料", 6, false,
     [](const LedgerEntry& entry, CivilDate) -> LedgerValue {
       return std::string(entry.occurrence.evidence_count > 0 ? "有" : "无");
     }},
};

}  // namespace

std::span<const LedgerColumn> LedgerColumns() { return kColumns; }

}  // namespace gongkai::reporting
