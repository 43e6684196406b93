#include "services/reporting/rpc/scoring_service.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>

#include "services/reporting/domain/resource_name.h"
#include "services/reporting/rpc/figures_message.h"
#include "services/reporting/rpc/request_reader.h"
#include "services/reporting/rpc/scoring_message.h"

namespace gongkai::reporting {
namespace {

constexpr std::size_t kMostReason = 2000;  // bytes: about five hundred characters

bool IsYear(int year) { return year >= 2000 && year <= 2999; }

Result<SchemeKey> SchemeKeyIn(const char* field, const std::string& name) {
  const auto numbers = NumbersIn(name, {"divisions", "scoringSchemes"});
  if (numbers && IsYear(numbers->back())) return SchemeKey{numbers->front(), numbers->back()};
  return Fail(InvalidArgument(
      field, "\"" + name + "\" is no scheme; expected e.g. divisions/370100/scoringSchemes/2026"));
}

Result<SchemeVersionKey> VersionKeyIn(const std::string& name) {
  const auto numbers = NumbersIn(name, {"divisions", "scoringSchemes", "versions"});
  if (numbers && IsYear((*numbers)[1])) {
    return SchemeVersionKey{{(*numbers)[0], (*numbers)[1]}, (*numbers)[2]};
  }
  return Fail(InvalidArgument("name", "\"" + name +
                                          "\" is no version; expected e.g. "
                                          "divisions/370100/scoringSchemes/2026/versions/1"));
}

std::optional<ScoredSubject> SubjectIn(const std::string& name) {
  if (const auto division = NumbersIn(name, {"divisions"})) return {{division->front(), 0}};
  if (const auto unit = NumbersIn(name, {"divisions", "units"})) {
    return {{unit->front(), unit->back()}};
  }
  return std::nullopt;
}

FieldViolation NoSubject(const char* field, const std::string& name) {
  return {
      field,
      "\"" + name + "\" is no subject; expected e.g. divisions/370124 or divisions/370124/units/7"};
}

template <typename Request>
ScoringWrite WriteOf(const rpc::Caller& caller, const Request& request) {
  return {.actor = caller.actor,
          .request_id = request.request_id(),
          .validate_only = request.validate_only()};
}

Grouping GroupingOf(v1::SchemeVersion::Subjects subjects) {
  if (subjects == v1::SchemeVersion::UNIT) return Grouping::kUnit;
  return subjects == v1::SchemeVersion::COUNTY ? Grouping::kCounty : Grouping::kDivision;
}

void Rank(v1::SchemeResult& result) {
  auto& scores = *result.mutable_scores();
  std::stable_sort(scores.begin(), scores.end(),
                   [](const auto& one, const auto& other) { return one.total() > other.total(); });
  for (int i = 0; i < scores.size(); ++i) {
    // Totals are hundredths, so that equal ones are equal.
    const bool shared = i > 0 && scores[i].total() == scores[i - 1].total();
    scores[i].set_rank(shared ? scores[i - 1].rank() : i + 1);
  }
}

}  // namespace

struct ScoringService::Scope {
  SchemeKey key;
  OverviewQuery query;  // without the grouping
  std::string subject;  // only this one; empty: all
};

ScoringService::ScoringService(FigureStore& figures, ScoringStore& schemes, const Rules& rules,
                               Clock now)
    : figures_(figures), schemes_(schemes), rules_(rules), now_(std::move(now)) {}

Result<v1::SchemeVersion> ScoringService::CreateSchemeVersion(
    const rpc::Caller& caller, const v1::CreateSchemeVersionRequest& request) {
  const auto key = SchemeKeyIn("parent", request.parent());
  if (!key) return Fail(key.error());
  const auto scheme = ReadScheme(request.scheme_version());
  if (!scheme) return Fail(scheme.error());
  const auto division = figures_.ReadDivision(key->division);
  if (!division) return Fail(division.error());

  v1::SchemeVersion content;
  content.set_title(request.scheme_version().title());
  content.set_subjects(request.scheme_version().subjects());
  *content.mutable_indicators() = request.scheme_version().indicators();
  std::string json;
  // Fails only for an Any of an unknown type, which the message does not have.
  (void)google::protobuf::util::MessageToJsonString(content, &json);
  const auto version = schemes_.CreateVersion(*key, json, WriteOf(caller, request));
  if (!version) return Fail(version.error());
  return ToMessage(*key, *version);
}

Result<v1::SchemeVersion> ScoringService::GetSchemeVersion(
    const rpc::Caller&, const v1::GetSchemeVersionRequest& request) {
  const auto key = VersionKeyIn(request.name());
  if (!key) return Fail(key.error());
  const auto version = schemes_.ReadVersion(*key);
  if (!version) return Fail(version.error());
  return ToMessage(key->scheme, *version);
}

Result<v1::ListSchemeVersionsResponse> ScoringService::ListSchemeVersions(
    const rpc::Caller&, const v1::ListSchemeVersionsRequest& request) {
  const auto key = SchemeKeyIn("parent", request.parent());
  if (!key) return Fail(key.error());
  const auto versions = schemes_.ListVersions(*key);
  if (!versions) return Fail(versions.error());
  v1::ListSchemeVersionsResponse response;
  for (const auto& version : *versions) {
    auto message = ToMessage(*key, version);
    if (!message) return Fail(message.error());
    *response.add_scheme_versions() = *std::move(message);
  }
  return response;
}

Result<v1::SchemeVersion> ScoringService::PublishSchemeVersion(
    const rpc::Caller& caller, const v1::PublishSchemeVersionRequest& request) {
  const auto key = VersionKeyIn(request.name());
  if (!key) return Fail(key.error());
  const auto version = schemes_.PublishVersion(*key, WriteOf(caller, request));
  if (!version) return Fail(version.error());
  return ToMessage(key->scheme, *version);
}

template <typename Request>
Result<ScoringService::Scope> ScoringService::ReadScope(const Request& request,
                                                        const SchemeKey& key) {
  RequestReader reader;
  Scope scope{.key = key, .subject = request.subject()};
  scope.query.division = key.division;
  scope.query.year = key.year;
  scope.query.known_day = reader.Date("known_date", request.known_date());
  const CivilDate last(std::chrono::year(key.year), std::chrono::December, std::chrono::day(31));
  const auto today = std::min(last, ShanghaiDate(now_()));
  scope.query.as_of = reader.Date("as_of_date", request.as_of_date())
                          .value_or(scope.query.known_day.value_or(today));
  if (!request.subject().empty() && !SubjectIn(request.subject())) {
    reader.Violate("subject", NoSubject("subject", request.subject()).description);
  }
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));
  return scope;
}

