// gongkai.plans.v1.Reminders.
#pragma once

#include <functional>

#include "gongkai/plans/v1/reminders.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/reminder_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The store must outlive the service.
class RemindersService {
 public:
  RemindersService(ReminderStore& store, std::function<CivilDate()> today)
      : store_(store), today_(std::move(today)) {}

  Result<v1::ListDueRemindersResponse> ListDueReminders(const rpc::Caller&,
                                                        const v1::ListDueRemindersRequest&);
  Result<v1::ReminderRules> GetReminderRules(const rpc::Caller&,
                                             const v1::GetReminderRulesRequest&);
  Result<v1::ReminderRules> UpdateReminderRules(const rpc::Caller&,
                                                const v1::UpdateReminderRulesRequest&);
  Result<v1::RecordRemindersResponse> RecordReminders(const rpc::Caller&,
                                                      const v1::RecordRemindersRequest&);
  Result<v1::Reminder> GetReminder(const rpc::Caller&, const v1::GetReminderRequest&);
  Result<v1::ListRemindersResponse> ListReminders(const rpc::Caller&,
                                                  const v1::ListRemindersRequest&);

  // What WatchDueReminders reads.
  ReminderStore& store() { return store_; }
  CivilDate Today() const { return today_(); }

 private:
  // The rules that hold for the division.
  Result<v1::ReminderRules> RulesOf(DivisionCode division);

  ReminderStore& store_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
