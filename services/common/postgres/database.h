// A bounded pool of connections, and the three ways to use one. Driver errors end here: callers
// get an Error, the driver's text goes to the log.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/common/status/error.h"

namespace gongkai::postgres {

// What to do about a driver exception; see FaultOf.
struct Fault {
  Error error;
  bool connection_lost = false;
  // Nothing was changed and the same work may succeed at once: serialization failure, deadlock.
  bool retry = false;
};

// The error for an exception of libpqxx: the one table from SQLSTATE to Error. `exception` is the
// exception being handled.
Fault FaultOf(const std::exception& exception);

// Thread-safe.
class Database {
 public:
  struct Options {
    std::string conninfo;
    int connections = 8;                         // 1 to 1000
    std::chrono::milliseconds wait_limit{2000};  // for a connection of the pool
  };

  // Opens connections as they are needed, none now. Throws pqxx::argument_error for a malformed
  // conninfo.
  explicit Database(const Options& options);

  struct Usage {
    int busy = 0;   // connections that are handed out
    int limit = 0;  // of them
    // How often none became free in time, since the beginning.
    std::uint64_t exhausted = 0;
  };
  Usage usage() const;

  // Runs `work(session)` without a transaction; each statement stands for itself. For reads: run
  // again once if the connection was lost. `work` returns a Result.
  template <typename Work>
  auto Read(Work work) {
    return Run<pqxx::nontransaction>(work, Outcome::kHarmless, "");
  }

  // In the three ways to write, `call` is a JSON object that tells who writes; see CallSetting.

  // Runs `work(session)`, exactly one statement that changes data, in one round trip. UNAVAILABLE
  // with reason COMMIT_UNKNOWN if the connection was lost while it ran.
  template <typename Work>
  auto WriteOnce(Work work, const std::string& call = "") {
    return Run<pqxx::nontransaction>(work, Outcome::kUnknown, call);
  }

  // Runs `work(session)` in a transaction and rolls it back, whatever it returns: what would
  // happen.
  template <typename Work>
  auto DryRun(Work work, const std::string& call = "") {
    return Run<pqxx::work>(work, Outcome::kDiscarded, call);
  }

  // Runs `work(session)` in a transaction and commits it if it returns a value; rolls back and
  // returns the error if it returns one. Runs again after a serialization failure or a deadlock.
  // UNAVAILABLE with reason COMMIT_UNKNOWN if the connection was lost in the commit.
  template <typename Work>
  auto Write(Work work, const std::string& call = "") {
    return Run<pqxx::work>(work, Outcome::kRolledBack, call);
  }

 private:
  // What a lost connection means for the statements that had been sent.
  enum class Outcome { kHarmless, kUnknown, kRolledBack, kDiscarded };

  class Lease {
   public:
    Lease(Database& database, std::unique_ptr<Connection> connection)
        : database_(database), connection_(std::move(connection)) {}
    ~Lease() { database_.Return(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    bool open() const { return connection_ != nullptr; }
    void Open(std::unique_ptr<Connection> connection) { connection_ = std::move(connection); }
    Connection& connection() { return *connection_; }
    // The connection is of no more use: the pool opens another in its place.
    void Discard() { connection_.reset(); }

   private:
    Database& database_;
    std::unique_ptr<Connection> connection_;
  };

  template <typename Transaction, typename Work>
  std::invoke_result_t<Work, Session&> Run(Work& work, Outcome outcome, const std::string& call) {
    constexpr int kAttempts = 4;
    for (int attempt = 1;; ++attempt) {
      auto lease = Acquire();
      if (!lease) return Fail(lease.error());
      bool committing = false;
      try {
        auto& connection = (*lease)->connection();
        std::string setting = CallSetting(connection.raw(), call);
        Transaction transaction(connection.raw());
        if constexpr (std::is_same_v<Transaction, pqxx::work>) {
          // Holds for every statement of the transaction, so it is sent once.
          if (!setting.empty()) transaction.exec(std::exchange(setting, ""));
        }
        Session session(connection, transaction, std::move(setting));
        auto result = work(session);
        if (result && outcome != Outcome::kDiscarded) {
          committing = true;
          transaction.commit();
        }
        return result;
      } catch (const std::exception& exception) {
        Fault fault = FaultOf(exception);
        if (fault.connection_lost) (*lease)->Discard();
        const bool unknown =
            fault.connection_lost &&
            (outcome == Outcome::kUnknown || (outcome == Outcome::kRolledBack && committing));
        if (unknown) return Fail(CommitUnknown());
        if (attempt == kAttempts || !(fault.retry || fault.connection_lost)) {
          return Fail(std::move(fault.error));
        }
      }
    }
  }

  static Error CommitUnknown();
  Result<std::unique_ptr<Lease>> Acquire();
  void Return(std::unique_ptr<Connection> connection);

  const std::string conninfo_;
  const int limit_;
  const std::chrono::milliseconds wait_limit_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int available_;  // connections that may still be handed out, idle ones included
  std::uint64_t exhausted_ = 0;
};

}  // namespace gongkai::postgres
