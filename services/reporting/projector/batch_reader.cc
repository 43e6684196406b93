#include "services/reporting/projector/batch_reader.h"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "services/reporting/domain/resource_name.h"

namespace gongkai::reporting {
namespace {

using google::protobuf::Timestamp;
using plans::v1::Change;

std::chrono::system_clock::time_point ToTime(const Timestamp& timestamp) {
  return std::chrono::system_clock::time_point(
      std::chrono::duration_cast<std::chrono::system_clock::duration>(
          std::chrono::seconds(timestamp.seconds()) + std::chrono::nanoseconds(timestamp.nanos())));
}

// Reads the fields of one resource and remembers the first that is not as the contract says.
class FieldReader {
 public:
  explicit FieldReader(const std::string& resource) : resource_(resource) {}

  // As many numbers as collections, zeros where the name is of another form.
  std::vector<int> Name(std::initializer_list<std::string_view> collections) {
    return Numbers("name", resource_, collections);
  }

  int UnitOf(const std::string& name) { return Numbers("unit", name, {"divisions", "units"})[1]; }

  int DocumentOf(const std::string& name) {
    return Numbers("policy_documents", name, {"divisions", "policyDocuments"})[1];
  }

  std::optional<int> ParentOf(const std::string& name) {
    if (name.empty()) return std::nullopt;
    return Numbers("parent_division", name, {"divisions"})[0];
  }

  // `most` is the highest number that the enum of this version has.
  template <typename Enum>
  Enum OneOf(const char* field, int value, Enum most) {
    if (value < 1 || value > static_cast<int>(most)) Note(field, std::to_string(value));
    return static_cast<Enum>(value);
  }

  std::optional<CivilDate> Date(const char* field, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto date = ParseDate(text);
    if (!date) Note(field, text);
    return date;
  }

  int YearOf(const char* field, const std::string& text) {
    const auto date = ParseDate(text);
    if (!date) Note(field, text);
    return date ? static_cast<int>(date->year()) : 0;
  }

  const std::optional<Error>& problem() const { return problem_; }

 private:
  std::vector<int> Numbers(const char* field, const std::string& name,
                           std::initializer_list<std::string_view> collections) {
    if (auto numbers = NumbersIn(name, collections)) return *std::move(numbers);
    Note(field, name);
    return std::vector<int>(collections.size());
  }

  void Note(const char* field, const std::string& value) {
    if (problem_) return;
    problem_ = Error{.code = ErrorCode::kDataLoss,
                     .reason = "CHANGE_UNREADABLE",
                     .message = "the change of \"" + resource_ + "\" has the " + field + " \"" +
                                value + "\", which this version cannot read; run a version of " +
                                "gongkai-reporting that fits the plans service",
                     .message_zh = "变更数据无法识别，请升级统计服务"};
  }

