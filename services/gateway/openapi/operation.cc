#include "services/gateway/openapi/operation.h"

#include <google/protobuf/descriptor.pb.h>

#include <utility>

#include "services/gateway/descriptors/comment.h"
#include "services/gateway/descriptors/field_behavior.h"
#include "services/gateway/openapi/example.h"
#include "services/gateway/openapi/request_fields.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using Json = nlohmann::ordered_json;

constexpr char kJson[] = "application/json";
constexpr char kLines[] = "application/x-ndjson";
constexpr char kEvents[] = "text/event-stream";

bool IsHttpBody(const Descriptor* message) {
  return message && message->full_name() == "google.api.HttpBody";
}

// On one line; comments, which examples are taken from, may hold what is no UTF-8.
std::string LineOf(const Json& example) {
  return example.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// `GetBook` → `Get book`
std::string WordsOf(const std::string& name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    if (i > 0 && upper) words += ' ';
    words += upper && i > 0 ? static_cast<char>(name[i] + 32) : name[i];
  }
  return words;
}

class OperationBuilder {
 public:
  OperationBuilder(const MethodDescriptor& method, const HttpRule& rule, const PathText& path,
                   SchemaSet& schemas, SharedParts& parts)
      : method_(method),
        rule_(rule),
        path_(path),
        input_(*method.input_type()),
        schemas_(schemas),
        parts_(parts) {}

  Json Build(const OperationNames& names) {
    const std::string comment = CommentOf(method_);
    const std::string summary = FirstSentence(comment);
    Json operation = {{"operationId", names.id},
                      {"tags", Json::array({names.tag})},
                      {"summary", summary.empty() ? WordsOf(method_.name()) : summary}};
    if (comment != summary) operation["description"] = comment;
    operation["x-grpc-method"] = method_.service()->full_name() + '/' + method_.name();
    operation["parameters"] = Parameters();
    Json body = RequestBody();
    const bool takes_body = !body.is_null();
    if (takes_body) operation["requestBody"] = std::move(body);
    operation["responses"] = Responses(takes_body);
    if (method_.options().deprecated()) operation["deprecated"] = true;
    return operation;
  }

 private:
  bool Reads() const { return rule_.method == "GET"; }

  Json Parameters() {
    Json parameters = Json::array();
    for (const auto& parameter : path_.parameters) parameters.push_back(InPath(parameter));
    for (const auto& field : QueryFieldsOf(input_, rule_, path_)) {
      parameters.push_back(InQuery(field));
    }
    parameters.push_back(parts_.Header("Accept-Language"));
    parameters.push_back(parts_.Header("Grpc-Timeout"));
    if (Reads() && !method_.server_streaming()) {
      parameters.push_back(parts_.Header("If-None-Match"));
    }
    if (TakesIfMatch(input_, rule_)) parameters.push_back(parts_.Header("If-Match"));
    if (TakesIdempotencyKey(input_)) parameters.push_back(parts_.Header("Idempotency-Key"));
    return parameters;
  }

  Json InPath(const PathParameter& parameter) {
    Json json = {{"name", parameter.name}, {"in", "path"}, {"required", true}};
    const auto fields = FieldsOf(input_, parameter.variable);
    std::string description;
    if (parameter.whole && !fields.empty()) {
      description = CommentOf(*fields.back());
    } else if (!fields.empty()) {
      description = "Part of `" + JsonPathOf(fields) + "`: `" + parameter.pattern + "`.";
    }
    if (parameter.segments) {
      description += std::string(description.empty() ? "" : "\n\n") +
                     "Any number of segments, whose slashes stand as they are.";
    }
    if (!description.empty()) json["description"] = description;
    const bool text = fields.empty() || fields.back()->type() == FieldDescriptor::TYPE_STRING;
    json["schema"] = parameter.whole && !text ? schemas_.Value(*fields.back())
                                              : Json{{"type", "string"}, {"minLength", 1}};
    return json;
  }

