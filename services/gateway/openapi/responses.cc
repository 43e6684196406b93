#include "services/gateway/openapi/responses.h"

#include <string_view>
#include <utility>

namespace gongkai::gateway {
namespace {

using Json = nlohmann::ordered_json;

struct ErrorStatus {
  const char* status;
  const char* name;
  const char* description;
  int code;             // of the example
  const char* reason;   // of the example
  const char* message;  // of the example
  bool with_body_only = false;
};

constexpr ErrorStatus kErrors[] = {
    {"400", "BadRequest",
     "INVALID_ARGUMENT, FAILED_PRECONDITION or OUT_OF_RANGE: the request is at fault. BadRequest "
     "in "
     "`details` names each place and the remedy.",
     3, "INVALID_ARGUMENT", "pageSize: expected an integer, found \"many\""},
    {"401", "Unauthenticated", "UNAUTHENTICATED: who calls is not known.", 16, "UNAUTHENTICATED",
     "the token is missing or has expired"},
    {"403", "PermissionDenied", "PERMISSION_DENIED: the caller may not do this.", 7,
     "PERMISSION_DENIED", "the caller may not do this"},
    {"404", "NotFound", "NOT_FOUND: there is no such resource or address.", 5, "NOT_FOUND",
     "no such resource"},
    {"408", "RequestTimeout", "The request took too long to arrive.", 4, "REQUEST_TIMEOUT",
     "the request took too long to arrive"},
    {"409", "Conflict",
     "ALREADY_EXISTS, or ABORTED: the etag is not the present one, or another request was faster.",
     10, "ETAG_MISMATCH", "the resource was changed meanwhile"},
    {"413", "BodyTooLarge", "The body is larger than the gateway takes.", 3, "BODY_TOO_LARGE",
     "the body is larger than 16777216 bytes", true},
    {"415", "UnsupportedMediaType", "The body is not of the type that this route takes.", 3,
     "UNSUPPORTED_MEDIA_TYPE",
     "the body must be JSON in UTF-8 with Content-Type: application/json, not text/plain", true},
    {"417", "ExpectationFailed", "Expect is other than 100-continue.", 3, "EXPECTATION_FAILED",
     "Expect must be 100-continue"},
    {"429", "TooManyRequests",
     "RESOURCE_EXHAUSTED: too much at once. Retry-After says when to try again, where it is known.",
     8, "OVERLOADED", "too many calls are waiting; try again in a moment"},
    {"431", "HeaderTooLarge", "The header is larger than the gateway takes.", 3, "HEADER_TOO_LARGE",
     "the header is larger than 16384 bytes"},
    {"499", "Cancelled", "CANCELLED: the call was given up.", 1, "CANCELLED",
     "the caller has left"},
    {"500", "InternalError", "INTERNAL, UNKNOWN or DATA_LOSS: the service is at fault.", 13,
     "INTERNAL", "internal error"},
    {"501", "NotImplemented", "UNIMPLEMENTED: the service does not offer this.", 12,
     "UNIMPLEMENTED", "not offered"},
    {"503", "Unavailable",
     "UNAVAILABLE: the service cannot be reached, or stops. The same request may be sent again.",
     14, "UPSTREAM_UNAVAILABLE", "the service cannot be reached; try again"},
    {"504", "DeadlineExceeded", "DEADLINE_EXCEEDED: the service took longer than allowed.", 4,
     "DEADLINE_EXCEEDED", "Deadline Exceeded"},
};

Json ErrorResponse(const ErrorStatus& error) {
  const Json example = {
      {"code", error.code},
      {"message", error.message},
      {"details", Json::array({{{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
                                {"reason", error.reason}}})}};
  Json response = {{"description", error.description},
                   {"headers", {{"X-Trace-Id", {{"$ref", "#/components/headers/X-Trace-Id"}}}}},
                   {"content",
                    {{"application/json",
                      {{"schema", {{"$ref", "#/components/schemas/google.rpc.Status"}}},
                       {"example", example}}}}}};
  if (std::string_view(error.status) == "429" || std::string_view(error.status) == "503") {
    response["headers"]["Retry-After"] = {{"$ref", "#/components/headers/Retry-After"}};
  }
  return response;
}

Json StatusSchema() {
  const Json detail = {
      {"type", "object"},
      {"description",
       "A message of the type that `@type` names: ErrorInfo (reason, domain, metadata), BadRequest "
       "(fieldViolations), LocalizedMessage (the message in a language of Accept-Language), "
       "RetryInfo and others of google.rpc."},
      {"required", {"@type"}},
      {"properties", {{"@type", {{"type", "string"}}}}},
      {"additionalProperties", true}};
  return {{"type", "object"},
          {"description", "The one shape of all errors."},
          {"required", {"code", "message", "details"}},
          {"properties",
           {{"code",
             {{"type", "integer"},
              {"format", "int32"},
              {"minimum", 0},
              {"description", "The number of google.rpc.Code."}}},
            {"message", {{"type", "string"}, {"description", "For developers, in English."}}},
            {"details", {{"type", "array"}, {"items", detail}}}}},
          {"additionalProperties", false}};
}

Json HeaderParameter(const char* name, const char* description, Json schema, Json example) {
  return {{"name", name},
          {"in", "header"},
          {"description", description},
          {"schema", std::move(schema)},
          {"example", std::move(example)}};
}

Json RequestHeader(const std::string& name) {
  if (name == "If-Match") {
    return HeaderParameter("If-Match",
                           "The etag that the resource must still have, else ABORTED (409).",
                           {{"type", "string"}}, "\"v7\"");
  }
  if (name == "If-None-Match") {
    return HeaderParameter("If-None-Match",
                           "The ETag of an earlier answer: 304 if it is still the same.",
                           {{"type", "string"}}, "\"v7\"");
  }
  if (name == "Idempotency-Key") {
    return HeaderParameter(
        "Idempotency-Key",
        "The field `requestId`: the same request again returns the first answer.",
        {{"type", "string"}}, "5b1c7a52-3f0e-4c39-9d0a-6d1b9a3c1f77");
  }
  if (name == "Grpc-Timeout") {
    return HeaderParameter(
        "Grpc-Timeout",
        "How long the call may take: up to 8 digits and a unit of H, M, S, m, u or n.",
        {{"type", "string"}, {"pattern", "^[0-9]{1,8}[HMSmun]$"}}, "10S");
  }
  return HeaderParameter("Accept-Language",
                         "In which language errors have their message for users.",
                         {{"type", "string"}}, "zh-CN, en;q=0.5");
}

Json ResponseHeader(const std::string& name) {
  if (name == "ETag") {
    return {{"description", "The version of the answer, for If-None-Match and If-Match."},
            {"schema", {{"type", "string"}}}};
  }
  if (name == "Retry-After") {
    return {{"description", "After how many seconds to try again."},
            {"schema", {{"type", "string"}, {"pattern", "^[0-9]+$"}}}};
  }
  return {{"description", "Under which id traces and logs have the request."},
          {"schema", {{"type", "string"}, {"pattern", "^[0-9a-f]{32}$"}}}};
}

void Put(Json& components, const char* kind, std::map<std::string, Json>& parts) {
  if (parts.empty()) return;
  Json& place = components[kind] = Json::object();
  for (auto& [name, part] : parts) place[name] = std::move(part);
}

}  // namespace

void SharedParts::AddErrors(Json& responses, bool takes_body) {
  for (const auto& error : kErrors) {
    if (error.with_body_only && !takes_body) continue;
    if (responses_.try_emplace(error.name).second) responses_[error.name] = ErrorResponse(error);
    responses[error.status] = {{"$ref", std::string("#/components/responses/") + error.name}};
  }
  AnswerHeader("X-Trace-Id");
  AnswerHeader("Retry-After");
}

Json SharedParts::Header(const std::string& name) {
  const auto [place, added] = parameters_.try_emplace(name);
  if (added) place->second = RequestHeader(name);
  return {{"$ref", "#/components/parameters/" + name}};
}

Json SharedParts::AnswerHeader(const std::string& name) {
  const auto [place, added] = headers_.try_emplace(name);
  if (added) place->second = ResponseHeader(name);
  return {{"$ref", "#/components/headers/" + name}};
}

void SharedParts::MoveInto(Json& components) {
  components["schemas"]["google.rpc.Status"] = StatusSchema();
  Put(components, "parameters", parameters_);
  Put(components, "headers", headers_);
  Put(components, "responses", responses_);
}

}  // namespace gongkai::gateway
