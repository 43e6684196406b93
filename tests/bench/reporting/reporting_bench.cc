// gongkai-bench-reporting: loads a made-up province into an empty database as the change feed
// would, changes it, and asks for figures, all in this process. What it prints is one line of JSON.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "services/common/postgres/migration.h"
#include "services/reporting/projector/batch_queue.h"
#include "services/reporting/projector/batch_reader.h"
#include "services/reporting/projector/day_split.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/bench/reporting/province.h"

namespace gongkai::bench {
namespace {

using namespace reporting;
using Clock = std::chrono::steady_clock;

constexpr int kMessage = 1000;                  // changes, as in the feed
constexpr std::int64_t kFirstDay = 1770595200;  // 2026-02-09 in Shanghai, the day of the snapshot
constexpr int kDays = 200;

struct Settings {
  std::string database;
  std::string group_by;  // file
  std::string export_folder;
  Province::Size size;
  int changes = 100'000;
  int calls = 300;
};

double MillisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Times of one kind of call.
class Times {
 public:
  void Measure(const std::function<void()>& call) {
    const auto begin = Clock::now();
    call();
    milliseconds_.push_back(MillisecondsSince(begin));
  }
  double Percentile(int percent) {
    std::sort(milliseconds_.begin(), milliseconds_.end());
    return milliseconds_[(milliseconds_.size() - 1) * percent / 100];
  }
  double Median() { return Percentile(50); }

 private:
  std::vector<double> milliseconds_;
};

void Check(bool held, const std::string& what) {
  if (!held) throw std::runtime_error(what);
}

// Gives the messages of a feed to the store, from their bytes on, the way the projector does it:
// one thread reads while the other writes. Messages are made before the clock runs.
class Feeding {
 public:
  explicit Feeding(FigureStore& store) : store_(store) {}

  void Add(const std::vector<plans::v1::Change>& changes) {
    for (const auto& change : changes) {
      counted_ += change.has_occurrence();
      *message_.add_changes() = change;
      if (message_.changes_size() == kMessage) Close();
    }
    if (waiting_.size() >= kMostWaiting) Send();
  }

  // Everything that was added.
  void Send() {
    Close();
    if (waiting_.empty()) return;
    const auto begin = Clock::now();
    BatchQueue batches(kMostFacts);
    std::thread reader([&] { batches.End(Read(batches)); });
    while (const auto batch = batches.Take()) {
      Check(store_.Apply(*batch).has_value(), "a batch cannot be applied");
    }
    reader.join();
    Check(batches.end().has_value(), "a message cannot be read");
    seconds_ += MillisecondsSince(begin) / 1000;
    waiting_.clear();
  }

  void StartClock() { changes_ = counted_ = 0, seconds_ = 0; }
  double ChangesPerSecond() const { return changes_ / seconds_; }
  double OccurrencesPerSecond() const { return counted_ / seconds_; }

 private:
  static constexpr std::size_t kMostWaiting = 200;  // messages
  static constexpr std::size_t kMostFacts = 10000;  // as in the projector

  void Close() {
    if (message_.changes_size() == 0) return;
    changes_ += message_.changes_size();
    message_.set_resume_token(std::to_string(++messages_));
    waiting_.push_back(message_.SerializeAsString());
    message_.Clear();
  }

  Result<void> Read(BatchQueue& batches) {
    for (const auto& bytes : waiting_) {
      plans::v1::WatchResponse received;
      Check(received.ParseFromString(bytes), "a message cannot be read");
      for (const auto& part : SplitByDay(std::move(received))) {
        auto batch = ReadBatch(token_, part);
        if (!batch) return Fail(batch.error());
        token_ = batch->resume_token;
        batches.Put(*std::move(batch));
      }
    }
    return {};
  }

  FigureStore& store_;
  plans::v1::WatchResponse message_;
  std::vector<std::string> waiting_;
  std::string token_;
  int messages_ = 0;
  double changes_ = 0;
  double counted_ = 0;  // occurrences
  double seconds_ = 0;
};

// How long a change takes from the moment at which the feed brings it until its batch is committed,
// when every query that begins sees it.
class Freshness {
 public:
  explicit Freshness(FigureStore& store) : store_(store) {}

  // Brings `changes` of them, so many a second; the 99th percentile in milliseconds.
  double Measure(Province& province, int changes, int per_second, std::int64_t moment) {
    BatchQueue batches(10000);
    const auto token = store_.ReadPosition()->resume_token;
    std::thread feed([&] {
      Feed(province, changes, per_second, moment, token, batches);
      batches.End({});
    });
    while (const auto batch = batches.Take()) {
      Check(store_.Apply(*batch).has_value(), "a batch cannot be applied");
      const auto now = Clock::now();
      std::lock_guard lock(mutex_);
      for (const auto& [brought, number] : brought_) {
        if (number > std::stoi(batch->resume_token.substr(6))) break;
        milliseconds_.push_back(std::chrono::duration<double, std::milli>(now - brought).count());
      }
      brought_.erase(brought_.begin(), brought_.begin() + static_cast<std::ptrdiff_t>(
                                                              milliseconds_.size() - counted_));
      counted_ = milliseconds_.size();
    }
    feed.join();
    std::sort(milliseconds_.begin(), milliseconds_.end());
    return milliseconds_[(milliseconds_.size() - 1) * 99 / 100];
  }