  Json InQuery(const QueryField& field) {
    Json json = {{"name", field.name}, {"in", "query"}};
    if (field.required) json["required"] = true;
    if (auto comment = CommentOf(*field.field); !comment.empty()) json["description"] = comment;
    if (field.field->options().deprecated()) json["deprecated"] = true;
    Json value = schemas_.Value(*field.field);
    if (!field.field->is_repeated()) {
      json["schema"] = std::move(value);
      return json;
    }
    json["schema"] = {{"type", "array"}, {"items", std::move(value)}};
    json["style"] = "form";
    json["explode"] = true;
    return json;
  }

  // Null where the route takes none.
  Json RequestBody() {
    if (rule_.body.empty()) return nullptr;
    if (rule_.body == "*") {
      if (IsHttpBody(&input_)) return RawBody("", false);
      return JsonBody(schemas_.BodyReference(input_, {.excluded = GivenByAddress("")}),
                      ExampleOf(input_, ExampleUse::kRequest), CommentOf(input_), Requires(input_));
    }
    const auto fields = FieldsOf(input_, rule_.body);
    if (fields.empty()) return nullptr;
    const auto& field = *fields.front();
    const bool required = FieldBehaviorOf(field).required;
    const std::string comment = CommentOf(field);
    const bool one_message = field.message_type() && !field.is_repeated();
    if (one_message && IsHttpBody(field.message_type())) return RawBody(comment, required);
    Json schema = one_message ? schemas_.BodyReference(*field.message_type(), ShapeOf(field))
                              : Undescribed(schemas_.Field(field));
    return JsonBody(std::move(schema), ExampleOf(field, ExampleUse::kRequest), comment, required);
  }

  static Json Undescribed(Json schema) {
    schema.erase("description");
    return schema;
  }

  BodyShape ShapeOf(const FieldDescriptor& body) const {
    const auto mask = FieldsOf(input_, "update_mask");
    return {.excluded = GivenByAddress(body.name()),
            .partial = rule_.method == "PATCH" && !mask.empty()};
  }

  // Fields of the message, or of its field `outer`, that variables of the path set.
  std::set<std::string> GivenByAddress(const std::string& outer) const {
    std::set<std::string> names;
    for (const auto& parameter : path_.parameters) {
      const auto fields = FieldsOf(input_, parameter.variable);
      if (outer.empty() && fields.size() == 1) names.insert(fields[0]->name());
      if (!outer.empty() && fields.size() == 2 && fields[0]->name() == outer) {
        names.insert(fields[1]->name());
      }
    }
    return names;
  }

  bool Requires(const Descriptor& message) const {
    const auto given = GivenByAddress("");
    for (int i = 0; i < message.field_count(); ++i) {
      const auto& field = *message.field(i);
      if (FieldBehaviorOf(field).required && !given.contains(field.name())) return true;
    }
    return false;
  }

  Json JsonBody(Json schema, Json example, const std::string& comment, bool required) {
    Json body = Described(Json::object(), comment);
    if (required) body["required"] = true;
    RemoveGiven(example);
    if (method_.client_streaming()) {
      body["content"][kJson] = {{"schema", {{"type", "array"}, {"items", schema}}},
                                {"example", Json::array({example})}};
      body["content"][kLines] = {{"schema", {{"type", "string"}}},
                                 {"x-itemSchema", std::move(schema)},
                                 {"example", LineOf(example) + "\n"}};
    } else {
      body["content"][kJson] = {{"schema", std::move(schema)}, {"example", std::move(example)}};
    }
    return body;
  }

  void RemoveGiven(Json& example) const {
    if (!example.is_object()) return;
    for (const auto& parameter : path_.parameters) {
      const auto fields = FieldsOf(input_, parameter.variable);
      const std::size_t within = rule_.body == "*" ? 0 : 1;
      if (fields.size() == within + 1) example.erase(fields[within]->json_name());
    }
  }

