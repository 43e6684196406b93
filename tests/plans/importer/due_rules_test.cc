#include "services/plans/importer/due_rules.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

constexpr int32_t kYear = 2024;

std::string Show(const DueRule& rule) {
  const std::string date = rule.date ? " " + FormatDate(*rule.date) : "";
  switch (rule.kind) {
    case DueKind::kFixed:
      return "FIXED" + date;
    case DueKind::kOngoing:
      return "ONGOING";
    case DueKind::kRelative:
      return rule.calendar_days > 0 ? "RELATIVE DAYS " + std::to_string(rule.calendar_days)
                                    : "RELATIVE " + std::to_string(rule.working_days);
    case DueKind::kUnstated:
      return "UNSTATED" + date + (rule.assumed ? " assumed" : "");
    case DueKind::kRecurring:
      break;
  }
  const char* const cadences[] = {"MONTHLY", "QUARTERLY", "HALF_YEARLY", "YEARLY"};
  const std::string after =
      rule.calendar_days > 0 ? " +" + std::to_string(rule.calendar_days) : std::string();
  return std::string(cadences[static_cast<int>(rule.cadence.value())]) + date + after;
}

std::string Show(const std::vector<DueRule>& rules) {
  std::string shown;
  for (const DueRule& rule : rules) shown += (shown.empty() ? "" : "; ") + Show(rule);
  return shown;
}

struct DueCase {
  TextView text;
  const char* expected;
};

