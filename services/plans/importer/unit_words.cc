#include "services/plans/importer/unit_words.h"

#include <algorithm>

#include "services/plans/importer/due_rules.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kUnitEnds[] = {
    // Organs and departments.
    U"局", U"办", U"公室", U"委", U"会", U"院", U"部", U"处", U"所", U"府", U"厅", U"署", U"科",
    U"股", U"部门", U"单位", U"机构", U"机关", U"科室", U"处室", U"股室", U"研究室", U"政研室",
    U"督查室", U"监察室", U"检查室", U"政协", U"人大", U"海关", U"党校", U"专班", U"组",
    // Places.
    U"镇", U"乡", U"街道", U"街", U"区", U"县", U"市", U"州", U"旗", U"盟", U"省", U"村", U"场",
    U"地方", U"产业园", U"科技园", U"工业园", U"示范园",
    // Institutions, enterprises and associations.
    U"中心", U"公司", U"集团", U"兵团", U"站", U"队", U"馆", U"行", U"校", U"大学", U"学院", U"社",
    U"联", U"企业", U"厂", U"银行", U"基地", U"电视台", U"气象台", U"广播台", U"组织", U"团体",
    U"成员", U"媒体", U"供电", U"电信", U"移动", U"联通", U"铁塔", U"邮政", U"税务", U"公安",
    U"平台公司", U"单元", U"窗口", U"）", U")", U"〕"};
constexpr TextView kLookAlikes[] = {U"市场", U"社会", U"社区", U"城市", U"城区", U"城镇",
                                    U"园区", U"内部", U"外部", U"干部", U"全部", U"机会",
                                    U"乡村", U"农村", U"现场", U"场所", U"运行", U"执行"};
constexpr TextView kUnitStarts[] = {
    U"县",   U"市", U"区",   U"省",   U"州",   U"旗",   U"盟",   U"各",     U"国",     U"镇",
    U"乡",   U"街", U"相关", U"有关", U"其他", U"其它", U"机关", U"政府",   U"人民",   U"中央",
    U"全国", U"团", U"党委", U"驻",   U"中国", U"自治", U"地方", U"经开区", U"高新区", U"开发区"};
constexpr TextView kLevels[] = {
    U"街道", U"街办", U"镇街", U"乡镇", U"县",     U"市",     U"区",     U"州",     U"旗",
    U"盟",   U"省",   U"镇",   U"乡",   U"街",     U"农场",   U"林场",   U"场",     U"村",
    U"社区", U"地区", U"园区", U"新区", U"开发区", U"功能区", U"管委会", U"管理区", U"管理处",
    U"办事", U"处",   U"人民", U"政府", U"自治",   U"直辖",   U"、",     U"（",     U"）",
    U"(",    U")",    U"和",   U"与",   U"及"};
constexpr TextView kKinds[] = {U"委",   U"办",   U"局",   U"处",       U"厅",      U"单位",
                               U"机构", U"企业", U"部门", U"直属机构", U"直属单位"};

// Whether `text` consists of nothing but levels.
bool IsMadeOfLevels(TextView text) {
  while (!text.empty()) {
    const auto* level = std::find_if(std::begin(kLevels), std::end(kLevels),
                                     [text](TextView word) { return StartsWith(text, word); });
    if (level == std::end(kLevels)) return false;
    text.remove_prefix(level->size());
  }
  return true;
}

// 县政府 is the one of this county.
bool IsGovernment(TextView text) {
  if (text.size() < 3 || !IsOneOf(text[0], U"县市区省州旗盟镇乡")) return false;
  return text.substr(1) == U"政府" || text.substr(1) == U"人民政府";
}

bool IsDate(TextView text) { return !EndsAsUnit(text) && LooksLikeDue(text); }

// `张三`, `王小明同志`: by a common surname that begins no name of a department.
bool IsPerson(TextView text) {
  constexpr TextView kSurnames =
      U"王李张刘陈杨赵黄周吴徐孙胡朱何郭罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
      U"阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟段雷钱汤尹黎乔贺赖龚";
  if (EndsWithAny(text, Words{U"同志", U"局长", U"县长", U"市长", U"区长", U"书记", U"主任"})) {
    return true;
  }
  if (text.size() < 2 || text.size() > 3 || EndsAsUnit(text)) return false;
  return IsOneOf(text[0], kSurnames) && std::all_of(text.begin(), text.end(), IsHan);
}

}  // namespace

