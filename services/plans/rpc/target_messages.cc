#include "services/plans/rpc/target_messages.h"

#include "services/plans/domain/target_binding.h"

namespace gongkai::plans {
namespace {

using Source = v1::TargetBinding;

constexpr std::pair<CountedSource, v1::TargetBinding::Source> kSources[] = {
    {CountedSource::kInterpretations, Source::INTERPRETATIONS},
    {CountedSource::kActivities, Source::ACTIVITIES},
    {CountedSource::kOccurrences, Source::OCCURRENCES},
    {CountedSource::kInterpretationRate, Source::INTERPRETATION_RATE},
    {CountedSource::kFormRate, Source::FORM_RATE},
    {CountedSource::kFormsPerDocument, Source::FORMS_PER_DOCUMENT},
    {CountedSource::kNotCounted, Source::NOT_COUNTED},
};

v1::TargetBinding ToProto(const TargetBinding& binding) {
  v1::TargetBinding proto;
  proto.set_source(ToProto(binding.source));
  for (const auto& label : binding.forms) {
    v1::Interpretation::Form form = v1::Interpretation::FORM_UNSPECIFIED;
    if (v1::Interpretation::Form_Parse(label, &form)) proto.add_forms(form);
  }
  v1::Interpretation::Interpreter interpreter = v1::Interpretation::INTERPRETER_UNSPECIFIED;
  if (v1::Interpretation::Interpreter_Parse(binding.interpreter, &interpreter)) {
    proto.set_interpreter(interpreter);
  }
  v1::Activity::Kind kind = v1::Activity::KIND_UNSPECIFIED;
  if (v1::Activity::Kind_Parse(binding.activity_kind, &kind)) proto.set_activity_kind(kind);
  return proto;
}

bool IsPercentage(const v1::Target& target) {
  return target.unit() == "%" || target.unit() == "％";
}

}  // namespace

Target ToDomain(const v1::Target& target) {
  Target domain{.text = target.text(),
                .metric = target.metric(),
                .value = target.value(),
                .unit = target.unit(),
                .soft = target.soft()};
  switch (target.comparator()) {
    case v1::Target::AT_MOST:
      domain.comparator = Comparator::kAtMost;
      break;
    case v1::Target::EXACTLY:
      domain.comparator = Comparator::kExactly;
      break;
    default:
      domain.comparator = Comparator::kAtLeast;
  }
  switch (target.period()) {
    case v1::Target::MONTH:
      domain.period = TargetPeriod::kMonth;
      break;
    case v1::Target::QUARTER:
      domain.period = TargetPeriod::kQuarter;
      break;
    case v1::Target::HALF_YEAR:
      domain.period = TargetPeriod::kHalfYear;
      break;
    default:
      domain.period = TargetPeriod::kYear;
  }
  domain.scope =
      target.scope() == v1::Target::DIVISION ? TargetScope::kDivision : TargetScope::kEachUnit;
  return domain;
}

Result<v1::TaskTarget> ToTaskTarget(const Document& stored) {
  auto target = ToMessage<v1::TaskTarget>(stored);
  if (!target || target->has_binding()) return target;
  if (const auto clear = BindingByWords(ToDomain(target->target()), target->requirement())) {
    *target->mutable_binding() = ToProto(*clear);
    target->set_binder(v1::TaskTarget::WORDS);
  }
  return target;
}

std::optional<TargetBinding> BindingOf(const v1::TaskTarget& target) {
  if (!target.has_binding()) return std::nullopt;
  const auto& given = target.binding();
  TargetBinding binding;
  for (const auto& [domain, proto] : kSources) {
    if (proto == given.source()) binding.source = domain;
  }
  for (int form : given.forms()) {
    binding.forms.push_back(
        v1::Interpretation::Form_Name(static_cast<v1::Interpretation::Form>(form)));
  }
  if (given.interpreter() != v1::Interpretation::INTERPRETER_UNSPECIFIED) {
    binding.interpreter = v1::Interpretation::Interpreter_Name(given.interpreter());
  }
  if (given.activity_kind() != v1::Activity::KIND_UNSPECIFIED) {
    binding.activity_kind = v1::Activity::Kind_Name(given.activity_kind());
  }
  return binding;
}

v1::TargetBinding::Source ToProto(CountedSource source) {
  for (const auto& [domain, proto] : kSources) {
    if (domain == source) return proto;
  }
  return Source::SOURCE_UNSPECIFIED;
}

Result<OfficeBinding> OfficeBindingOf(const v1::BindTargetRequest& request,
                                      const v1::TaskTarget& target) {
  const auto& given = request.binding();
  const auto source = given.source();
  RequestChecks checks;
  checks.Require(source != Source::SOURCE_UNSPECIFIED && Source::Source_IsValid(source),
                 "binding.source", "must say what is counted");
  const bool rate = source == Source::INTERPRETATION_RATE || source == Source::FORM_RATE;
  checks.Require(source == Source::NOT_COUNTED || rate == IsPercentage(target.target()),
                 "binding.source",
                 rate ? "is a percentage, and the target is none"
                      : "is a number of things, and the target is a percentage");
  const bool takes_forms = source == Source::INTERPRETATIONS || source == Source::FORM_RATE;
  checks.Require(takes_forms || given.forms().empty(), "binding.forms",
                 "are of INTERPRETATIONS and FORM_RATE only");
  for (int form : given.forms()) {
    checks.Require(form != 0 && v1::Interpretation::Form_IsValid(form), "binding.forms",
                   "must be forms of the contract");
  }
  const bool interpreter_given = given.interpreter() != 0;
  checks.Require(
      !interpreter_given || (source == Source::INTERPRETATIONS &&
                             v1::Interpretation::Interpreter_IsValid(given.interpreter())),
      "binding.interpreter", "is of INTERPRETATIONS only, one of the contract's");
  const bool kind_given = given.activity_kind() != 0;
  checks.Require(kind_given == (source == Source::ACTIVITIES) &&
                     v1::Activity::Kind_IsValid(given.activity_kind()),
                 "binding.activity_kind", "must be set for ACTIVITIES, and for nothing else");
  checks.Length(request.reason(), "reason", source == Source::NOT_COUNTED ? 1 : 0, 1000);
  if (!checks.ok()) return Fail(checks.error());
  v1::TaskTarget bound;
  *bound.mutable_binding() = given;
  const auto binding = *BindingOf(bound);
  return OfficeBinding{.source = Source::Source_Name(source),
                       .forms = binding.forms,
                       .interpreter = binding.interpreter,
                       .activity_kind = binding.activity_kind,
                       .reason = request.reason()};
}

}  // namespace gongkai::plans
