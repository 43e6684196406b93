#include "tests/plans/support/guarded_world.h"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "gongkai/plans/v1/directory.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "services/common/postgres/database.h"
#include "services/common/rpc/server.h"
#include "services/plans/calendar/calendar_table.h"
#include "services/plans/store/postgres/stores.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans::testing {
namespace {

constexpr char kIssuer[] = "https://id.example.gov.cn";
constexpr char kAudience[] = "gongkai";

template <typename T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
  return std::move(*result);
}

void SeedCity(const std::string& conninfo) {
  postgres::Database database({.conninfo = conninfo, .connections = 1});
  Access access(database, [] {});
  Must(MakeDirectoryStore(access)->SeedDivisions(
      {{.division = {370000}, .display_name = "某省"},
       {.division = {370100}, .display_name = "某市"},
       {.division = {370124}, .display_name = "青禾县"},
       {.division = {370125}, .display_name = "白石县"}}));
  Must(MakeCalendarStore(access)->SeedCalendars(CalendarTable()));
}

std::string NameOf(int division) { return "divisions/" + std::to_string(division); }

}  // namespace

GuardedWorld::GuardedWorld() : database_(kSchema) {
  SeedCity(database_.conninfo());
  std::string path = (std::filesystem::temp_directory_path() / "gongkai-keys-XXXXXX").string();
  close(mkstemp(path.data()));
  key_set_ = path;
  std::ofstream(key_set_) << signer_.KeySetJson();
  server_ = Must(Server::Start(
      {.listen = "127.0.0.1:0",
       .database = database_.conninfo(),
       .connections = 4,
       .contact_keys = PlansWorld::contact_keys(),
       .auth = {.auth = "jwt", .jwks = key_set_.string(), .issuer = kIssuer, .audience = kAudience},
       .sessions = {.signer = auth::TokenSigner::Generate()}}));
  channel_ = rpc::MakeChannel(server_->address());
  const auto directory = v1::Directory::NewStub(channel_);
  for (const int division : {370124, 370125}) {
    v1::BatchCreateUnitsRequest request;
    request.set_parent(NameOf(division));
    for (const char* name : {"县政府办公室", "县财政局", "县水务局"}) {
      auto* unit = request.add_units();
      unit->set_display_name(name);
      unit->set_kind(v1::Unit::DEPARTMENT);
    }
    Must(Call(Office(division), *directory, &v1::Directory::Stub::BatchCreateUnits, request));
  }
}

GuardedWorld::~GuardedWorld() { std::filesystem::remove(key_set_); }

std::string GuardedWorld::Token(const std::string& subject, std::vector<auth::Grant> grants) const {
  return "Bearer " +
         signer_.Sign({.subject = subject,
                       .issuer = kIssuer,
                       .grants = std::move(grants),
                       .expire_time = std::chrono::system_clock::now() + std::chrono::hours(1)},
                      kAudience);
}

std::string GuardedWorld::Office(int division) const {
  return Token("office-" + std::to_string(division), {{auth::Role::kCountyOffice, division, 0}});
}

std::string GuardedWorld::Clerk(int division, int unit) const {
  return Token("clerk-" + std::to_string(division) + "-" + std::to_string(unit),
               {{auth::Role::kUnitClerk, division, unit}});
}

std::string GuardedWorld::Supervisor() const {
  return Token("supervisor", {{auth::Role::kSupervisor, 370000, 0}});
}

std::string GuardedWorld::IssuedPlan(int division) const {
  const auto plans = v1::Plans::NewStub(channel_);
  v1::CreatePlanRequest create;
  create.set_parent(NameOf(division));
  *create.mutable_parsed_plan() = OneTask({Unit("县财政局"), Unit("县水务局")});
  const auto plan = Must(Call(Office(division), *plans, &v1::Plans::Stub::CreatePlan, create));
  v1::IssuePlanRequest issue;
  issue.set_name(plan.name());
  issue.set_issue_date("2026-01-15");
  return Must(Call(Office(division), *plans, &v1::Plans::Stub::IssuePlan, issue)).name();
}

}  // namespace gongkai::plans::testing
