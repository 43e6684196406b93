// The lists of supervision; see list_sources.h.
#pragma once

#include "services/plans/list/list_statement.h"

namespace gongkai::plans {

extern const list::Source kDueReminderList;
extern const list::Source kReminderList;
extern const list::Source kSupervisionOrderList;
extern const list::Source kInstructionList;
extern const list::Source kCommentList;
extern const list::Source kWebhookList;
extern const list::Source kWebhookDeliveryList;

}  // namespace gongkai::plans
