#include "services/gateway/calls/contract.h"

#include <vector>

#include "services/gateway/calls/entity_tag.h"
#include "services/gateway/openapi/document.h"

namespace gongkai::gateway {

Result<std::shared_ptr<const Contract>> Contract::Make(
    const DescriptorSet& set,
    const std::map<std::string, std::shared_ptr<Upstream>>& upstreams_by_service) {
  auto contract = std::make_shared<Contract>(set);
  auto methods = MethodTable::Build(set, contract->tables_, upstreams_by_service);
  if (!methods) return Fail(std::move(methods.error()));
  contract->methods_ = std::move(*methods);
  contract->has_services_ = !upstreams_by_service.empty();
  std::vector<std::string> services;
  for (const auto& [service, upstream] : upstreams_by_service) services.push_back(service);
  contract->openapi_ = OpenApiDocument(set, services);
  contract->openapi_tag_ = ContentTag(contract->openapi_);
  return contract;
}

}  // namespace gongkai::gateway
