#include "services/plans/rpc/parsed_plan_proto.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gongkai::plans {
namespace {

template <typename Domain, typename Proto>
struct EnumRow {
  Domain domain;
  Proto proto;
};

constexpr EnumRow<UnitRole, v1::ParsedUnit::Role> kRoles[] = {
    {UnitRole::kLead, v1::ParsedUnit::LEAD},
    {UnitRole::kResponsible, v1::ParsedUnit::RESPONSIBLE},
    {UnitRole::kSupporting, v1::ParsedUnit::SUPPORTING}};
constexpr EnumRow<UnitKind, v1::ParsedUnit::Kind> kUnitKinds[] = {
    {UnitKind::kUnit, v1::ParsedUnit::UNIT},
    {UnitKind::kGroup, v1::ParsedUnit::GROUP},
    {UnitKind::kOpenEnded, v1::ParsedUnit::OPEN_ENDED}};
constexpr EnumRow<DueKind, v1::DueRule::Kind> kDueKinds[] = {
    {DueKind::kFixed, v1::DueRule::FIXED},
    {DueKind::kRecurring, v1::DueRule::RECURRING},
    {DueKind::kOngoing, v1::DueRule::ONGOING},
    {DueKind::kRelative, v1::DueRule::RELATIVE},
    {DueKind::kUnstated, v1::DueRule::UNSTATED}};
constexpr EnumRow<Cadence, v1::DueRule::Cadence> kCadences[] = {
    {Cadence::kMonthly, v1::DueRule::MONTHLY},
    {Cadence::kQuarterly, v1::DueRule::QUARTERLY},
    {Cadence::kHalfYearly, v1::DueRule::HALF_YEARLY},
    {Cadence::kYearly, v1::DueRule::YEARLY}};
constexpr EnumRow<Comparator, v1::Target::Comparator> kComparators[] = {
    {Comparator::kAtLeast, v1::Target::AT_LEAST},
    {Comparator::kAtMost, v1::Target::AT_MOST},
    {Comparator::kExactly, v1::Target::EXACTLY}};
constexpr EnumRow<TargetPeriod, v1::Target::Period> kPeriods[] = {
    {TargetPeriod::kMonth, v1::Target::MONTH},
    {TargetPeriod::kQuarter, v1::Target::QUARTER},
    {TargetPeriod::kHalfYear, v1::Target::HALF_YEAR},
    {TargetPeriod::kYear, v1::Target::YEAR}};
constexpr EnumRow<TargetScope, v1::Target::Scope> kScopes[] = {
    {TargetScope::kDivision, v1::Target::DIVISION},
    {TargetScope::kEachUnit, v1::Target::EACH_UNIT}};
constexpr EnumRow<Confidence, v1::Origin::Confidence> kConfidences[] = {
    {Confidence::kHigh, v1::Origin::HIGH},
    {Confidence::kMedium, v1::Origin::MEDIUM},
    {Confidence::kLow, v1::Origin::LOW}};
constexpr EnumRow<IssueSeverity, v1::ParseIssue::Severity> kSeverities[] = {
    {IssueSeverity::kNote, v1::ParseIssue::NOTE},
    {IssueSeverity::kWarning, v1::ParseIssue::WARNING},
    {IssueSeverity::kError, v1::ParseIssue::ERROR}};

// Every value of a domain enum stands in its table.
template <typename Domain, typename Proto, size_t kSize>
Proto Encode(const EnumRow<Domain, Proto> (&table)[kSize], Domain value) {
  for (const auto& row : table) {
    if (row.domain == value) return row.proto;
  }
  return Proto{};
}

template <typename Domain, typename Proto, size_t kSize>
std::optional<Domain> Decode(const EnumRow<Domain, Proto> (&table)[kSize], Proto value) {
  for (const auto& row : table) {
    if (row.proto == value) return row.domain;
  }
  return std::nullopt;
}

template <typename Message>
void SetSource(const std::optional<SourceSpan>& span, Message& message) {
  if (!span) return;
  message.mutable_source()->set_start(span->start);
  message.mutable_source()->set_end(span->end);
}

// Sets the field that `mutable_origin` gives access to.
template <typename Message>
void SetOrigin(const std::optional<Origin>& origin, Message& message,
               v1::Origin* (Message::*mutable_origin)()) {
  if (!origin) return;
  v1::Origin& proto = *(message.*mutable_origin)();
  SetSource(origin->source, proto);
  proto.set_confidence(Encode(kConfidences, origin->confidence));
}

v1::DueRule ToProto(const DueRule& rule) {
  v1::DueRule proto;
  proto.set_text(rule.text);
  proto.set_kind(Encode(kDueKinds, rule.kind));
  if (rule.date) proto.set_date(FormatDate(*rule.date));
  if (rule.cadence) proto.set_cadence(Encode(kCadences, *rule.cadence));
  proto.set_working_days(rule.working_days);
  proto.set_calendar_days(rule.calendar_days);
  proto.set_assumed(rule.assumed);
  SetOrigin(rule.origin, proto, &v1::DueRule::mutable_origin);
  return proto;
}

v1::Target ToProto(const Target& target) {
  v1::Target proto;
  proto.set_text(target.text);
  proto.set_metric(target.metric);
  proto.set_comparator(Encode(kComparators, target.comparator));
  proto.set_value(target.value);
  proto.set_unit(target.unit);
  if (target.period) proto.set_period(Encode(kPeriods, *target.period));
  proto.set_scope(Encode(kScopes, target.scope));
  proto.set_soft(target.soft);
  SetOrigin(target.origin, proto, &v1::Target::mutable_origin);
  return proto;
}

// Reads messages and keeps every fault under its path.
class Reader {
 public:
  ParsedPlan ReadPlan(const v1::ParsedPlan& proto, const std::string& path) {
    ParsedPlan plan{.title = proto.title(),
                    .document_number = proto.document_number(),
                    .division = proto.division(),
                    .year = proto.year(),
                    .issue_date = ReadDate(proto.issue_date(), path + ".issue_date")};
    plan.title_origin = ReadOrigin(proto.title_origin(), path + ".title_origin");
    plan.document_number_origin =
        ReadOrigin(proto.document_number_origin(), path + ".document_number_origin");
    plan.division_origin = ReadOrigin(proto.division_origin(), path + ".division_origin");
    plan.year_origin = ReadOrigin(proto.year_origin(), path + ".year_origin");
    plan.issue_date_origin = ReadOrigin(proto.issue_date_origin(), path + ".issue_date_origin");
    for (int i = 0; i < proto.tasks_size(); ++i) {
      plan.tasks.push_back(ReadTask(proto.tasks(i), Item(path, "tasks", i)));
    }
    for (int i = 0; i < proto.issues_size(); ++i) {
      plan.issues.push_back(ReadIssue(proto.issues(i), Item(path, "issues", i)));
    }
    return plan;
  }