bool EndsAsUnit(TextView text) { return EndsWithAny(text, kUnitEnds); }

bool EndsAsWholeUnit(TextView text) { return EndsAsUnit(text) && !EndsWithAny(text, kLookAlikes); }

bool BeginsAsUnit(TextView text) { return StartsWithAny(text, kUnitStarts); }

bool IsBareLevel(TextView text) { return !text.empty() && IsMadeOfLevels(text); }

bool SharesGroup(TextView left, TextView right) {
  constexpr size_t kLongestGroup = 60;
  // `市直有关部门、单位`.
  const bool open = EndsWithAny(left, Words{U"有关部门", U"相关部门"});
  if (open && (right == U"单位" || right == U"机构")) return true;
  const size_t each = left.rfind(U'各');
  if (each == TextView::npos || left.size() > kLongestGroup) return false;
  const TextView kinds = left.substr(each + 1);
  if (IsBareLevel(kinds)) {
    return IsBareLevel(right) && !EndsWithAny(kinds, Words{U"政府", U"办事处", U"管委会"});
  }
  const auto is_kind = [](TextView text) {
    return std::find(std::begin(kKinds), std::end(kKinds), text) != std::end(kKinds);
  };
  if (!is_kind(right)) return false;
  const TextView last = kinds.substr(kinds.find_last_of(U"、") + 1);  // npos + 1 is 0
  return is_kind(last) || EndsWith(last, U"关部门");
}

bool IsBranchAlone(TextView line) {
  constexpr TextView kBranches[] = {U"分局", U"分中心", U"分公司", U"分院", U"分会", U"分支局"};
  constexpr size_t kLongestPlace = 6;
  for (const TextView branch : kBranches) {
    if (!EndsWith(line, branch) || line.size() > branch.size() + kLongestPlace) continue;
    const TextView place = line.substr(0, line.size() - branch.size());
    return place.size() <= 3 || EndsWithAny(place, Words{U"县", U"区", U"市", U"旗"});
  }
  return false;
}

UnitKind ClassifyUnit(TextView text) {
  constexpr TextView kOpen[] = {U"有关",     U"相关",     U"涉及",     U"其他",
                                U"其它",     U"的单位",   U"的部门",   U"主管部门",
                                U"职能部门", U"承办单位", U"起草部门", U"行业部门"};
  if (StartsWith(text, U"等") || ContainsAny(text, kOpen)) return UnitKind::kOpenEnded;
  constexpr TextView kGroups[] = {U"各",   U"全体",   U"所有",      U"镇（街道）",
                                  U"镇街", U"级政府", U"级人民政府"};
  if (ContainsAny(text, kGroups) || EndsWithAny(text, Words{U"部门", U"单位", U"机构"})) {
    return UnitKind::kGroup;
  }
  return IsBareLevel(text) && !IsGovernment(text) ? UnitKind::kGroup : UnitKind::kUnit;
}

bool IsNoUnit(TextView text) {
  if (std::none_of(text.begin(), text.end(), IsHan)) return true;
  constexpr TextView kNever[] = {U"略",     U"无",   U"暂无",     U"待定", U"已完成",
                                 U"已落实", U"完成", U"职责分工", U"分工", U"专人",
                                 U"逐级",   U"分级", U"以下同此", U"同左"};
  if (std::find(std::begin(kNever), std::end(kNever), text) != std::end(kNever)) return true;
  constexpr TextView kRemarks[] = {U"下同",   U"统称",     U"简称",       U"见附",
                                   U"见下表", U"不分先后", U"为牵头单位", U"第一位",
                                   U"首位",   U"谁主管",   U"不再列",     U"不再一一"};
  // In front of more of the name a bracket is part of it: 各市（含某市，下同）人民政府.
  const size_t close = text.find_last_of(U"）)");
  const size_t open = text.substr(0, close).find_last_of(U"（(");
  const bool inside = close != TextView::npos && open != TextView::npos && open > 0 &&
                      EndsAsUnit(text.substr(close + 1));
  const bool remark = inside ? ContainsAny(text.substr(0, open), kRemarks) ||
                                   ContainsAny(text.substr(close + 1), kRemarks)
                             : ContainsAny(text, kRemarks);
  return remark || IsPerson(text) || IsDate(text);
}

}  // namespace gongkai::plans::importer
