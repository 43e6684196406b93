#include "services/plans/rpc/webhooks_service.h"

#include <algorithm>
#include <cctype>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/supervision_forms.h"
#include "services/plans/webhooks/webhook_secret.h"

namespace gongkai::plans {
namespace {

constexpr char kWebhookForm[] = "divisions/{division}/webhooks/{webhook}";
constexpr int kMostDeliveries = 1000;

Error NotConfigured() {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "WEBHOOKS_NOT_CONFIGURED",
          .message =
              "this service has no key for webhooks: its operator must start it with "
              "--webhook-key-file",
          .message_zh = "系统未配置推送密钥，请联系运维人员"};
}

bool IsKind(const std::string& kind) {
  const auto* field = v1::Change::descriptor()->FindFieldByName(kind);
  return field && field->containing_oneof();
}

void CheckUrl(const std::string& url, RequestChecks& checks) {
  const std::string field = "webhook.url";
  checks.Length(url, field, 8, 2000);
  const auto scheme = url.find("://");
  const bool http = url.starts_with("https://") || url.starts_with("http://");
  checks.Require(http, field, "must start with https:// (http:// only to allowed addresses)");
  if (!http) return;
  const auto rest = url.substr(scheme + 3);
  const auto host = rest.substr(0, rest.find_first_of("/?"));
  checks.Require(!host.empty() && host[0] != ':', field, "must name a host");
  checks.Require(host.find('@') == std::string::npos, field,
                 "must not hold a user or a password: the signature tells who sends");
  const bool plain = std::all_of(url.begin(), url.end(), [](unsigned char c) {
    return std::isgraph(c) && c != '#' && c != '\\' && c != '"';
  });
  checks.Require(plain, field, "must be ASCII without spaces, quotes, backslashes or a fragment");
}

bool IsNumber(const std::string& text) {
  return !text.empty() && text.size() <= 20 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

// `divisions/1/webhooks/2/deliveries/8123-77` of that webhook.
std::optional<DeliveryPlace> ParseDelivery(const std::string& name, const WebhookKey& webhook) {
  const auto parent = FormatName(webhook) + "/deliveries/";
  if (!name.starts_with(parent)) return std::nullopt;
  const auto id = name.substr(parent.size());
  const auto dash = id.find('-');
  if (dash == std::string::npos) return std::nullopt;
  DeliveryPlace place{id.substr(0, dash), id.substr(dash + 1)};
  if (!IsNumber(place.txid) || !IsNumber(place.seq)) return std::nullopt;
  return place;
}

}  // namespace

Result<v1::Webhook> WebhooksService::WithSecret(const WriteContext& context,
                                                const Result<Document>& document) {
  auto webhook = ToMessage<v1::Webhook>(document);
  if (!webhook || context.validate_only) return webhook;
  const auto key = *ParseWebhookName(webhook->name());
  const auto version = store_.GetSecretVersion(key);
  if (!version) return Fail(version.error());
  webhook->set_secret(WebhookSecret(key_, key, *version));
  return webhook;
}

Result<v1::Webhook> WebhooksService::CreateWebhook(const rpc::Caller& caller,
                                                   const v1::CreateWebhookRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& webhook = request.webhook();
  RequestChecks checks;
  checks.Length(webhook.display_name(), "webhook.display_name", 1, 200);
  CheckUrl(webhook.url(), checks);
  for (int i = 0; i < webhook.kinds_size(); ++i) {
    checks.Require(IsKind(webhook.kinds(i)), "webhook.kinds[" + std::to_string(i) + "]",
                   "must be the name of a field of Change.resource");
  }
  const auto digest =
      webhook.digest() == v1::Webhook::DIGEST_UNSPECIFIED ? v1::Webhook::SHA256 : webhook.digest();
  checks.Require(v1::Webhook::Digest_IsValid(digest), "webhook.digest", "must be SHA256 or SM3");
  if (!checks.ok()) return Fail(checks.error());
  if (key_.empty()) return Fail(NotConfigured());
  return WithSecret(*context,
                    store_.CreateWebhook(*context, *division,
                                         {.display_name = webhook.display_name(),
                                          .url = webhook.url(),
                                          .kinds = {webhook.kinds().begin(), webhook.kinds().end()},
                                          .digest = v1::Webhook::Digest_Name(digest)}));
}

Result<v1::Webhook> WebhooksService::GetWebhook(const rpc::Caller&,
                                                const v1::GetWebhookRequest& request) {
  const auto key = ParseWebhookName(request.name());
  if (!key) return Fail(MalformedName("name", kWebhookForm));
  return ToMessage<v1::Webhook>(store_.GetWebhook(*key));
}

Result<v1::ListWebhooksResponse> WebhooksService::ListWebhooks(
    const rpc::Caller&, const v1::ListWebhooksRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListWebhooks(*division, *query),
                &v1::ListWebhooksResponse::mutable_webhooks);
}

Result<v1::Webhook> WebhooksService::DeleteWebhook(const rpc::Caller& caller,
                                                   const v1::DeleteWebhookRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseWebhookName, kWebhookForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Webhook>(store_.DeleteWebhook(start->context, start->key, start->expected));
}

Result<v1::Webhook> WebhooksService::RotateWebhookSecret(
    const rpc::Caller& caller, const v1::RotateWebhookSecretRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseWebhookName, kWebhookForm);
  if (!start) return Fail(start.error());
  if (key_.empty()) return Fail(NotConfigured());
  return WithSecret(start->context,
                    store_.RotateSecret(start->context, start->key, start->expected));
}

Result<v1::ListWebhookDeliveriesResponse> WebhooksService::ListWebhookDeliveries(
    const rpc::Caller&, const v1::ListWebhookDeliveriesRequest& request) {
  const auto key = ParseWebhookName(request.parent());
  if (!key) return Fail(MalformedName("parent", kWebhookForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListDeliveries(*key, *query),
                &v1::ListWebhookDeliveriesResponse::mutable_deliveries);
}

Result<v1::RedeliverWebhookResponse> WebhooksService::RedeliverWebhook(
    const rpc::Caller& caller, const v1::RedeliverWebhookRequest& request) {
  const auto key = ParseWebhookName(request.name());
  if (!key) return Fail(MalformedName("name", kWebhookForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Require(request.deliveries_size() <= kMostDeliveries, "deliveries",
                 "must have at most 1000 names");
  std::vector<DeliveryPlace> places;
  for (int i = 0; i < request.deliveries_size() && i < kMostDeliveries; ++i) {
    const auto place = ParseDelivery(request.deliveries(i), *key);
    checks.Require(place.has_value(), "deliveries[" + std::to_string(i) + "]",
                   "must be a delivery of the webhook");
    if (place) places.push_back(*place);
  }
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::RedeliverWebhookResponse>(store_.Redeliver(*context, *key, places));
}

}  // namespace gongkai::plans