Result<v1::SchemeResult> ScoringService::EvaluateScheme(const rpc::Caller&,
                                                        const v1::EvaluateSchemeRequest& request) {
  const auto key = VersionKeyIn(request.name());
  if (!key) return Fail(key.error());
  const auto scope = ReadScope(request, key->scheme);
  if (!scope) return Fail(scope.error());
  const auto stored = schemes_.ReadVersion(*key);
  if (!stored) return Fail(stored.error());
  const auto version = ToMessage(key->scheme, *stored);
  if (!version) return Fail(version.error());
  const auto scheme = ReadScheme(*version);
  if (!scheme) return Fail(scheme.error());
  return Evaluate(*version, *scheme, *scope);
}

Result<v1::SchemeResult> ScoringService::SimulateScheme(const rpc::Caller&,
                                                        const v1::SimulateSchemeRequest& request) {
  const auto key = SchemeKeyIn("parent", request.parent());
  if (!key) return Fail(key.error());
  const auto scope = ReadScope(request, *key);
  if (!scope) return Fail(scope.error());
  const auto scheme = ReadScheme(request.scheme_version());
  if (!scheme) return Fail(scheme.error());
  auto version = request.scheme_version();
  version.clear_name();
  return Evaluate(version, *scheme, *scope);
}

Result<v1::SchemeResult> ScoringService::Evaluate(const v1::SchemeVersion& version,
                                                  const Scheme& scheme, const Scope& scope) {
  const auto division = figures_.ReadDivision(scope.key.division);
  if (!division) return Fail(division.error());
  auto query = scope.query;
  query.grouping = GroupingOf(version.subjects());
  const auto counts = figures_.ReadOverview(query, rules_);
  if (!counts) return Fail(counts.error());
  const auto marks = schemes_.ReadMarks(scope.key, query.known_day);
  if (!marks) return Fail(marks.error());

  v1::SchemeResult result;
  result.set_scheme_version(version.name());
  result.set_year(query.year);
  result.set_as_of_date(FormatDate(query.as_of));
  if (query.known_day) result.set_known_date(FormatDate(*query.known_day));
  if (counts->current_as_of) *result.mutable_current_as_of() = ToMessage(*counts->current_as_of);
  result.set_rule_version(std::string(rules_.version));
  for (const auto& row : counts->rows) {
    const ScoredSubject subject = query.grouping == Grouping::kUnit
                                      ? ScoredSubject(query.division, row.subject)
                                      : ScoredSubject(row.subject, 0);
    const auto own = marks->find(subject);
    const auto score = reporting::Evaluate(scheme, FiguresOf(row.counts),
                                           own == marks->end() ? Marks() : own->second);
    if (!score) return Fail(score.error());
    auto& message = *result.add_scores() = ToMessage(*score);
    message.set_subject(SubjectName(subject));
    message.set_display_name(row.display_name);
  }
  Rank(result);
  if (scope.subject.empty()) return result;
  auto& scores = *result.mutable_scores();
  scores.erase(std::remove_if(scores.begin(), scores.end(),
                              [&](const auto& each) { return each.subject() != scope.subject; }),
               scores.end());
  if (scores.empty()) return Fail(NotFound(scope.subject));
  return result;
}