  std::vector<FieldViolation> TakeViolations() { return std::move(violations_); }

 private:
  static std::string Item(const std::string& path, const char* list, int index) {
    return path + "." + list + "[" + std::to_string(index) + "]";
  }

  void Fault(std::string field, std::string description) {
    violations_.push_back({std::move(field), std::move(description)});
  }

  // UNSPECIFIED is 0 in every enum and stands for "none".
  template <typename Domain, typename Proto, size_t kSize>
  std::optional<Domain> ReadOptional(const EnumRow<Domain, Proto> (&table)[kSize], Proto value,
                                     const std::string& field) {
    if (value == Proto{}) return std::nullopt;
    auto decoded = Decode(table, value);
    if (!decoded) Fault(field, "is not a value of the contract: " + std::to_string(value));
    return decoded;
  }

  template <typename Domain, typename Proto, size_t kSize>
  Domain ReadRequired(const EnumRow<Domain, Proto> (&table)[kSize], Proto value,
                      const std::string& field) {
    if (value == Proto{}) Fault(field, "must be set");
    return ReadOptional(table, value, field).value_or(table[0].domain);
  }

  std::optional<CivilDate> ReadDate(const std::string& iso, const std::string& field) {
    if (iso.empty()) return std::nullopt;
    auto date = ParseDate(iso);
    if (!date) Fault(field, "must be a day in the form YYYY-MM-DD");
    return date;
  }

