#include "services/plans/domain/attainment.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace gongkai::plans {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::year;

template <typename T>
bool Contains(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool IsText(const std::string& form) { return form == "TEXT" || form == "QA"; }

// From the first day of `from` to the last day of `to`.
CountPeriod Months(std::string label, int of_year, unsigned from, unsigned to) {
  const year y(of_year);
  return {std::move(label), CivilDate(y, month(from), day(1)), CivilDate(y / month(to) / last)};
}

class Counter {
 public:
  Counter(const TargetBinding& binding, const CountScope& scope)
      : binding_(binding), scope_(scope) {}

  void Look(const RecordedInterpretation& act) {
    if (!IsOf(act.unit, act.date)) return;
    if (!binding_.forms.empty() && !Contains(binding_.forms, act.form)) return;
    if (!binding_.interpreter.empty() && binding_.interpreter != act.interpreter) return;
    Add({act.resource, act.title, act.date, 1});
  }

  void Look(const RecordedActivity& act) {
    const bool own = !scope_.unit || Contains(act.units, *scope_.unit);
    if (!own || !IsIn(act.date) || act.kind != binding_.activity_kind) return;
    Add({act.resource, act.title, act.date, 1});
  }

  void Look(const RecordedOccurrence& occurrence) {
    if (!IsOf(occurrence.unit, occurrence.date) || occurrence.task != scope_.task) return;
    Add({occurrence.resource, occurrence.period, occurrence.date, 1});
  }

  void Look(const RecordedDocument& document) {
    if (!IsOf(document.unit, document.date)) return;
    const auto add = [&](int value) {
      ++count_.out_of;
      Add({document.resource, document.title, document.date, value});
    };
    switch (binding_.source) {
      case CountedSource::kInterpretationRate:
        if (document.must_interpret) add(document.forms.empty() ? 0 : 1);
        return;
      case CountedSource::kFormRate:
        if (!document.forms.empty()) add(HasForm(document) ? 1 : 0);
        return;
      case CountedSource::kFormsPerDocument:
        if (document.must_interpret && document.by_government == !scope_.unit) {
          add(static_cast<int>(document.forms.size()));
        }
        return;
      default:
        return;
    }
  }

  Count Finish() {
    auto& acts = count_.acts;
    std::sort(acts.begin(), acts.end(), [](const CountedAct& a, const CountedAct& b) {
      return std::tie(a.date, a.resource) < std::tie(b.date, b.resource);
    });
    if (binding_.source == CountedSource::kFormsPerDocument && !acts.empty()) {
      count_.counted = std::min_element(acts.begin(), acts.end(), [](const auto& a, const auto& b) {
                         return a.value < b.value;
                       })->value;
    }
    return std::move(count_);
  }

 private:
  bool IsIn(CivilDate date) const {
    return scope_.period.first <= date && date <= scope_.period.last;
  }
  bool IsOf(int unit, CivilDate date) const {
    return (!scope_.unit || *scope_.unit == unit) && IsIn(date);
  }
  bool HasForm(const RecordedDocument& document) const {
    return std::any_of(document.forms.begin(), document.forms.end(), [&](const auto& form) {
      return binding_.forms.empty() ? !IsText(form) : Contains(binding_.forms, form);
    });
  }
  void Add(CountedAct act) {
    count_.counted += act.value;
    count_.acts.push_back(std::move(act));
  }

  const TargetBinding& binding_;
  const CountScope& scope_;
  Count count_;
};

template <typename Recorded>
void LookAt(Counter& counter, const std::vector<Recorded>& all) {
  for (const auto& one : all) counter.Look(one);
}

}  // namespace

std::vector<CountPeriod> PeriodsOf(std::optional<TargetPeriod> period, int of_year) {
  const auto text = std::to_string(of_year);
  std::vector<CountPeriod> periods;
  switch (period.value_or(TargetPeriod::kYear)) {
    case TargetPeriod::kMonth:
      for (unsigned m = 1; m <= 12; ++m) {
        periods.push_back(Months(text + (m < 10 ? "-0" : "-") + std::to_string(m), of_year, m, m));
      }
      return periods;
    case TargetPeriod::kQuarter:
      for (unsigned q = 1; q <= 4; ++q) {
        periods.push_back(Months(text + "-Q" + std::to_string(q), of_year, 3 * q - 2, 3 * q));
      }
      return periods;
    case TargetPeriod::kHalfYear:
      return {Months(text + "-H1", of_year, 1, 6), Months(text + "-H2", of_year, 7, 12)};
    case TargetPeriod::kYear:
      return {Months(text, of_year, 1, 12)};
  }
  return periods;
}

Count CountActs(const TargetBinding& binding, const CountScope& scope, const RecordedFacts& facts) {
  Counter counter(binding, scope);
  switch (binding.source) {
    case CountedSource::kInterpretations:
      LookAt(counter, facts.interpretations);
      break;
    case CountedSource::kActivities:
      LookAt(counter, facts.activities);
      break;
    case CountedSource::kOccurrences:
      LookAt(counter, facts.occurrences);
      break;
    case CountedSource::kInterpretationRate:
    case CountedSource::kFormRate:
    case CountedSource::kFormsPerDocument:
      LookAt(counter, facts.documents);
      break;
    case CountedSource::kNotCounted:
      break;
  }
  auto count = counter.Finish();
  if (!IsRate(binding.source)) count.out_of = 0;
  return count;
}

bool IsRate(CountedSource source) {
  return source == CountedSource::kInterpretationRate || source == CountedSource::kFormRate;
}

std::optional<bool> IsAttained(const Target& target, CountedSource source, const Count& count) {
  if (source == CountedSource::kNotCounted) return std::nullopt;
  if (source == CountedSource::kFormsPerDocument && count.acts.empty()) return std::nullopt;
  if (IsRate(source) && count.out_of == 0) return std::nullopt;
  const auto thousandths = static_cast<std::int64_t>(std::llround(target.value * 1000));
  const std::int64_t counted = IsRate(source) ? count.counted * 100 * 1000 : count.counted * 1000;
  const std::int64_t required = IsRate(source) ? thousandths * count.out_of : thousandths;
  switch (target.comparator) {
    case Comparator::kAtLeast:
      return counted >= required;
    case Comparator::kAtMost:
      return counted <= required;
    case Comparator::kExactly:
      return counted == required;
  }
  return std::nullopt;
}

}  // namespace gongkai::plans
