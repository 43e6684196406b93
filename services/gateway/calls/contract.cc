#include "services/gateway/calls/contract.h"

#include <vector>

#include "services/gateway/calls/entity_tag.h"
#include "services/gateway/openapi/document.h"

namespace gongkai::gateway {

Result<std::shared_ptr<const Contract>> Contract::Make(const DescriptorSet& set,
                                                       const UpstreamsByName& upstreams) {
  auto contract = std::make_shared<Contract>(set);
  auto methods = MethodTable::Build(set, contract->tables_, upstreams);
  if (!methods) return Fail(std::move(methods.error()));
  contract->methods_ = std::move(*methods);
  contract->has_services_ = !upstreams.empty();
  contract->openapi_ = OpenApiDocument(set, ServicesWithUpstream(upstreams, set.ServiceNames()));
  contract->openapi_tag_ = ContentTag(contract->openapi_);
  return contract;
}

}  // namespace gongkai::gateway
