#include "services/plans/importer/quantity.h"

namespace gongkai::plans::importer {
namespace {

bool EatUnitOfCount(Scanner& at) {
  if (StartsWithAny(at.rest(), Words{U"次性", U"个百分点", U"名称", U"条例", U"部门", U"件事"})) {
    return false;
  }
  for (const TextView time : {U"个工作日", U"个月", U"个小时", U"个自然日", U"个季度", U"个年度"}) {
    if (StartsWith(at.rest(), time)) return false;
  }
  return at.EatAny({U"人次", U"%",  U"％", U"次", U"场", U"期", U"篇", U"种", U"名", U"个", U"条",
                    U"件",   U"项", U"人", U"家", U"份", U"例", U"类", U"处", U"部", U"幅", U"批"});
}

// `六成`, but not 三成立.
bool EatTenths(Scanner& at) {
  if (!StartsWith(at.rest(), U"成")) return false;
  const TextView behind = at.rest().substr(1);
  if (!behind.empty() && IsOneOf(behind[0], U"立为果功员熟本品效")) return false;
  return at.Eat(U"成");
}

// The rest of `四分之三`, whose percentage is exact to the hundredth; no other fraction has one.
std::optional<Quantity> EatFraction(Scanner& at, double whole) {
  constexpr int32_t kHundredths = 100 * 100;
  if (!at.Eat(U"分之")) return std::nullopt;
  const auto parts = at.EatNumber();
  const auto of = static_cast<int32_t>(whole);
  if (!parts || *parts < 1 || *parts > of || *parts * kHundredths % of != 0) return std::nullopt;
  return Quantity{*parts * 100.0 / of, U"%"};
}

}  // namespace

std::optional<Quantity> EatQuantity(Scanner& at) {
  const size_t start = at.position();
  if (at.Eat(U"百分之")) {
    if (const auto value = at.EatDecimal()) return Quantity{*value, U"%"};
    at.MoveTo(start);
    return std::nullopt;
  }
  const auto value = at.EatDecimal();
  if (value && StartsWith(at.rest(), U"分之")) {
    auto fraction = EatFraction(at, *value);
    if (!fraction) at.MoveTo(start);
    return fraction;
  }
  if (value && at.EatAny({U"-", U"—", U"～", U"~", U"至", U"到"})) at.EatDecimal();
  at.EatSpaces();
  const size_t unit_start = at.position();
  if (value && *value > 0 && EatUnitOfCount(at)) {
    const TextView unit = at.Since(unit_start);
    return Quantity{*value, unit == U"％" ? TextView(U"%") : unit};
  }
  if (value && *value > 0 && *value < 10 && EatTenths(at)) return Quantity{*value * 10, U"%"};
  at.MoveTo(start);
  return std::nullopt;
}

bool EatOrMore(Scanner& at) {
  const auto eat_inclusive = [&at] {
    constexpr size_t kLongest = 8;
    if (!StartsWithAny(at.rest(), Words{U"（含", U"(含"})) return;
    const size_t close = at.rest().substr(0, kLongest).find_first_of(U"）)");
    if (close != TextView::npos) at.MoveTo(at.position() + close + 1);
  };
  eat_inclusive();
  const bool more = at.EatAny({U"及以上", U"以上"});
  eat_inclusive();
  return more;
}

}  // namespace gongkai::plans::importer
