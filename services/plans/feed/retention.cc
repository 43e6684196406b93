#include "services/plans/feed/retention.h"

#include "services/common/log/log.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;

constexpr int kBatch = 5000;
constexpr int kFileBatch = 50;  // of many chunks each
constexpr auto kRest = 200ms;
constexpr auto kPause = 10min;

// A failure is logged where it happens; the next round tries again.
bool WasFull(const Result<int>& deleted, int batch) { return deleted && *deleted == batch; }

}  // namespace

Retention::Retention(RetentionStore& store, const Rules& rules)
    : store_(store), rules_(rules), thread_([this] { Run(); }) {}

Retention::~Retention() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void Retention::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const bool more = DeleteBatch();
    lock.lock();
    stop_.wait_for(lock, more ? std::chrono::milliseconds(kRest) : kPause,
                   [this] { return stopping_; });
  }
}

bool Retention::DeleteBatch() {
  const auto changes = store_.DeleteChanges(rules_.changes, kBatch);
  const auto answers = store_.DeleteAnswers(rules_.answers, kBatch);
  const auto files = store_.DeleteUnusedEvidence(rules_.unused_evidence, kFileBatch);
  const int deleted = changes.value_or(0) + answers.value_or(0) + files.value_or(0);
  if (deleted > 0) {
    log::Info("deleted for age", {{"changes", changes.value_or(0)},
                                  {"answers", answers.value_or(0)},
                                  {"evidence_files", files.value_or(0)}});
  }
  return WasFull(changes, kBatch) || WasFull(answers, kBatch) || WasFull(files, kFileBatch);
}

}  // namespace gongkai::plans
