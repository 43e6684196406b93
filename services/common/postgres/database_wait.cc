#include "services/common/postgres/database_wait.h"

#include <thread>

#include "services/common/log/log.h"

namespace gongkai::postgres {
namespace {

constexpr auto kPause = std::chrono::milliseconds(500);

bool MayPass(const Error& error) {
  return error.code == ErrorCode::kUnavailable || error.reason == "SCHEMA_OLDER";
}

}  // namespace

Result<void> WaitForDatabase(std::chrono::seconds limit,
                             const std::function<Result<void>()>& attempt) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::string told;
  while (true) {
    auto done = attempt();
    if (done || !MayPass(done.error()) || std::chrono::steady_clock::now() + kPause > deadline) {
      return done;
    }
    if (told != done.error().reason) {
      told = done.error().reason;
      log::Info("waiting for the database", {{"reason", told}});
    }
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace gongkai::postgres
