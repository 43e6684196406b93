// gongkai.plans.v1.Webhooks.
#pragma once

#include <string>

#include "gongkai/plans/v1/webhooks.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/webhook_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The store must outlive the service.
class WebhooksService {
 public:
  // `key`: of which every secret is made; empty: none can be created.
  WebhooksService(WebhookStore& store, std::string key) : store_(store), key_(std::move(key)) {}

  Result<v1::Webhook> CreateWebhook(const rpc::Caller&, const v1::CreateWebhookRequest&);
  Result<v1::Webhook> GetWebhook(const rpc::Caller&, const v1::GetWebhookRequest&);
  Result<v1::ListWebhooksResponse> ListWebhooks(const rpc::Caller&, const v1::ListWebhooksRequest&);
  Result<v1::Webhook> DeleteWebhook(const rpc::Caller&, const v1::DeleteWebhookRequest&);
  Result<v1::Webhook> RotateWebhookSecret(const rpc::Caller&,
                                          const v1::RotateWebhookSecretRequest&);
  Result<v1::ListWebhookDeliveriesResponse> ListWebhookDeliveries(
      const rpc::Caller&, const v1::ListWebhookDeliveriesRequest&);
  Result<v1::RedeliverWebhookResponse> RedeliverWebhook(const rpc::Caller&,
                                                        const v1::RedeliverWebhookRequest&);

 private:
  // The webhook of a write with the secret that holds now; without it where nothing was written.
  Result<v1::Webhook> WithSecret(const WriteContext& context, const Result<Document>& document);

  WebhookStore& store_;
  const std::string key_;
};

}  // namespace gongkai::plans
