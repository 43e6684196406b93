// The stores of supervision on PostgreSQL; see stores.h.
#pragma once

#include <memory>

#include "services/plans/store/comment_store.h"
#include "services/plans/store/instruction_store.h"
#include "services/plans/store/postgres/access.h"
#include "services/plans/store/reminder_store.h"
#include "services/plans/store/supervision_order_store.h"
#include "services/plans/store/webhook_store.h"

namespace gongkai::plans {

// `access` must outlive the store.
std::unique_ptr<ReminderStore> MakeReminderStore(Access& access);
std::unique_ptr<SupervisionOrderStore> MakeSupervisionOrderStore(Access& access);
std::unique_ptr<InstructionStore> MakeInstructionStore(Access& access);
std::unique_ptr<CommentStore> MakeCommentStore(Access& access);
std::unique_ptr<WebhookStore> MakeWebhookStore(Access& access);

}  // namespace gongkai::plans