  template <typename Message>
  std::optional<SourceSpan> ReadSource(const Message& message, const std::string& path) {
    if (!message.has_source()) return std::nullopt;
    const SourceSpan span{message.source().start(), message.source().end()};
    if (span.start < 0 || span.end < span.start) {
      Fault(path + ".source", "must not end before it starts");
    }
    return span;
  }

  // An absent message reads as an empty one.
  std::optional<Origin> ReadOrigin(const v1::Origin& proto, const std::string& path) {
    if (!proto.has_source() && proto.confidence() == v1::Origin::CONFIDENCE_UNSPECIFIED) {
      return std::nullopt;
    }
    return Origin{
        .source = ReadSource(proto, path),
        .confidence = ReadRequired(kConfidences, proto.confidence(), path + ".confidence")};
  }

  ParsedTask ReadTask(const v1::ParsedTask& proto, const std::string& path) {
    ParsedTask task{.ordinal = proto.ordinal(),
                    .section_path = {proto.section_path().begin(), proto.section_path().end()},
                    .title = proto.title(),
                    .requirement = proto.requirement(),
                    .source = ReadSource(proto, path)};
    task.ordinal_origin = ReadOrigin(proto.ordinal_origin(), path + ".ordinal_origin");
    task.title_origin = ReadOrigin(proto.title_origin(), path + ".title_origin");
    task.requirement_origin = ReadOrigin(proto.requirement_origin(), path + ".requirement_origin");
    for (int i = 0; i < proto.units_size(); ++i) {
      task.units.push_back(ReadUnit(proto.units(i), Item(path, "units", i)));
    }
    task.due = proto.has_due() ? ReadDue(proto.due(), path + ".due") : UnstatedDue(0, "");
    for (int i = 0; i < proto.further_due_size(); ++i) {
      task.further_due.push_back(ReadDue(proto.further_due(i), Item(path, "further_due", i)));
    }
    for (int i = 0; i < proto.targets_size(); ++i) {
      task.targets.push_back(ReadTarget(proto.targets(i), Item(path, "targets", i)));
    }
    return task;
  }

  ParsedUnit ReadUnit(const v1::ParsedUnit& proto, const std::string& path) {
    if (proto.text().empty()) Fault(path + ".text", "must not be empty");
    return {.text = proto.text(),
            .role = ReadRequired(kRoles, proto.role(), path + ".role"),
            .kind = ReadRequired(kUnitKinds, proto.kind(), path + ".kind"),
            .origin = ReadOrigin(proto.origin(), path + ".origin")};
  }

  DueRule ReadDue(const v1::DueRule& proto, const std::string& path) {
    DueRule rule{.text = proto.text(),
                 .kind = ReadRequired(kDueKinds, proto.kind(), path + ".kind"),
                 .date = ReadDate(proto.date(), path + ".date"),
                 .cadence = ReadOptional(kCadences, proto.cadence(), path + ".cadence"),
                 .working_days = proto.working_days(),
                 .calendar_days = proto.calendar_days(),
                 .assumed = proto.assumed(),
                 .origin = ReadOrigin(proto.origin(), path + ".origin")};
    if (rule.kind == DueKind::kFixed && proto.date().empty()) {
      Fault(path + ".date", "must be set for FIXED");
    }
    if (rule.kind == DueKind::kRecurring && proto.cadence() == v1::DueRule::CADENCE_UNSPECIFIED) {
      Fault(path + ".cadence", "must be set for RECURRING");
    }
    CheckDays(rule, path);
    return rule;
  }

  void CheckDays(const DueRule& rule, const std::string& path) {
    if (rule.kind == DueKind::kRecurring) return CheckDaysAfterPeriod(rule, path);
    if (rule.kind != DueKind::kRelative) return;
    constexpr int32_t kMostDays = 3660;
    if (rule.calendar_days < 0 || rule.calendar_days > kMostDays) {
      Fault(path + ".calendar_days", "must be from 0 to 3660");
    } else if (rule.calendar_days > 0 && rule.working_days != 0) {
      Fault(path + ".calendar_days", "must be 0 beside working_days");
    } else if (rule.calendar_days == 0 && rule.working_days < 1) {
      Fault(path + ".working_days", "must be 1 or more for RELATIVE without calendar_days");
    }
  }

