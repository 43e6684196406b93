#include "tests/plans/support/plans_world.h"

#include <pqxx/pqxx>
#include <stdexcept>
#include <thread>

#include "services/common/postgres/database.h"
#include "services/common/rpc/server.h"
#include "services/plans/calendar/calendar_table.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans::testing {
namespace {

template <typename T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
  return std::move(*result);
}

void SeedProvince(const std::string& conninfo) {
  postgres::Database database({.conninfo = conninfo, .connections = 1});
  Access access(database, [] {});
  Must(MakeDirectoryStore(access)->SeedDivisions(
      {{.division = {370000}, .display_name = "山东省"},
       {.division = {370100}, .display_name = "济南市"},
       {.division = {370124}, .display_name = "平阴县"}}));
  Must(MakeCalendarStore(access)->SeedCalendars(CalendarTable()));
}

}  // namespace

PlansWorld::PlansWorld() : database_(kSchema) {
  SeedProvince(database_.conninfo());
  server_ = Must(Server::Start({.listen = "127.0.0.1:0",
                                .database = database_.conninfo(),
                                .connections = 4,
                                .contact_keys = contact_keys(),
                                .auth = {.auth = "none"}}));
  channel_ = rpc::MakeChannel(server_->address());
  directory = v1::Directory::NewStub(channel_);
  directory_changes = v1::DirectoryChanges::NewStub(channel_);
  plans = v1::Plans::NewStub(channel_);
  plan_life = v1::PlanLife::NewStub(channel_);
  plan_tasks = v1::PlanTasks::NewStub(channel_);
  reimports = v1::Reimports::NewStub(channel_);
  amendments = v1::Amendments::NewStub(channel_);
  assignments = v1::Assignments::NewStub(channel_);
  policies = v1::Policies::NewStub(channel_);
  policy_life = v1::PolicyLife::NewStub(channel_);
  interpretation_gaps = v1::InterpretationGaps::NewStub(channel_);
  activities = v1::Activities::NewStub(channel_);
  targets = v1::Targets::NewStub(channel_);
  batches = v1::Batches::NewStub(channel_);
  decisions = v1::Decisions::NewStub(channel_);
  deadlines = v1::Deadlines::NewStub(channel_);
  task_events = v1::TaskEvents::NewStub(channel_);
  calendars = v1::Calendars::NewStub(channel_);
  upstream_links = v1::UpstreamLinks::NewStub(channel_);
  feed = v1::ChangeFeed::NewStub(channel_);

  v1::BatchCreateUnitsRequest request;
  request.set_parent("divisions/370124");
  for (const auto& [name, alias, kind] :
       {std::tuple("县政府办公室", "县府办", v1::Unit::DEPARTMENT),
        std::tuple("县财政局", "", v1::Unit::DEPARTMENT), std::tuple("东山镇", "", v1::Unit::TOWN),
        std::tuple("西湖街道", "", v1::Unit::STREET)}) {
    auto* unit = request.add_units();
    unit->set_display_name(name);
    unit->set_kind(kind);
    if (*alias) unit->add_aliases(alias);
  }
  Must(Call(*directory, &v1::Directory::Stub::BatchCreateUnits, request));
}

ContactKeys PlansWorld::contact_keys() {
  return Must(ContactKeys::Parse("test aes-256-gcm " + std::string(64, '0')));
}

std::string PlansWorld::IssuedPlan(std::initializer_list<v1::ParsedUnit> units) {
  return IssuedPlan(OneTask(units));
}

std::string PlansWorld::IssuedPlan(const v1::ParsedPlan& parsed) {
  v1::CreatePlanRequest create;
  create.set_parent("divisions/370124");
  *create.mutable_parsed_plan() = parsed;
  const auto plan = Must(Call(*plans, &v1::Plans::Stub::CreatePlan, create));
  v1::IssuePlanRequest issue;
  issue.set_name(plan.name());
  issue.set_issue_date("2026-01-15");
  return Must(Call(*plans, &v1::Plans::Stub::IssuePlan, issue)).name();
}

