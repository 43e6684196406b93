#include "services/plans/domain/supervision_name.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

const TaskKey kTask{{{370124}, 202601}, 16};

TEST(SupervisionName, ReadsWhatItWrites) {
  const WorkKey assignment{{kTask, 17, UnitRole::kLead}, 0};
  const WorkKey occurrence{{kTask, 17, UnitRole::kLead}, 3};
  EXPECT_EQ(ParseWorkName(FormatName(assignment)), assignment);
  EXPECT_EQ(ParseWorkName(FormatName(occurrence)), occurrence);
  EXPECT_EQ(ParseTaskOf(FormatName(occurrence)), kTask);
  EXPECT_EQ(ParseTaskOf(FormatName(kTask)), kTask);
  EXPECT_EQ(FormatName(CommentKey{kTask, 5}), FormatName(kTask) + "/comments/5");
  EXPECT_EQ(ParseCommentName(FormatName(CommentKey{kTask, 5}))->comment, 5);
  EXPECT_EQ(ParseInstructionName(FormatName(InstructionKey{kTask, 2}))->task, kTask);
  EXPECT_EQ(ParseReminderName("divisions/370124/reminders/12")->reminder, 12);
  EXPECT_EQ(FormatName(SupervisionOrderKey{{370124}, 7}), "divisions/370124/supervisionOrders/7");
  EXPECT_EQ(FormatName(*ParseWebhookName("divisions/370100/webhooks/2")),
            "divisions/370100/webhooks/2");
}

TEST(SupervisionName, RefusesAnyOtherForm) {
  for (const char* name :
       {"", "reminders/1", "divisions/1/reminders", "divisions/1/reminders/", "divisions/1//1",
        "divisions/1/reminders/01", "divisions/1/reminders/-1", "divisions/1/xreminders/1",
        "divisions/1/reminders/1/", "divisions/1/orders/1", "divisions/1reminders/1"}) {
    EXPECT_FALSE(ParseReminderName(name)) << name;
  }
  EXPECT_FALSE(ParseWorkName("divisions/1/plans/1/tasks/1"));
  EXPECT_FALSE(ParseWorkName("divisions/1/plans/1/tasks/1/assignments/2-lead/occurrences/0"));
  EXPECT_FALSE(ParseTaskOf("divisions/1/plans/-/tasks/1"));
}

}  // namespace
}  // namespace gongkai::plans
