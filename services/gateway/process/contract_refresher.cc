#include "services/gateway/process/contract_refresher.h"

#include <set>
#include <utility>

#include "services/common/log/log.h"
#include "services/common/transcoding/wire_format.h"
#include "services/gateway/descriptors/descriptor_set.h"
#include "services/gateway/upstream/reflection.h"

namespace gongkai::gateway {
namespace {

// Between two refreshes, whatever asks for one, and before the first one is tried again.
constexpr auto kPause = std::chrono::seconds(1);

// Upstreams that share files tell them both: the first stands.
class Union {
 public:
  void Add(std::string_view set) {
    WireCursor files(set);
    while (const auto file = files.Next()) {
      if (names_.insert(NameOf(file->bytes)).second) set_ += file->raw;
    }
  }
  std::string Take() { return std::move(set_); }

 private:
  static std::string NameOf(std::string_view file) {
    WireCursor cursor(file);
    while (const auto record = cursor.Next()) {
      if (record->number == 1) return std::string(record->bytes);
    }
    return "";
  }

  std::set<std::string> names_;
  std::string set_;
};

std::string TextOf(const Error& error) {
  std::string text = error.message;
  for (const auto& violation : error.violations) {
    text += "; " + violation.field + ": " + violation.description;
  }
  return text;
}

}  // namespace

ContractRefresher::ContractRefresher(UpstreamsByName upstreams, std::chrono::seconds interval,
                                     CurrentContract& contract)
    : upstreams_(std::move(upstreams)),
      interval_(interval),
      contract_(contract),
      thread_([this] { Run(); }) {}

ContractRefresher::~ContractRefresher() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void ContractRefresher::Hasten() {
  {
    std::lock_guard lock(mutex_);
    hastened_ = true;
  }
  woken_.notify_all();
}

void ContractRefresher::Run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    hastened_ = false;
    lock.unlock();
    Refresh();
    lock.lock();
    woken_.wait_for(lock, kPause, [this] { return stopped_; });
    const auto rest = known_.empty() ? std::chrono::seconds(0) : interval_ - kPause;
    woken_.wait_for(lock, rest, [this] { return stopped_ || hastened_; });
  }
}

Result<std::string> ContractRefresher::Descriptors() const {
  std::map<Upstream*, std::vector<std::string>> names_by_upstream;
  for (const auto& [name, upstream] : upstreams_) {
    names_by_upstream[upstream.get()].push_back(name);
  }
  Union all;
  // In the order of the names, not of addresses in memory: the first of two versions stands.
  for (const auto& [name, upstream] : upstreams_) {
    const auto names = names_by_upstream.extract(upstream.get());
    if (names.empty()) continue;
    const auto set = ReflectDescriptors(*upstream, names.mapped());
    if (!set) return Fail(set.error());
    all.Add(*set);
  }
  return all.Take();
}

void ContractRefresher::Refresh() {
  const auto refuse = [this](const Error& error) {
    const std::string why = TextOf(error);
    if (why != refused_) log::Warning("descriptors not taken", {{"cause", why}});
    refused_ = why;
  };
  const auto descriptors = Descriptors();
  if (!descriptors) return refuse(descriptors.error());
  if (*descriptors == known_) return;
  const auto set = DescriptorSet::Parse(*descriptors);
  if (!set) return refuse(set.error());
  auto contract = Contract::Make(**set, upstreams_);
  if (!contract) return refuse(contract.error());
  log::Info("descriptors taken", {{"methods", std::to_string((*contract)->methods().size())}});
  contract_.Replace(std::move(*contract));
  known_ = *descriptors;
  refused_.clear();
}

}  // namespace gongkai::gateway