  static Json RawBody(const std::string& comment, bool required) {
    Json body = Described(Json::object(), comment);
    if (required) body["required"] = true;
    const Json any = {{"schema", {{"type", "string"}, {"format", "binary"}}}};
    body["content"] = {{"application/octet-stream", any}, {"*/*", any}};
    return body;
  }

  Json Responses(bool takes_body) {
    Json responses = {{"200", Success()}};
    if (Reads() && !method_.server_streaming()) {
      responses["304"] = {{"description", "The answer is still the one that If-None-Match names."},
                          {"headers", {{"ETag", parts_.AnswerHeader("ETag")}}}};
    }
    parts_.AddErrors(responses, takes_body);
    return responses;
  }

  Json Success() {
    const auto answer = FieldsOf(*method_.output_type(), rule_.response_body);
    const Descriptor* message = answer.empty()                 ? method_.output_type()
                                : answer.back()->is_repeated() ? nullptr
                                                               : answer.back()->message_type();
    const std::string comment = message ? FirstSentence(CommentOf(*message)) : "";
    Json response = {{"description", comment.empty() ? "What was asked for." : comment}};
    response["headers"]["X-Trace-Id"] = parts_.AnswerHeader("X-Trace-Id");
    if (Reads() && !method_.server_streaming()) {
      response["headers"]["ETag"] = parts_.AnswerHeader("ETag");
    }
    if (IsHttpBody(message)) {
      response["content"]["*/*"] = {{"schema", {{"type", "string"}, {"format", "binary"}}}};
      return response;
    }
    Json schema = answer.empty() ? schemas_.Reference(*method_.output_type())
                                 : Undescribed(schemas_.Field(*answer.back()));
    Json example = answer.empty() ? ExampleOf(*method_.output_type(), ExampleUse::kAnswer)
                                  : ExampleOf(*answer.back(), ExampleUse::kAnswer);
    if (method_.server_streaming()) {
      response["content"] = Stream(std::move(schema), example);
    } else {
      response["content"][kJson] = {{"schema", std::move(schema)}, {"example", std::move(example)}};
    }
    return response;
  }

  // OpenAPI 3.1 has no word for the messages of a stream: the type of one stands beside.
  Json Stream(Json message, const Json& example) {
    const Json end = {
        {"type", "object"},
        {"required", {"end"}},
        {"properties",
         {{"end", {{"type", "object"}, {"properties", {{"count", {{"type", "integer"}}}}}}}}}};
    const Json error = {{"type", "object"},
                        {"required", {"error"}},
                        {"properties",
                         {{"error", {{"$ref", "#/components/schemas/google.rpc.Status"}}},
                          {"count", {{"type", "integer"}}}}}};
    const Json item = {{"oneOf", Json::array({std::move(message), end, error})}};
    const auto stream = [&](const char* description, std::string text) {
      return Json{{"schema", {{"type", "string"}, {"description", description}}},
                  {"x-itemSchema", item},
                  {"example", std::move(text)}};
    };
    return {
        {kLines, stream("One message a line. The last line says how the stream ended: "
                        "`{\"end\":{\"count\":1}}` or `{\"error\":{…},\"count\":1}`.",
                        LineOf(example) + "\n{\"end\":{\"count\":1}}\n")},
        {kEvents, stream("One message an event; the last event is `end` or `error`. Asked for "
                         "by Accept: text/event-stream.",
                         "data: " + LineOf(example) + "\n\nevent: end\ndata: {\"count\":1}\n\n")}};
  }

  const MethodDescriptor& method_;
  const HttpRule& rule_;
  const PathText& path_;
  const Descriptor& input_;
  SchemaSet& schemas_;
  SharedParts& parts_;
};

}  // namespace

Json OperationOf(const MethodDescriptor& method, const HttpRule& rule, const PathText& path,
                 const OperationNames& names, SchemaSet& schemas, SharedParts& parts) {
  return OperationBuilder(method, rule, path, schemas, parts).Build(names);
}

}  // namespace gongkai::gateway