TEST(DueRules, OfAColumnAreAnyDateInIt) {
  const DueCase cases[] = {
      {U"2024年12月底前", "FIXED 2024-12-31"},
      {U"2024年年底前", "FIXED 2024-12-31"},
      {U"年底前", "FIXED 2024-12-31"},
      {U"9月底", "FIXED 2024-09-30"},
      {U"2024年2月", "FIXED 2024-02-29"},
      {U"8月5日前", "FIXED 2024-08-05"},
      {U"十月中旬", "FIXED 2024-10-20"},
      {U"二〇二四年六月三十日", "FIXED 2024-06-30"},
      {U"2024-11-30", "FIXED 2024-11-30"},
      {U"2024.10", "FIXED 2024-10-31"},
      {U"上半年", "FIXED 2024-06-30"},
      {U"第三季度", "FIXED 2024-09-30"},
      {U"一季度末前", "FIXED 2024-03-31"},
      {U"次年1月底前", "FIXED 2025-01-31"},
      {U"2023年", "FIXED 2023-12-31"},
      {U"3月至10月", "FIXED 2024-10-31"},
      {U"2024.1-2024.6", "FIXED 2024-06-30"},
      {U"6月底、12月底前", "FIXED 2024-06-30; FIXED 2024-12-31"},
      {U"年内", "FIXED 2024-12-31"},
      {U"每季度", "QUARTERLY"},
      {U"按月", "MONTHLY"},
      {U"每半年", "HALF_YEARLY"},
      {U"每学期", "HALF_YEARLY"},
      {U"每学年", "YEARLY"},
      {U"每年6月底之前", "YEARLY 2024-06-30"},
      {U"每月10日前", "MONTHLY 2024-12-10"},
      {U"长期坚持", "ONGOING"},
      {U"持续推进", "ONGOING"},
      {U"常态化", "ONGOING"},
      {U"2024年全年", "ONGOING"},
      {U"2024年底前完成，长期坚持", "FIXED 2024-12-31; ONGOING"},
      {U"20个工作日内", "RELATIVE 20"},
      {U"二十个工作日以内", "RELATIVE 20"},
      {U"每周", "ONGOING"},
      {U"全年推进", "ONGOING"},
      {U"贯穿全年", "ONGOING"},
      {U"年内持续推进", "ONGOING"},
      {U"2024年，长期坚持", "ONGOING"},
      {U"4月底前出台，年内持续推进", "FIXED 2024-04-30; ONGOING"},
      {U"2024年第二季度", "FIXED 2024-06-30"},
      {U"第3季度前", "FIXED 2024-09-30"},
      {U"年中", "FIXED 2024-06-30"},
      {U"2025年3月—10月", "FIXED 2025-10-31"},
      {U"2025年3-10月", "FIXED 2025-10-31"},
      {U"1月1日—12月31日", "FIXED 2024-12-31"},
      {U"2025年6月底、12月底前", "FIXED 2025-06-30; FIXED 2025-12-31"},
      {U"6月底前启动，12月底前完成", "FIXED 2024-12-31"},
      {U"6月底前启动", "FIXED 2024-06-30"},
      {U"一季度启动，三季度末完成", "FIXED 2024-09-30"},
      {U"6.30前", "FIXED 2024-06-30"},
      {U"6月30日（星期五）17:00前", "FIXED 2024-06-30"},
      {U"6月30日前、11月30日前各报送一次", "FIXED 2024-06-30; FIXED 2024-11-30"},
      {U"下一年度1月31日前", "FIXED 2025-01-31"},
      {U"每年1月31日前", "YEARLY 2024-01-31"},
      {U"每年6月底、12月底前", "YEARLY 2024-06-30; YEARLY 2024-12-31"},
      {U"每年第一季度前", "YEARLY 2024-03-31"},
      {U"每季度首月10日前", "QUARTERLY 2024-10-10"},
      {U"每季度最后一个月20日前", "QUARTERLY 2024-12-20"},
      {U"每季度末", "QUARTERLY 2024-12-31"},
      {U"半年一次", "HALF_YEARLY"},
      {U"每月底前", "MONTHLY 2024-12-31"},
      {U"每月中旬", "MONTHLY 2024-12-20"},
      {U"自信息形成之日起20个工作日内", "RELATIVE 20"},
      {U"印发后10日内", "RELATIVE DAYS 10"},
      {U"30个自然日内", "RELATIVE DAYS 30"},
      {U"接报后24小时之内", "RELATIVE DAYS 1"},
      {U"36小时内", "RELATIVE DAYS 2"},
      {U"两周内", "RELATIVE DAYS 14"},
      {U"三至五天内", "RELATIVE DAYS 5"},
      {U"每月5日、20日前", "MONTHLY 2024-12-05; MONTHLY 2024-12-20"},
      {U"每月10日和25日", "MONTHLY 2024-12-10; MONTHLY 2024-12-25"},
      {U"每月5日内", "MONTHLY 2024-12-05"},
      {U"每季度结束后10日内", "QUARTERLY +10"},
      {U"每季度末后15天内", "QUARTERLY +15"},
      {U"每季度结束后一周内", "QUARTERLY +7"},
      {U"每季度结束后10个工作日内", "QUARTERLY"},
      {U"每季度次月10日前", "QUARTERLY +10"},
      {U"每季度，下季度首月15日前", "QUARTERLY +15"},
      {U"次月10日前", "MONTHLY +10"},
      {U"每月，次月5日", "MONTHLY +5"},
      {U"下季度首月8日前", "QUARTERLY +8"},
      {U"每月前5个工作日内", "MONTHLY"},
      {U"一、三季度", "FIXED 2024-03-31; FIXED 2024-09-30"},
      {U"第二、四季度", "FIXED 2024-06-30; FIXED 2024-12-31"},
      {U"3、6、9、12月底前",
       "FIXED 2024-03-31; FIXED 2024-06-30; FIXED 2024-09-30; FIXED 2024-12-31"},
      {U"9月20日至30日", "FIXED 2024-09-30"},
      {U"每月初5日内", "MONTHLY 2024-12-05"},
      {U"每两周", "ONGOING"},
      {U"6月1日起", "UNSTATED 2024-12-31 assumed"},
      {U"年度", "YEARLY"},
      {U"7×24小时", "UNSTATED 2024-12-31 assumed"},
      {U"3至5个工作日", "RELATIVE 5"},
      {U"15日内", "RELATIVE DAYS 15"},
      {U"实时", "UNSTATED 2024-12-31 assumed"},
      {U"及时", "UNSTATED 2024-12-31 assumed"},
      {U"2月30日前", "UNSTATED 2024-12-31 assumed"},
      {U"", ""},
  };
  for (const DueCase& c : cases) {
    EXPECT_EQ(Show(ParseDueCell(c.text, kYear)), c.expected) << EncodeUtf8(c.text);
  }
}

