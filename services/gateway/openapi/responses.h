// What the gateway answers beside an operation's own answer, as parts that operations refer to.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace gongkai::gateway {

// Collects the parts that were asked for.
class SharedParts {
 public:
  using Json = nlohmann::ordered_json;

  // `"400": {"$ref": "#/components/responses/BadRequest"}` and so on: every status that the gateway
  // has for errors of its own and of upstreams.
  void AddErrors(Json& responses, bool takes_body);
  // `{"$ref": "#/components/parameters/If-Match"}`: a header that the gateway understands.
  Json Header(const std::string& name);
  // Of an answer: ETag, X-Trace-Id.
  Json AnswerHeader(const std::string& name);

  // Puts `parameters`, `headers`, `responses` and the schema of google.rpc.Status in.
  void MoveInto(Json& components);

 private:
  std::map<std::string, Json> parameters_;
  std::map<std::string, Json> headers_;
  std::map<std::string, Json> responses_;
};

}  // namespace gongkai::gateway
