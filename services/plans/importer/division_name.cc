#include "services/plans/importer/division_name.h"

#include <map>

namespace gongkai::plans::importer {
namespace {

constexpr TextView kSuffixes = U"县区市旗省";
constexpr size_t kLongestName = 8;  // without the suffix: 自治县 of several peoples

// Words that end like a division and name none.
bool IsCommonWord(TextView name) {
  for (const TextView end :
       {U"开发区", U"园区", U"社区", U"辖区",   U"地区", U"城区", U"市区", U"片区", U"景区",
        U"校区",   U"新区", U"专区", U"高新区", U"全县", U"全区", U"全市", U"我县", U"我区",
        U"我市",   U"本县", U"本区", U"本市",   U"各县", U"各区", U"各市", U"城市", U"省市",
        U"市县",   U"县区", U"县市", U"市场",   U"全省", U"我省", U"本省", U"各省", U"直辖市"}) {
    if (!EndsWith(name, end)) continue;
    // 峰城区 is a district, 城区 alone is none; the same for 新区.
    const bool may_be_name = end == U"城区" || end == U"新区" || end == U"城市";
    if (!may_be_name || name.size() == end.size()) return true;
  }
  return false;
}

// What stands in front of a name: 年, brackets, or the end of the name of another authority.
bool EndsBefore(char32_t c) {
  return !IsHan(c) || IsOneOf(c, U"年度局心办会院处委府的在和及与于以对由请把被让");
}

// The name that ends with the suffix at `at`, or empty.
TextView NameEndingAt(TextView text, size_t at) {
  size_t start = at;
  while (start > 0 && at - start < kLongestName && !EndsBefore(text[start - 1])) {
    // 某州市某城区: the inner name begins behind the outer one's suffix.
    const bool outer =
        IsOneOf(text[start - 1], kSuffixes) && start > 1 && !EndsBefore(text[start - 2]);
    if (at > start && outer) break;
    --start;
  }
  const TextView name = text.substr(start, at + 1 - start);
  return name.size() < 2 || IsCommonWord(name) ? TextView() : name;
}

// Whether what follows a name shows that it is a division: its government, its plan, a branch.
bool IsFollowedByAuthority(TextView rest) {
  for (const TextView word : {U"人民政府", U"政府", U"政务公开", U"分局", U"分中心", U"分公司",
                              U"委办公室", U"人大", U"政协", U"基层政务"}) {
    if (StartsWith(rest, word)) return true;
  }
  return false;
}

bool IsFollowedByYear(TextView rest) {
  return rest.size() > 4 && IsDigit(rest[0]) && IsDigit(rest[3]) && rest[4] == U'年';
}

}  // namespace

Text DivisionInTitle(TextView title) {
  TextView best;
  for (size_t at = 1; at < title.size(); ++at) {
    if (!IsOneOf(title[at], kSuffixes)) continue;
    const TextView rest = title.substr(at + 1);
    const TextView name = NameEndingAt(title, at);
    if (name.empty()) continue;
    if (IsFollowedByAuthority(rest) || IsFollowedByYear(rest)) return Text(name);
    if (best.empty()) best = name;
  }
  return Text(best);
}

Text DivisionNamedMost(const std::vector<Text>& texts) {
  std::map<Text, int> counts;
  for (const Text& text : texts) {
    for (size_t at = 1; at < text.size(); ++at) {
      if (!IsOneOf(text[at], kSuffixes)) continue;
      if (!IsFollowedByAuthority(TextView(text).substr(at + 1))) continue;
      const TextView name = NameEndingAt(text, at);
      if (name.size() > 2) ++counts[Text(name)];
    }
  }
  Text most;
  int count = 0;
  for (const auto& [name, times] : counts) {
    if (times > count) most = name;
    count = std::max(count, times);
  }
  return most;
}

}  // namespace gongkai::plans::importer