 private:
  static constexpr int kAtOnce = 10;  // changes in a message

  void Feed(Province& province, int changes, int per_second, std::int64_t moment, std::string token,
            BatchQueue& batches) {
    const auto begin = Clock::now();
    for (int number = 1; number <= changes / kAtOnce; ++number) {
      std::this_thread::sleep_until(
          begin +
          std::chrono::microseconds(std::int64_t{1'000'000} * kAtOnce * number / per_second));
      plans::v1::WatchResponse message;
      for (int i = 0; i < kAtOnce; ++i) *message.add_changes() = province.Next();
      for (auto& change : *message.mutable_changes()) {
        change.mutable_change_time()->set_seconds(moment);
      }
      message.set_resume_token("fresh " + std::to_string(number));
      {
        std::lock_guard lock(mutex_);
        brought_.push_back({Clock::now(), number});
      }
      auto batch = ReadBatch(token, message);
      Check(batch.has_value(), "a message cannot be read");
      token = batch->resume_token;
      batches.Put(*std::move(batch));
    }
  }

  FigureStore& store_;
  std::mutex mutex_;
  std::vector<std::pair<Clock::time_point, int>> brought_;  // messages that are on their way
  std::size_t counted_ = 0;
  std::vector<double> milliseconds_;
};

class Bench {
 public:
  explicit Bench(const Settings& settings)
      : settings_(settings),
        province_(settings.size),
        store_({.conninfo = settings.database, .connections = 1}),
        service_(store_, kRules2026, [] {
          return std::chrono::system_clock::time_point(
              std::chrono::seconds(kFirstDay + std::int64_t{kDays} * 86400));
        }) {}

  nlohmann::json Run() {
    Feeding feeding(store_);
    nlohmann::json measured;
    measured["rebuild_per_s"] = Load(feeding);
    measured["apply_per_s"] = Change(feeding);
    measured["fresh_p99_ms"] =
        Freshness(store_).Measure(province_, 5000, 1000, kFirstDay + std::int64_t{kDays} * 86400);
    pqxx::connection connection(settings_.database);
    pqxx::nontransaction(connection).exec("vacuum analyze");
    MeasureOverviews(measured);
    measured["explain_ms"] = MeasureMembers();
    const double group_by = MeasureGroupBy(connection);
    measured["group_by_ms"] = group_by;
    measured["vs_group_by"] = group_by / measured["overview_ms"].get<double>();
    if (!settings_.export_folder.empty()) Export(connection);
    return measured;
  }

 private:
  double Load(Feeding& feeding) {
    std::vector<plans::v1::Change> directory = province_.Directory();
    Stamp(directory, 0);
    feeding.Add(directory);
    feeding.Send();
    feeding.StartClock();
    for (int year = Province::kNewestYear - province_.years() + 1; year <= Province::kNewestYear;
         ++year) {
      for (int index = 0; index < province_.counties(); ++index) {
        auto changes = province_.Plan(Province::County(index), year);
        Stamp(changes, 0);
        feeding.Add(changes);
      }
    }
    feeding.Send();
    const double rate = feeding.OccurrencesPerSecond();
    for (int index = 0; index < province_.counties(); ++index) {
      auto changes = province_.Policies(Province::County(index), Province::kNewestYear);
      Stamp(changes, 0);
      feeding.Add(changes);
    }
    feeding.Send();
    return rate;
  }

  double Change(Feeding& feeding) {
    feeding.StartClock();
    for (int i = 0; i < settings_.changes; ++i) {
      std::vector<plans::v1::Change> changes = {province_.Next()};
      const auto day = 1 + static_cast<int>(std::int64_t{i} * kDays / settings_.changes);
      Stamp(changes, day);
      changes.front().set_resume_token("day-" + std::to_string(i));
      feeding.Add(changes);
    }
    feeding.Send();
    return feeding.ChangesPerSecond();
  }

  static void Stamp(std::vector<plans::v1::Change>& changes, int day) {
    for (auto& change : changes) {
      change.mutable_change_time()->set_seconds(kFirstDay + std::int64_t{day} * 86400 + 3600);
    }
  }

  v1::GetOverviewRequest ByCounty() const {
    v1::GetOverviewRequest request;
    request.set_name("divisions/" + std::to_string(Province::kDivision));
    request.set_year(Province::kNewestYear);
    request.set_group_by(v1::GetOverviewRequest::COUNTY);
    return request;
  }