TEST(DueRules, OfASentenceAreOnlyItsDeadlines) {
  const DueCase cases[] = {
      {U"2024年年底前，挂出图解。", "FIXED 2024-12-31"},
      {U"7月底前公布清单，按月更新。", "FIXED 2024-07-31; MONTHLY"},
      {U"在每年6月底之前公布。", "YEARLY 2024-06-30"},
      {U"每季度向社会公布水质。", "QUARTERLY"},
      {U"到2024年底，覆盖全部村。", "FIXED 2024-12-31"},
      {U"上半年完成清理。", "FIXED 2024-06-30"},
      {U"收到后10个工作日内答复。", "RELATIVE 10"},
      {U"每年公布目录。", "YEARLY"},
      {U"接到通知后3日内报送。", "RELATIVE DAYS 3"},
      {U"留言24小时内转办，5个工作日内答复。", "RELATIVE DAYS 1; RELATIVE 5"},
      {U"每月5日、20日前报送进展。", "MONTHLY 2024-12-05; MONTHLY 2024-12-20"},
      {U"每半年结束后15日内公布。", "HALF_YEARLY +15"},
      {U"于次月5日前公开上月情况。", "MONTHLY +5"},
      {U"下月5日召开会议。", ""},
      {U"6月30日前、11月30日前各报送一次。", "FIXED 2024-06-30; FIXED 2024-11-30"},
      {U"每年6月底、12月底前公布。", "YEARLY 2024-06-30; YEARLY 2024-12-31"},
      {U"每季度首月10日前报送。", "QUARTERLY 2024-10-10"},
      {U"10月完成评估。", "FIXED 2024-10-31"},
      {U"11月底公布结果。", "FIXED 2024-11-30"},
      {U"不迟于6月30日公布。", "FIXED 2024-06-30"},
      {U"到2025年，基本建成平台。", "FIXED 2025-12-31"},
      {U"次年1月31日前公布年报。", "FIXED 2025-01-31"},
      {U"2025年1月31日前公布年报，每年3月31日前公布报告，6月底前公布目录。",
       "FIXED 2025-01-31; YEARLY 2024-03-31; FIXED 2025-06-30"},
      {U"截至2024年6月底，已公开90件。", ""},
      {U"2023年底前公布了目录。", ""},
      {U"清理6月底前印发的文件。", ""},
      {U"2019年4月3日公布、自2019年5月15日起施行的条例。", ""},
      {U"自2016年以来，落实外政发〔2023〕5号文件。", ""},
      {U"按年龄分类公开。", ""},
      {U"11月组织培训。", ""},
      {U"会议召开5个工作日前公布议题。", ""},
      {U"每年解读不少于2次。", ""},
      {U"年内邀请代表列席不少于5次。", ""},
      {U"长期坚持，持续推进。", ""},
      {U"定期公布，及时更新。", ""},
      {U"上半年公布名单；下半年公布的结果应当核对。", "FIXED 2024-06-30"},
      {U"办理时限压缩至3个工作日以内，平均用时不超过2天以内。", ""},
      {U"逐项落实。1、2月底前公布名单。", "FIXED 2024-02-29"},
      {U"提供7×24小时在线服务，6月20日内容更新。", ""},
      {U"落实2024年重点工作。", ""},
      {U"2024年7月29日印发的文件。", ""},
      {U"清理5月1日前的文件。", ""},
      {U"结合条例实施10周年、三年行动。", ""},
      {U"拨打12345热线，第一时间回应。", ""},
  };
  for (const DueCase& c : cases) {
    EXPECT_EQ(Show(FindDueRules(c.text, kYear)), c.expected) << EncodeUtf8(c.text);
  }
}

TEST(DueRules, KeepTheTextAsWritten) {
  EXPECT_EQ(ParseDueCell(U"2024年12月底前完成", kYear)[0].text, "2024年12月底前完成");
  EXPECT_EQ(FindDueRules(U"清单7月底前公布。", kYear)[0].text, "7月底前");
}

TEST(DueRules, StayWithoutADateWhereTheYearIsUnknown) {
  EXPECT_EQ(Show(ParseDueCell(U"7月底前", 0)), "UNSTATED assumed");
  EXPECT_EQ(Show(ParseDueCell(U"2024年7月底前", 0)), "FIXED 2024-07-31");
}

}  // namespace
}  // namespace gongkai::plans::importer
