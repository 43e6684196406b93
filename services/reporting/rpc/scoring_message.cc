#include "services/reporting/rpc/scoring_message.h"

#include <google/protobuf/util/json_util.h>

#include <cmath>

#include "services/reporting/domain/figure_definition.h"
#include "services/reporting/domain/resource_name.h"
#include "services/reporting/rpc/figures_message.h"

namespace gongkai::reporting {
namespace {

constexpr std::size_t kMostTitle = 200;  // bytes: about sixty characters
constexpr int kDeepest = 20;             // Scheme::Check says what is too deep

double ToDouble(Points points) { return static_cast<double>(points) / 100; }

// Points and enums that the domain cannot hold are faults; the tree itself is Scheme's to check.
std::vector<Indicator> ReadIndicators(
    const google::protobuf::RepeatedPtrField<v1::Indicator>& messages, const std::string& field,
    int depth, std::vector<FieldViolation>& violations) {
  std::vector<Indicator> indicators;
  if (depth > kDeepest) return indicators;
  for (const auto& message : messages) {
    const auto place = field + "[" + std::to_string(indicators.size()) + "]";
    const auto points = ReadPoints(message.points());
    if (!points) {
      violations.push_back({place + ".points", "must be 0 to 10000 with at most two decimals"});
    }
    if (message.kind() == v1::Indicator::KIND_UNSPECIFIED ||
        !v1::Indicator::Kind_IsValid(message.kind())) {
      violations.push_back({place + ".kind", "expected GROUP, SCORE, DEDUCTION, BONUS or VETO"});
    }
    if (!v1::Indicator::NotApplicable_IsValid(message.not_applicable())) {
      violations.push_back({place + ".not_applicable", "expected LEAVE_OUT, FULL or NONE"});
    }
    const bool unset = message.not_applicable() == v1::Indicator::NOT_APPLICABLE_UNSPECIFIED;
    indicators.push_back(
        {.key = message.key(),
         .title = message.title(),
         .kind = static_cast<IndicatorKind>(message.kind()),
         .points = points.value_or(0),
         .formula = message.formula(),
         .not_applicable = unset ? NotApplicable::kLeaveOut
                                 : static_cast<NotApplicable>(message.not_applicable()),
         .children =
             ReadIndicators(message.children(), place + ".children", depth + 1, violations)});
  }
  return indicators;
}

void AddScore(const IndicatorScore& score, v1::IndicatorScore& message) {
  message.set_key(score.key);
  message.set_title(score.title);
  message.set_kind(static_cast<v1::Indicator::Kind>(score.kind));
  message.set_outcome(static_cast<v1::IndicatorScore::Outcome>(score.outcome));
  message.set_full(ToDouble(score.full));
  message.set_points(ToDouble(score.points));
  message.set_lost(ToDouble(score.lost));
  message.set_strikes(score.strikes);
  for (const auto& used : score.figures) {
    auto* figure = message.add_figures();
    figure->set_figure(used.name);
    auto& value = *figure->mutable_value() = ToMessage(used.value);
    if (DefinitionOf(used.name)->count) value.set_display(std::to_string(used.value.numerator));
  }
  message.set_why(score.why);
  for (const auto& child : score.children) AddScore(child, *message.add_children());
}

}  // namespace

std::optional<Points> ReadPoints(double points) {
  const double hundredths = points * 100;
  if (!(hundredths >= 0 && hundredths <= static_cast<double>(Scheme::kMostPoints))) {
    return std::nullopt;
  }
  const double whole = std::round(hundredths);
  if (std::abs(hundredths - whole) > 1e-6) return std::nullopt;
  return static_cast<Points>(whole);
}

Result<Scheme> ReadScheme(const v1::SchemeVersion& message) {
  const std::string prefix = "scheme_version.";
  std::vector<FieldViolation> violations;
  if (message.title().empty() || message.title().size() > kMostTitle) {
    violations.push_back({prefix + "title", "must have 1 to 60 characters"});
  }
  if (message.subjects() == v1::SchemeVersion::SUBJECTS_UNSPECIFIED ||
      !v1::SchemeVersion::Subjects_IsValid(message.subjects())) {
    violations.push_back({prefix + "subjects", "expected DIVISION, COUNTY or UNIT"});
  }
  const auto indicators =
      ReadIndicators(message.indicators(), prefix + "indicators", 1, violations);
  auto scheme = Scheme::Check(indicators);
  if (!scheme) {
    for (const auto& each : scheme.error().violations) {
      violations.push_back({prefix + each.field, each.description});
    }
  }
  if (!violations.empty()) {
    return Fail(InvalidArguments(std::move(violations), "考核方案有误，请按提示逐项修改"));
  }
  return scheme;
}

std::string SchemeName(const SchemeKey& key) {
  return NameInDivision(key.division, "scoringSchemes", key.year);
}

std::string SubjectName(const ScoredSubject& subject) {
  return subject.second == 0 ? DivisionName(subject.first)
                             : NameInDivision(subject.first, "units", subject.second);
}

Result<v1::SchemeVersion> ToMessage(const SchemeKey& key, const StoredVersion& version) {
  v1::SchemeVersion message;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(version.content, &message, options).ok()) {
    return Fail(Internal("the stored content of a scheme cannot be read"));
  }
  const auto scheme = ReadScheme(message);
  if (!scheme) return Fail(Internal("a stored scheme is not as this version checks it"));
  message.set_name(SchemeName(key) + "/versions/" + std::to_string(version.version));
  message.set_state(version.publish_time ? v1::SchemeVersion::PUBLISHED : v1::SchemeVersion::DRAFT);
  message.set_full_points(ToDouble(scheme->full()));
  *message.mutable_create_time() = ToMessage(version.create_time);
  message.set_creator(version.creator);
  if (version.publish_time) *message.mutable_publish_time() = ToMessage(*version.publish_time);
  message.set_publisher(version.publisher);
  return message;
}

v1::Mark ToMessage(const SchemeKey& key, const StoredMark& mark) {
  v1::Mark message;
  message.set_name(SchemeName(key) + "/marks/" + std::to_string(mark.number));
  message.set_subject(SubjectName(mark.subject));
  message.set_indicator(mark.indicator);
  message.set_points(ToDouble(mark.mark.points));
  message.set_reason(mark.mark.reason);
  *message.mutable_create_time() = ToMessage(mark.create_time);
  message.set_creator(mark.creator);
  return message;
}

v1::SubjectScore ToMessage(const Score& score) {
  v1::SubjectScore message;
  message.set_full(ToDouble(score.full));
  message.set_earned(ToDouble(score.earned));
  message.set_bonus(ToDouble(score.bonus));
  message.set_deducted(ToDouble(score.deducted));
  message.set_vetoed(score.vetoed);
  message.set_total(ToDouble(score.total));
  message.set_pending_marks(score.pending);
  for (const auto& indicator : score.indicators) AddScore(indicator, *message.add_indicators());
  return message;
}

}  // namespace gongkai::reporting
