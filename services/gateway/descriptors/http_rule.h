// The google.api.http option of a method, read from its descriptor.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace gongkai::gateway {

// One way to call a method over HTTP.
struct HttpRule {
  std::string method;         // GET, PUT, POST, DELETE, PATCH, of a custom rule any; `*` for all
  std::string path;           // the template
  std::string body;           // `*`, a field, or empty
  std::string response_body;  // a field, or empty
  bool nests = false;         // an additional binding with bindings of its own, which is a fault
};

// The rule of the option, then its additional bindings; empty for a method without the option.
//
//   rpc GetUnit(…) { option (google.api.http) = {get: "/v1/{name=units/*}"}; }
//   → {{.method = "GET", .path = "/v1/{name=units/*}"}}
std::vector<HttpRule> HttpRulesOf(const google::protobuf::MethodDescriptor& method);

}  // namespace gongkai::gateway
