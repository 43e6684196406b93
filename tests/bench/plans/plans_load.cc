// gongkai-bench-plans-load CALL: calls the plans service for a while and prints, as one line of
// JSON, how often it could and how long it took. plans_bench.py makes the data and compares.
#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "gongkai/plans/v1/assignments.grpc.pb.h"
#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "gongkai/plans/v1/history_imports.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "services/common/rpc/server.h"
#include "tests/bench/plans/dataset.h"
#include "tests/bench/plans/health.h"
#include "tests/bench/plans/history.h"
#include "tests/bench/plans/load.h"

namespace gongkai::bench {
namespace {

using namespace plans::v1;

struct Settings {
  std::string address;
  int clients = 32;
  double seconds = 5;
  long first = 0;  // submit: the first occurrence of the range that this run may use
  int years = 10;
  std::string token;  // feed
  std::string run;    // submit: part of each request_id
};

class Channels {
 public:
  // Several connections, as several clients have.
  explicit Channels(const std::string& address) {
    for (int i = 0; i < 4; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      channels_.push_back(
          grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
    }
  }
  std::shared_ptr<grpc::Channel> Of(int client) const {
    return channels_[client % channels_.size()];
  }

 private:
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
};

// `begin(stub, context, request, response, done)` starts one call.
template <typename Service, typename Request, typename Response, typename Begin>
Outcome Run(const Settings& settings, Begin begin, const std::function<void(Request&)>& fill) {
  const Channels channels(settings.address);
  std::vector<std::unique_ptr<typename Service::Stub>> stubs;
  for (int i = 0; i < settings.clients; ++i) stubs.push_back(Service::NewStub(channels.Of(i)));
  return RunLoad<Request, Response>(
      settings.clients, settings.seconds,
      [&](int client) {
        auto& stub = *stubs[client];
        return [&stub, begin](auto* context, auto* request, auto* response, auto done) {
          begin(stub, context, request, response, std::move(done));
        };
      },
      fill);
}

Outcome Submit(const Settings& settings) {
  std::atomic<long> next = settings.first;
  return Run<Assignments, SubmitOccurrenceRequest, Occurrence>(
      settings,
      [](auto& stub, auto* context, auto* request, auto* response, auto done) {
        stub.async()->SubmitOccurrence(context, request, response, std::move(done));
      },
      [&](SubmitOccurrenceRequest& request) {
        const long index = next++;
        request.set_name(OccurrenceName(index, settings.years));
        request.set_request_id(settings.run + "-" + std::to_string(index));
      });
}

Outcome List(const Settings& settings) {
  std::atomic<long> next = 0;
  return Run<Assignments, ListAssignmentsRequest, ListAssignmentsResponse>(
      settings,
      [](auto& stub, auto* context, auto* request, auto* response, auto done) {
        stub.async()->ListAssignments(context, request, response, std::move(done));
      },
      [&](ListAssignmentsRequest& request) {
        const long index = Scattered(next++);
        request.set_parent(PlanName(index, settings.years) + "/tasks/-");
        request.set_unit(UnitName(index));
      });
}

Outcome Get(const Settings& settings) {
  std::atomic<long> next = 0;
  return Run<Plans, GetTaskRequest, Task>(
      settings,
      [](auto& stub, auto* context, auto* request, auto* response, auto done) {
        stub.async()->GetTask(context, request, response, std::move(done));
      },
      [&](GetTaskRequest& request) {
        request.set_name(TaskName(Scattered(next++), settings.years));
      });
}

// How fast one reader gets from the token to the present end of the feed.
Outcome Feed(const Settings& settings) {
  const auto stub = ChangeFeed::NewStub(Channels(settings.address).Of(0));
  grpc::ClientContext context;
  WatchRequest request;
  request.set_resume_token(settings.token);
  request.set_until_current(true);
  const auto begin = Clock::now();
  const auto reader = stub->Watch(&context, request);
  WatchResponse response;
  Outcome outcome;
  while (reader->Read(&response)) {
    outcome.milliseconds.resize(outcome.milliseconds.size() + response.changes_size());
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto status = reader->Finish();
  if (!status.ok()) outcome = {.failed = 1, .first_failure = status.error_message()};
  return outcome;
}

// So many readers at the end of the feed until standard input ends; counts what they were sent.
Outcome Follow(const Settings& settings) {
  const Channels channels(settings.address);
  std::atomic<long> changes = 0;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::thread> followers;
  std::atomic<int> caught_up = 0;
  for (int i = 0; i < settings.clients; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    followers.emplace_back([&, i] {
      const auto stub = ChangeFeed::NewStub(channels.Of(i));
      WatchRequest request;
      request.set_resume_token(settings.token);
      const auto reader = stub->Watch(contexts[i].get(), request);
      WatchResponse response;
      bool first = true;
      while (reader->Read(&response)) {
        changes += response.changes_size();
        if (response.has_current_as_of() && std::exchange(first, false)) ++caught_up;
      }
    });
  }
  while (caught_up < settings.clients) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::cout << "following" << std::endl;
  const auto begin = Clock::now();
  std::string line;
  while (std::getline(std::cin, line)) continue;
  for (auto& context : contexts) context->TryCancel();
  for (auto& follower : followers) follower.join();
  Outcome outcome{.seconds = std::chrono::duration<double>(Clock::now() - begin).count()};
  outcome.milliseconds.resize(changes);
  return outcome;
}

// How fast the years of every county are taken over from another system.
Outcome History(const Settings& settings) {
  const auto stub = HistoryImports::NewStub(Channels(settings.address).Of(0));
  grpc::ClientContext context;
  ImportHistoryResponse response;
  const auto begin = Clock::now();
  const auto writer = stub->ImportHistory(&context, &response);
  ForEachHistoryMessage(
      settings.years, [&](const ImportHistoryRequest& message) { return writer->Write(message); });
  writer->WritesDone();
  const auto status = writer->Finish();
  Outcome outcome{.seconds = std::chrono::duration<double>(Clock::now() - begin).count()};
  outcome.milliseconds.resize(response.occurrences());
  if (!status.ok()) outcome = {.failed = 1, .first_failure = status.error_message()};
  return outcome;
}

Outcome Empty(const Settings& settings) {
  const Channels channels(settings.address);
  return RunLoad<HealthCheck, HealthCheck>(
      settings.clients, settings.seconds,
      [&](int client) { return StartHealthCheck(channels.Of(client)); }, [](HealthCheck&) {});
}

int Print(Outcome outcome) {
  nlohmann::json line = {
      {"calls", outcome.milliseconds.size()}, {"seconds", outcome.seconds},
      {"per_s", outcome.PerSecond()},         {"p50_ms", outcome.Percentile(0.5)},
      {"p99_ms", outcome.Percentile(0.99)},   {"failed", outcome.failed}};
  std::cout << line.dump() << std::endl;
  if (outcome.failed == 0) return 0;
  std::cerr << outcome.first_failure << "\n";
  return 1;
}

}  // namespace
}  // namespace gongkai::bench

int main(int argc, char** argv) {
  using namespace gongkai::bench;
  CLI::App app("Load for the plans service", "gongkai-bench-plans-load");
  app.require_subcommand(1);
  Settings settings;
  const std::pair<const char*, Outcome (*)(const Settings&)> calls[] = {
      {"submit", &Submit}, {"list", &List},     {"get", &Get},        {"empty", &Empty},
      {"feed", &Feed},     {"follow", &Follow}, {"history", &History}};
  for (const auto& [name, call] : calls) {
    auto* command = app.add_subcommand(name);
    command->add_option("--address", settings.address)->required();
    command->add_option("--clients", settings.clients);
    command->add_option("--seconds", settings.seconds);
    command->add_option("--first", settings.first);
    command->add_option("--years", settings.years);
    command->add_option("--token", settings.token);
    command->add_option("--run", settings.run);
  }
  CLI11_PARSE(app, argc, argv);
  for (const auto& [name, call] : calls) {
    if (app.got_subcommand(name)) return Print(call(settings));
  }
  return 2;
}