  int AnyCounty() {
    return Province::County(
        std::uniform_int_distribution<int>(0, province_.counties() - 1)(random_));
  }

  void Ask(const v1::GetOverviewRequest& request) {
    const auto overview = service_.GetOverview(request);
    Check(overview && overview->total().completion().denominator() > 0, "an overview is empty");
  }

  void MeasureOverviews(nlohmann::json& measured) {
    Times now, then, by_unit;
    for (int i = -20; i < settings_.calls; ++i) {
      auto earlier = ByCounty();
      const auto day = std::uniform_int_distribution<int>(0, kDays - 1)(random_);
      earlier.set_known_date(FormatDate(ShanghaiDate(std::chrono::system_clock::time_point(
          std::chrono::seconds(kFirstDay + std::int64_t{day} * 86400)))));
      auto county = ByCounty();
      county.set_name("divisions/" + std::to_string(AnyCounty()));
      county.set_group_by(v1::GetOverviewRequest::UNIT);
      if (i < 0) {
        Ask(ByCounty());
        Ask(earlier);
        Ask(county);
        continue;
      }
      now.Measure([&] { Ask(ByCounty()); });
      then.Measure([&] { Ask(earlier); });
      by_unit.Measure([&] { Ask(county); });
    }
    measured["overview_ms"] = now.Median();
    measured["overview_p99_ms"] = now.Percentile(99);
    measured["overview_by_unit_p99_ms"] = by_unit.Percentile(99);
    measured["as_of_ratio"] = then.Median() / now.Median();
  }

  double MeasureMembers() {
    Times times;
    constexpr const char* kFigures[] = {"completion", "overdue_not_done", "claim", "forms"};
    for (int i = 0; i < settings_.calls; ++i) {
      v1::ListFigureMembersRequest request;
      request.set_parent("divisions/" + std::to_string(AnyCounty()));
      request.set_year(Province::kNewestYear);
      request.set_figure(kFigures[i % std::size(kFigures)]);
      if (i % 2 == 0) request.set_part(v1::FigureMember::NUMERATOR);
      times.Measure([&] { Check(service_.ListFigureMembers(request).has_value(), "no members"); });
    }
    return times.Percentile(99);
  }

  double MeasureGroupBy(pqxx::connection& connection) {
    std::ifstream file(settings_.group_by);
    std::stringstream sql;
    sql << file.rdbuf();
    connection.prepare("group_by", sql.str());
    Times times;
    pqxx::nontransaction transaction(connection);
    for (int i = 0; i < 5; ++i) {
      times.Measure([&] {
        Check(!transaction.exec_prepared("group_by", Province::kNewestYear, "2026-08-28").empty(),
              "the peer counted nothing");
      });
    }
    return times.Median();
  }

  void Export(pqxx::connection& connection) {
    for (const std::string table : {"occurrence", "assignment", "plan"}) {
      std::ofstream file(settings_.export_folder + "/" + table + ".csv");
      pqxx::work transaction(connection);
      transaction.exec("declare c cursor for select * from " + table +
                       " where known_to = 'infinity'");
      for (bool header = true;;) {
        const auto rows = transaction.exec("fetch 50000 from c");
        for (pqxx::row::size_type i = 0; header && i < rows.columns(); ++i) {
          file << (i > 0 ? "," : "") << rows.column_name(i);
        }
        if (std::exchange(header, false)) file << "\n";
        for (const auto& row : rows) {
          for (pqxx::row::size_type i = 0; i < row.size(); ++i) {
            file << (i > 0 ? "," : "") << (row[i].is_null() ? "" : row[i].c_str());
          }
          file << "\n";
        }
        if (rows.empty()) break;
      }
    }
  }

  const Settings settings_;
  Province province_;
  PostgresFigureStore store_;
  FiguresService service_;
  std::mt19937 random_{11};
};

}  // namespace
}  // namespace gongkai::bench

int main(int argc, char** argv) {
  gongkai::bench::Settings settings;
  CLI::App app("Measures the figures of a made-up province.", "gongkai-bench-reporting");
  app.add_option("--database", settings.database, "Connection string of an empty database")
      ->required();
  app.add_option("--group-by", settings.group_by, "File with the peer's statement")->required();
  app.add_option("--export", settings.export_folder, "Folder for the current rows as CSV");
  app.add_option("--counties", settings.size.counties)->check(CLI::Range(1, 160));
  app.add_option("--years", settings.size.years)->check(CLI::Range(1, 50));
  app.add_option("--changes", settings.changes)->check(CLI::Range(1000, 100'000'000));
  app.add_option("--calls", settings.calls)->check(CLI::Range(10, 100'000));
  CLI11_PARSE(app, argc, argv);
  const auto migrated = gongkai::postgres::Migrate(settings.database, gongkai::reporting::kSchema);
  if (!migrated) {
    std::cerr << migrated.error().message << "\n";
    return 1;
  }
  std::cout << gongkai::bench::Bench(settings).Run().dump() << "\n";
}