  const std::string& resource_;
  std::optional<Error> problem_;
};

std::optional<CivilDate> DateOf(bool present, const Timestamp& timestamp) {
  if (!present) return std::nullopt;
  return ShanghaiDate(ToTime(timestamp));
}

void Read(FieldReader& reader, const plans::v1::Division& division, Batch& batch) {
  batch.divisions.push_back(
      {.division = reader.Name({"divisions"})[0],
       .display_name = division.display_name(),
       .level = reader.OneOf("level", division.level(), DivisionLevel::kCounty),
       .parent = reader.ParentOf(division.parent_division()),
       .revision = division.revision()});
}

void Read(FieldReader& reader, const plans::v1::Unit& unit, Batch& batch) {
  const auto name = reader.Name({"divisions", "units"});
  batch.units.push_back({.division = name[0],
                         .unit = name[1],
                         .display_name = unit.display_name(),
                         .kind = static_cast<UnitKind>(unit.kind()),
                         .revision = unit.revision()});
}

void Read(FieldReader& reader, const plans::v1::Plan& plan, Batch& batch) {
  const auto name = reader.Name({"divisions", "plans"});
  batch.plans.push_back({.division = name[0],
                         .plan = name[1],
                         .title = plan.title(),
                         .year = plan.year(),
                         .state = reader.OneOf("state", plan.state(), PlanState::kClosed),
                         .issue_date = reader.Date("issue_date", plan.issue_date()),
                         .claim_deadline = reader.Date("claim_deadline", plan.claim_deadline()),
                         .filing_deadline = reader.Date("filing_deadline", plan.filing_deadline()),
                         .revision = plan.revision()});
}

void Read(FieldReader& reader, const plans::v1::Task& task, Batch& batch) {
  const auto& sections = task.content().section_path();
  const auto name = reader.Name({"divisions", "plans", "tasks"});
  batch.tasks.push_back({.division = name[0],
                         .plan = name[1],
                         .task = name[2],
                         .ordinal = task.content().ordinal(),
                         .title = task.content().title(),
                         .section = sections.empty() ? "" : sections[0],
                         .revision = task.revision()});
}

void Read(FieldReader& reader, const plans::v1::Assignment& assignment, Batch& batch) {
  const auto name = reader.Name({"divisions", "plans", "tasks", "assignments"});
  batch.assignments.push_back(
      {.division = name[0],
       .plan = name[1],
       .task = name[2],
       .unit = name[3],
       .role = reader.OneOf("role", assignment.role(), Role::kSupporting),
       .state = reader.OneOf("state", assignment.state(), AssignmentState::kCancelled),
       .claim_date = DateOf(assignment.has_claim_time(), assignment.claim_time()),
       .file_date = DateOf(assignment.has_file_time(), assignment.file_time()),
       .revision = assignment.revision()});
}

void Read(FieldReader& reader, const plans::v1::Occurrence& occurrence, Batch& batch) {
  const auto name = reader.Name({"divisions", "plans", "tasks", "assignments", "occurrences"});
  batch.occurrences.push_back(
      {.division = name[0],
       .plan = name[1],
       .task = name[2],
       .unit = name[3],
       .role = reader.OneOf("role", occurrence.role(), Role::kSupporting),
       .occurrence = name[4],
       .period = occurrence.period(),
       .due_date = reader.Date("due_date", occurrence.due_date()),
       .ongoing = occurrence.due_kind() == plans::v1::DueRule::ONGOING,
       .state = reader.OneOf("state", occurrence.state(), OccurrenceState::kCancelled),
       .evidence_count = occurrence.evidence_count(),
       .submit_date = DateOf(occurrence.has_submit_time(), occurrence.submit_time()),
       .verify_date = DateOf(occurrence.has_verify_time(), occurrence.verify_time()),
       .revision = occurrence.revision()});
}

// What is deleted is of no year, so that no figure counts it.
constexpr int kNoYear = 0;

void Read(FieldReader& reader, const plans::v1::PolicyDocument& document, Batch& batch) {
  const auto name = reader.Name({"divisions", "policyDocuments"});
  const bool deleted = document.has_delete_time();
  batch.documents.push_back(
      {.division = name[0],
       .document = name[1],
       .unit = reader.UnitOf(document.unit()),
       .title = document.title(),
       .issuing_level =
           reader.OneOf("issuing_level", document.issuing_level(), IssuingLevel::kUnit),
       .year = deleted ? kNoYear : reader.YearOf("publish_date", document.publish_date()),
       .must_interpret = !deleted && document.must_interpret(),
       .three_sync = document.three_sync().all_together() == plans::v1::ThreeSync::YES,
       .revision = document.revision()});
}

void Read(FieldReader& reader, const plans::v1::Interpretation& interpretation, Batch& batch) {
  const auto name = reader.Name({"divisions", "interpretations"});
  const bool deleted = interpretation.has_delete_time();
  InterpretationFact fact{
      .division = name[0],
      .interpretation = name[1],
      .unit = reader.UnitOf(interpretation.unit()),
      .year = deleted ? kNoYear : reader.YearOf("publish_date", interpretation.publish_date()),
      .form = reader.OneOf("form", interpretation.form(), Form::kOnSite),
      .by_principal_head =
          !deleted && interpretation.interpreter() == plans::v1::Interpretation::PRINCIPAL_HEAD,
      .revision = interpretation.revision()};
  if (!deleted) {
    for (const auto& document : interpretation.policy_documents()) {
      fact.documents.push_back(reader.DocumentOf(document));
    }
  }
  batch.interpretations.push_back(std::move(fact));
}

template <typename Resource>
std::optional<Error> Read(const Resource& resource, Batch& batch) {
  FieldReader reader(resource.name());
  Read(reader, resource, batch);
  return reader.problem();
}

std::optional<Error> ReadChange(const Change& change, Batch& batch) {
  switch (change.resource_case()) {
    case Change::kDivision:
      return Read(change.division(), batch);
    case Change::kUnit:
      return Read(change.unit(), batch);
    case Change::kPlan:
      return Read(change.plan(), batch);
    case Change::kTask:
      return Read(change.task(), batch);
    case Change::kAssignment:
      return Read(change.assignment(), batch);
    case Change::kOccurrence:
      return Read(change.occurrence(), batch);
    case Change::kPolicyDocument:
      return Read(change.policy_document(), batch);
    case Change::kInterpretation:
      return Read(change.interpretation(), batch);
    case Change::kActivity:  // no figure counts these yet
    case Change::kUpstreamLink:
    case Change::kReminder:  // and supervision is in none
    case Change::kSupervisionOrder:
    case Change::kInstruction:
    case Change::RESOURCE_NOT_SET:  // of a kind that this version does not know
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Result<Batch> ReadBatch(const std::string& after_token, const plans::v1::WatchResponse& message) {
  Batch batch{
      .after_token = after_token,
      .resume_token = message.resume_token().empty() ? after_token : message.resume_token()};
  if (message.has_current_as_of()) batch.current_as_of = ToTime(message.current_as_of());
  for (const auto& change : message.changes()) {
    if (change.has_change_time()) batch.known_day = ShanghaiDate(ToTime(change.change_time()));
    if (auto problem = ReadChange(change, batch)) return Fail(*std::move(problem));
  }
  return batch;
}

}  // namespace gongkai::reporting
