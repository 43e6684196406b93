// Every method that can be called over HTTP, and how.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/transcoding/message_table.h"
#include "services/gateway/descriptors/descriptor_set.h"
#include "services/gateway/routing/request_assembler.h"
#include "services/gateway/routing/route_table.h"
#include "services/gateway/upstream/upstream.h"
#include "services/gateway/upstream/upstream_names.h"

namespace gongkai::gateway {

// A method by one of its HTTP rules.
struct BoundMethod {
  std::string service;
  std::string path;   // `/package.Service/Method`
  std::string route;  // the template of the rule: `/v1/{name=plans/*}`
  const MessageTable* output = nullptr;
  const FieldTable* response_field = nullptr;  // all that is answered, where set
  const FieldTable* etag_field = nullptr;      // of the answer, where it has one
  bool client_streaming = false;
  bool server_streaming = false;
  std::shared_ptr<Upstream> upstream;
  RequestAssembler assembler;

  // The answer is a google.api.HttpBody: bytes that go out as they are.
  bool AnswersRawBody() const;
};

// Immutable and thread-safe.
class MethodTable {
 public:
  // Without methods.
  MethodTable() = default;

  // The methods of the services that have an upstream. `set` is not needed afterwards; `tables`
  // must outlive the result. INVALID_ARGUMENT with one violation for each bad or duplicate rule and
  // each name of an upstream for which the set has no service.
  static Result<MethodTable> Build(const DescriptorSet& set, const TableSet& tables,
                                   const UpstreamsByName& upstreams);

  struct Match {
    const BoundMethod* method;
    std::vector<std::string> variables;
  };
  // Errors as of RouteTable::Find.
  Result<Match> Find(std::string_view http_method, std::string_view path) const;

  std::size_t size() const { return methods_.size(); }

 private:
  class Builder;

  std::vector<BoundMethod> methods_;
  RouteTable routes_;
};

}  // namespace gongkai::gateway