  void CheckDaysAfterPeriod(const DueRule& rule, const std::string& path) {
    constexpr int32_t kMostDays = 366;
    if (rule.calendar_days < 0 || rule.calendar_days > kMostDays) {
      Fault(path + ".calendar_days", "must be from 0 to 366 for RECURRING");
    } else if (rule.calendar_days > 0 && rule.date) {
      Fault(path + ".calendar_days", "must be 0 beside a date");
    }
  }

  Target ReadTarget(const v1::Target& proto, const std::string& path) {
    return {.text = proto.text(),
            .metric = proto.metric(),
            .comparator = ReadRequired(kComparators, proto.comparator(), path + ".comparator"),
            .value = proto.value(),
            .unit = proto.unit(),
            .period = ReadOptional(kPeriods, proto.period(), path + ".period"),
            .scope = ReadRequired(kScopes, proto.scope(), path + ".scope"),
            .soft = proto.soft(),
            .origin = ReadOrigin(proto.origin(), path + ".origin")};
  }

  ParseIssue ReadIssue(const v1::ParseIssue& proto, const std::string& path) {
    return {.severity = ReadRequired(kSeverities, proto.severity(), path + ".severity"),
            .code = proto.code(),
            .message = proto.message(),
            .source = ReadSource(proto, path)};
  }

  std::vector<FieldViolation> violations_;
};

}  // namespace

v1::ParseIssue ToProto(const ParseIssue& issue) {
  v1::ParseIssue proto;
  proto.set_severity(Encode(kSeverities, issue.severity));
  proto.set_code(issue.code);
  proto.set_message(issue.message);
  SetSource(issue.source, proto);
  return proto;
}

v1::ParsedTask ToProto(const ParsedTask& task) {
  v1::ParsedTask proto;
  proto.set_ordinal(task.ordinal);
  for (const auto& heading : task.section_path) proto.add_section_path(heading);
  proto.set_title(task.title);
  proto.set_requirement(task.requirement);
  for (const auto& unit : task.units) {
    v1::ParsedUnit& added = *proto.add_units();
    added.set_text(unit.text);
    added.set_role(Encode(kRoles, unit.role));
    added.set_kind(Encode(kUnitKinds, unit.kind));
    SetOrigin(unit.origin, added, &v1::ParsedUnit::mutable_origin);
  }
  *proto.mutable_due() = ToProto(task.due);
  for (const auto& rule : task.further_due) *proto.add_further_due() = ToProto(rule);
  for (const auto& target : task.targets) *proto.add_targets() = ToProto(target);
  SetSource(task.source, proto);
  SetOrigin(task.ordinal_origin, proto, &v1::ParsedTask::mutable_ordinal_origin);
  SetOrigin(task.title_origin, proto, &v1::ParsedTask::mutable_title_origin);
  SetOrigin(task.requirement_origin, proto, &v1::ParsedTask::mutable_requirement_origin);
  return proto;
}

v1::ParsedPlan ToProto(const ParsedPlan& plan) {
  v1::ParsedPlan proto;
  proto.set_title(plan.title);
  proto.set_document_number(plan.document_number);
  proto.set_division(plan.division);
  proto.set_year(plan.year);
  if (plan.issue_date) proto.set_issue_date(FormatDate(*plan.issue_date));
  for (const auto& task : plan.tasks) *proto.add_tasks() = ToProto(task);
  for (const auto& issue : plan.issues) *proto.add_issues() = ToProto(issue);
  SetOrigin(plan.title_origin, proto, &v1::ParsedPlan::mutable_title_origin);
  SetOrigin(plan.document_number_origin, proto, &v1::ParsedPlan::mutable_document_number_origin);
  SetOrigin(plan.division_origin, proto, &v1::ParsedPlan::mutable_division_origin);
  SetOrigin(plan.year_origin, proto, &v1::ParsedPlan::mutable_year_origin);
  SetOrigin(plan.issue_date_origin, proto, &v1::ParsedPlan::mutable_issue_date_origin);
  return proto;
}

Result<ParsedPlan> FromProto(const v1::ParsedPlan& plan, std::string_view field) {
  Reader reader;
  ParsedPlan read = reader.ReadPlan(plan, std::string(field));
  if (auto violations = reader.TakeViolations(); !violations.empty()) {
    return Fail(InvalidArguments(std::move(violations)));
  }
  return read;
}

}  // namespace gongkai::plans
