#include "services/plans/feed/change_signal.h"

#include <chrono>
#include <memory>
#include <pqxx/pqxx>

#include "services/common/log/log.h"
#include "services/common/postgres/session.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;

constexpr char kChannel[] = "gongkai_change";
constexpr auto kTick = 25ms;
constexpr auto kPauseAfterSend = 5ms;
constexpr auto kPauseAfterFault = 500ms;

class Receiver : public pqxx::notification_receiver {
 public:
  Receiver(pqxx::connection_base& connection, const std::function<void()>& changed)
      : pqxx::notification_receiver(connection, kChannel), changed_(changed) {}

  void operator()(const std::string&, int) override { changed_(); }

 private:
  const std::function<void()>& changed_;
};

}  // namespace

ChangeSignal::ChangeSignal(std::string complete_conninfo, Listener listener)
    : conninfo_(std::move(complete_conninfo)),
      listener_(std::move(listener)),
      sender_([this] { Send(); }),
      hearer_([this] { Hear(); }) {}

ChangeSignal::~ChangeSignal() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  committed_.notify_all();
  sender_.join();
  hearer_.join();
}

void ChangeSignal::Committed() {
  {
    std::lock_guard lock(mutex_);
    pending_ = true;
  }
  committed_.notify_one();
}

void ChangeSignal::Send() {
  std::unique_ptr<postgres::Connection> connection;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    committed_.wait(lock, [this] { return pending_ || stopping_; });
    if (stopping_) return;
    pending_ = false;
    lock.unlock();
    auto pause = std::chrono::milliseconds(kPauseAfterSend);
    try {
      if (!connection) connection = std::make_unique<postgres::Connection>(conninfo_);
      pqxx::nontransaction(connection->raw()).exec(std::string("notify ") + kChannel);
    } catch (const std::exception& exception) {
      log::Warning("cannot send the change signal", {{"what", exception.what()}});
      connection.reset();
      pause = kPauseAfterFault;
    }
    lock.lock();
    committed_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

void ChangeSignal::Hear() {
  std::unique_ptr<postgres::Connection> connection;
  std::unique_ptr<Receiver> receiver;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      if (!connection) {
        connection = std::make_unique<postgres::Connection>(conninfo_);
        receiver = std::make_unique<Receiver>(connection->raw(), listener_.changed);
      }
      connection->raw().await_notification(0, std::chrono::microseconds(kTick).count());
    } catch (const std::exception& exception) {
      log::Warning("cannot hear the change signal", {{"what", exception.what()}});
      receiver.reset();
      connection.reset();
      lock.lock();
      committed_.wait_for(lock, kPauseAfterFault, [this] { return stopping_; });
      lock.unlock();
    }
    listener_.tick();
    lock.lock();
  }
}

}  // namespace gongkai::plans
