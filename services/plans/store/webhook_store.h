// Webhooks and what is on its way to them, as their owners see it.
#pragma once

#include <string>
#include <vector>

#include "services/plans/domain/supervision_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewWebhook {
  std::string display_name;
  std::string url;
  std::vector<std::string> kinds;  // fields of the feed's oneof; empty for all
  std::string digest;              // the label of the contract's enum
};

// A delivery's place in the feed, as names have it: `8123-77`.
struct DeliveryPlace {
  std::string txid;
  std::string seq;
};

// Thread-safe.
class WebhookStore {
 public:
  virtual ~WebhookStore() = default;

  // NOT_FOUND for a division that does not exist.
  virtual Result<Document> CreateWebhook(const WriteContext& context, DivisionCode division,
                                         const NewWebhook& webhook) = 0;
  virtual Result<Document> GetWebhook(const WebhookKey& webhook) = 0;
  // Which of its secrets holds, from 1.
  virtual Result<int> GetSecretVersion(const WebhookKey& webhook) = 0;
  virtual Result<Page> ListWebhooks(DivisionCode division, const ListQuery& query) = 0;
  // Both FAILED_PRECONDITION with reason WEBHOOK_DELETED.
  virtual Result<Document> DeleteWebhook(const WriteContext& context, const WebhookKey& webhook,
                                         ExpectedRevision expected) = 0;
  virtual Result<Document> RotateSecret(const WriteContext& context, const WebhookKey& webhook,
                                        ExpectedRevision expected) = 0;
  virtual Result<Page> ListDeliveries(const WebhookKey& webhook, const ListQuery& query) = 0;
  // A RedeliverWebhookResponse. All that were given up where `places` is empty.
  virtual Result<Document> Redeliver(const WriteContext& context, const WebhookKey& webhook,
                                     const std::vector<DeliveryPlace>& places) = 0;
};

}  // namespace gongkai::plans