Result<v1::Mark> ScoringService::CreateMark(const rpc::Caller& caller,
                                            const v1::CreateMarkRequest& request) {
  const auto key = SchemeKeyIn("parent", request.parent());
  if (!key) return Fail(key.error());
  const auto& mark = request.mark();
  std::vector<FieldViolation> violations;
  const auto subject = SubjectIn(mark.subject());
  if (!subject) violations.push_back(NoSubject("mark.subject", mark.subject()));
  const auto points = ReadPoints(mark.points());
  if (!points) {
    violations.push_back({"mark.points", "must be 0 to 10000 with at most two decimals"});
  }
  if (mark.reason().empty() || mark.reason().size() > kMostReason) {
    violations.push_back({"mark.reason", "must have 1 to 500 characters"});
  }
  if (mark.indicator().empty()) violations.push_back({"mark.indicator", "must be the key of one"});
  if (!violations.empty()) return Fail(InvalidArguments(std::move(violations)));

  // Some version of the scheme must ask for it, and have room for the points.
  const auto versions = schemes_.ListVersions(*key);
  if (!versions) return Fail(versions.error());
  bool known = false;
  for (const auto& stored : *versions) {
    const auto version = ToMessage(*key, stored);
    if (!version) return Fail(version.error());
    const auto scheme = ReadScheme(*version);
    const auto* indicator = scheme ? scheme->Find(mark.indicator()) : nullptr;
    if (!indicator || !indicator->formula.empty() || indicator->kind == IndicatorKind::kGroup) {
      continue;
    }
    known = true;
    const auto most = indicator->kind == IndicatorKind::kVeto ? 100 : indicator->points;
    if (*points > most) {
      return Fail(InvalidArgument("mark.points", "is more than the " + PointsText(most) +
                                                     " that the indicator has to give"));
    }
    break;
  }
  if (!known) {
    return Fail(InvalidArgument("mark.indicator",
                                "\"" + mark.indicator() +
                                    "\" is in no version of the scheme, or has a formula: only "
                                    "indicators without one take marks"));
  }
  const auto created = schemes_.CreateMark(
      *key, {.subject = *subject, .indicator = mark.indicator(), .mark = {*points, mark.reason()}},
      WriteOf(caller, request));
  if (!created) return Fail(created.error());
  return ToMessage(*key, *created);
}

Result<v1::ListMarksResponse> ScoringService::ListMarks(const rpc::Caller&,
                                                        const v1::ListMarksRequest& request) {
  const auto key = SchemeKeyIn("parent", request.parent());
  if (!key) return Fail(key.error());
  const auto subject = SubjectIn(request.subject());
  if (!request.subject().empty() && !subject) {
    return Fail(InvalidArguments({NoSubject("subject", request.subject())}));
  }
  const auto marks = schemes_.ListMarks(*key, subject);
  if (!marks) return Fail(marks.error());
  v1::ListMarksResponse response;
  for (const auto& mark : *marks) *response.add_marks() = ToMessage(*key, mark);
  return response;
}

}  // namespace gongkai::reporting
