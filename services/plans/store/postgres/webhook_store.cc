#include "services/plans/store/webhook_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/supervision_lists.h"
#include "services/plans/store/postgres/supervision_stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLock{"lock_webhooks", "select lock_aggregate($1, 4)"};

constexpr Statement kFindDivision{"webhook_division", "select 1 from division where division = $1"};

constexpr Statement kInsertWebhook{"insert_webhook", R"sql(
  insert into webhook as w (division, webhook, display_name, url, kinds, digest)
  select $1, coalesce(max(b.webhook), 0) + 1, $2, $3, $4::text[], $5::webhook_digest
  from webhook b where b.division = $1
  returning resource(w)
)sql"};

constexpr Statement kGetWebhook{"get_webhook", R"sql(
  select resource(w), secret_version, revision, state from webhook w
  where (division, webhook) = ($1, $2)
)sql"};

constexpr Statement kDeleteWebhook{"delete_webhook", R"sql(
  with dropped as (
    delete from webhook_delivery where (division, webhook) = ($1, $2)
  )
  update webhook w set state = 'DELETED', revision = w.revision + 1
  where (division, webhook) = ($1, $2)
  returning resource(w)
)sql"};

constexpr Statement kRotate{"rotate_webhook_secret", R"sql(
  update webhook w set secret_version = w.secret_version + 1, revision = w.revision + 1
  where (division, webhook) = ($1, $2)
  returning resource(w)
)sql"};

constexpr Statement kRedeliver{"redeliver_webhook", R"sql(
  with again as (
    update webhook_delivery
    set state = 'WAITING', next_attempt_time = now(), wait_since = now()
    where (division, webhook) = ($1, $2) and state = 'GIVEN_UP'
      and ($3::text[] is null or txid::text || '-' || seq = any($3::text[]))
    returning 1
  )
  select json_build_object('redelivered_count', count(*)) from again
)sql"};

Error WebhookDeleted(const std::string& name) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "WEBHOOK_DELETED",
          .message = name + " was deleted: create another one",
          .message_zh = "该推送订阅已删除，请重新创建",
          .metadata = {{"resource", name}}};
}

class PostgresWebhookStore : public WebhookStore {
 public:
  explicit PostgresWebhookStore(Access& access) : access_(access) {}

  Result<Document> CreateWebhook(const WriteContext& context, DivisionCode division,
                                 const NewWebhook& webhook) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      const auto name = FormatName(division);
      if (session.Execute(kFindDivision, division.value).empty()) return Fail(NotFound(name));
      return OneDocument(session.Execute(kInsertWebhook, division.value, webhook.display_name,
                                         webhook.url, ArrayLiteral(webhook.kinds), webhook.digest),
                         name);
    });
  }

  Result<Document> GetWebhook(const WebhookKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetWebhook, key.division.value, key.webhook),
                         FormatName(key));
    });
  }

  Result<int> GetSecretVersion(const WebhookKey& key) override {
    return access_.Read([&](Session& session) -> Result<int> {
      const auto rows = session.Execute(kGetWebhook, key.division.value, key.webhook);
      if (rows.empty()) return Fail(NotFound(FormatName(key)));
      return rows[0][1].as<int>();
    });
  }

  Result<Page> ListWebhooks(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().Equal("w.division", division.value);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kWebhookList, scope, query); });
  }

  Result<Document> DeleteWebhook(const WriteContext& context, const WebhookKey& key,
                                 ExpectedRevision expected) override {
    return Change(context, key, expected, kDeleteWebhook);
  }

  Result<Document> RotateSecret(const WriteContext& context, const WebhookKey& key,
                                ExpectedRevision expected) override {
    return Change(context, key, expected, kRotate);
  }

  Result<Page> ListDeliveries(const WebhookKey& key, const ListQuery& query) override {
    const auto scope =
        list::Scope().Equal("d.division", key.division.value).Equal("d.webhook", key.webhook);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kWebhookDeliveryList, scope, query); });
  }

  Result<Document> Redeliver(const WriteContext& context, const WebhookKey& key,
                             const std::vector<DeliveryPlace>& places) override {
    std::vector<std::string> ids;
    for (const auto& place : places) ids.push_back(place.txid + "-" + place.seq);
    const auto named = ids.empty() ? std::nullopt : std::optional<std::string>(ArrayLiteral(ids));
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, key.division.value);
      if (auto found = Check(session, key, {}); !found) return Fail(found.error());
      return OneDocument(session.Execute(kRedeliver, key.division.value, key.webhook, named),
                         FormatName(key));
    });
  }

 private:
  // That there is such a webhook, at that revision, and that it was not deleted.
  static Result<void> Check(Session& session, const WebhookKey& key, ExpectedRevision expected) {
    const auto rows = session.Execute(kGetWebhook, key.division.value, key.webhook);
    const auto name = FormatName(key);
    if (auto found = CheckRevision(rows, 2, name, expected); !found) return Fail(found.error());
    if (std::string_view(rows[0][3].c_str()) == "DELETED") return Fail(WebhookDeleted(name));
    return {};
  }

  Result<Document> Change(const WriteContext& context, const WebhookKey& key,
                          ExpectedRevision expected, const Statement& statement) {
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, key.division.value);
      if (auto found = Check(session, key, expected); !found) return Fail(found.error());
      return OneDocument(session.Execute(statement, key.division.value, key.webhook),
                         FormatName(key));
    });
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<WebhookStore> MakeWebhookStore(Access& access) {
  return std::make_unique<PostgresWebhookStore>(access);
}

}  // namespace gongkai::plans
