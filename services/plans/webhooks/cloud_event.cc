#include "services/plans/webhooks/cloud_event.h"

#include <google/protobuf/util/json_util.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "services/plans/rpc/messages.h"

namespace gongkai::plans {

Result<CloudEvent> ToCloudEvent(const StoredChange& change) {
  v1::Change told;
  const auto* field = v1::Change::descriptor()->FindFieldByName(change.kind);
  if (!field || !field->containing_oneof()) {
    return Fail(Internal("a stored change is of no kind of the contract"));
  }
  auto* resource = told.GetReflection()->MutableMessage(&told, field);
  if (auto parsed = ParseDocument(change.resource, resource); !parsed) return Fail(parsed.error());
  std::string data;
  if (!google::protobuf::util::MessageToJsonString(*resource, &data).ok()) {
    return Fail(Internal("a stored change has no JSON"));
  }
  const auto subject = resource->GetReflection()->GetString(
      *resource, resource->GetDescriptor()->FindFieldByName("name"));
  const auto id =
      "v1." + std::to_string(change.position.txid) + "." + std::to_string(change.position.seq);
  auto event = nlohmann::ordered_json{
      {"specversion", "1.0"},
      {"id", id},
      {"source", "//gongkai.plans.v1/divisions/" + std::to_string(change.division)},
      {"type", "gongkai.plans.v1." + change.kind + ".changed"},
      {"subject", subject},
      {"time", change.change_time},
      {"actor", change.actor},
      {"datacontenttype", "application/json"}};
  auto body = event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  body.back() = ',';
  return CloudEvent{.subject = subject, .body = body + "\"data\":" + data + "}"};
}

}  // namespace gongkai::plans