v1::Assignment PlansWorld::GetAssignment(const std::string& name) {
  v1::GetAssignmentRequest request;
  request.set_name(name);
  return Must(Call(*assignments, &v1::Assignments::Stub::GetAssignment, request));
}

v1::Occurrence PlansWorld::GetOccurrence(const std::string& name) {
  v1::GetOccurrenceRequest request;
  request.set_name(name);
  return Must(Call(*assignments, &v1::Assignments::Stub::GetOccurrence, request));
}

std::vector<v1::Occurrence> PlansWorld::OccurrencesOf(const std::string& assignment) {
  v1::ListOccurrencesRequest request;
  request.set_parent(assignment);
  const auto list = Must(Call(*assignments, &v1::Assignments::Stub::ListOccurrences, request));
  return {list.occurrences().begin(), list.occurrences().end()};
}

void PlansWorld::Claim(const std::string& assignment) {
  v1::ClaimAssignmentRequest request;
  request.set_name(assignment);
  Must(Call(*assignments, &v1::Assignments::Stub::ClaimAssignment, request));
}

Result<v1::Occurrence> PlansWorld::Submit(const std::string& occurrence) {
  v1::SubmitOccurrenceRequest request;
  request.set_name(occurrence);
  return Call(*assignments, &v1::Assignments::Stub::SubmitOccurrence, request);
}

Result<v1::Occurrence> PlansWorld::Verify(const std::string& occurrence) {
  v1::VerifyOccurrenceRequest request;
  request.set_name(occurrence);
  return Call(*assignments, &v1::Assignments::Stub::VerifyOccurrence, request);
}

void PlansWorld::LetOthersEnd() {
  pqxx::connection connection(conninfo());
  pqxx::nontransaction session(connection);
  const auto now = session.exec1("select pg_current_xact_id()")[0].as<std::string>();
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  while (!session
              .exec1("select pg_snapshot_xmin(pg_current_snapshot()) > " + session.quote(now) +
                     "::xid8")[0]
              .as<bool>()) {
    if (std::chrono::steady_clock::now() > limit) throw std::runtime_error("others go on and on");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::vector<std::string> PlansWorld::FedWork() {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  v1::WatchRequest request;
  request.set_until_current(true);
  const auto stream = feed->Watch(&context, request);
  std::vector<std::string> lines;
  for (v1::WatchResponse message; stream->Read(&message);) {
    for (const auto& change : message.changes()) {
      if (change.has_assignment()) {
        lines.push_back(change.assignment().name() + " " +
                        v1::Assignment::State_Name(change.assignment().state()));
      }
      if (change.has_occurrence()) {
        lines.push_back(change.occurrence().name() + " " + change.occurrence().due_date() + " " +
                        v1::Occurrence::State_Name(change.occurrence().state()));
      }
    }
  }
  const auto status = stream->Finish();
  if (!status.ok()) throw std::runtime_error(status.error_message());
  return lines;
}

v1::ParsedUnit Unit(std::string text, v1::ParsedUnit::Role role) {
  v1::ParsedUnit unit;
  unit.set_text(std::move(text));
  unit.set_role(role);
  unit.set_kind(v1::ParsedUnit::UNIT);
  return unit;
}

v1::ParsedUnit Group(std::string text, v1::ParsedUnit::Role role) {
  auto unit = Unit(std::move(text), role);
  unit.set_kind(v1::ParsedUnit::GROUP);
  return unit;
}

v1::ParsedPlan OneTask(std::initializer_list<v1::ParsedUnit> units) {
  v1::ParsedPlan plan;
  plan.set_title("2026年政务公开工作要点");
  plan.set_year(2026);
  auto* task = plan.add_tasks();
  task->set_ordinal("1");
  task->set_title("公开目录");
  task->set_requirement("更新主动公开基本目录。");
  task->mutable_due()->set_kind(v1::DueRule::FIXED);
  task->mutable_due()->set_date("2026-06-30");
  for (const auto& unit : units) *task->add_units() = unit;
  return plan;
}

}  // namespace gongkai::plans::testing
