#include "services/gateway/openapi/document.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "services/gateway/descriptors/comment.h"
#include "services/gateway/openapi/operation.h"

namespace gongkai::gateway {
namespace {

using google::protobuf::ServiceDescriptor;
using Json = nlohmann::ordered_json;

constexpr char kDescription[] =
    "Made from the descriptors of the services. Fields in answers that have their default value "
    "are "
    "left out. Unknown fields and parameters are refused.\n\n"
    "Every error is a google.rpc.Status. Streams are application/x-ndjson or text/event-stream, "
    "and "
    "their last frame says how they ended.\n\n"
    "`Accept: application/json;enum-encoding=int;defaults=true;names=proto`, or "
    "`?$alt=json;enum-encoding=int`, asks for numbers of enums, default values and the protos' "
    "names.";

constexpr const char* kMethods[] = {"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"};

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

bool IsOfOpenApi(const std::string& method) {
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

// What all have in common, in whole words: `gongkai.plans.v1`, `gongkai.reporting.v1` → `gongkai`.
std::string CommonPackage(const std::vector<const ServiceDescriptor*>& services) {
  std::string common = services.empty() ? "" : services.front()->file()->package();
  for (const auto* service : services) {
    const std::string package = service->file()->package() + '.';
    while (!common.empty() && !package.starts_with(common + '.')) {
      const auto point = common.rfind('.');
      common.resize(point == std::string::npos ? 0 : point);
    }
  }
  return common;
}

// `gongkai.plans.v1` → `v1`; `1` for packages without a version.
std::string VersionOf(const std::vector<const ServiceDescriptor*>& services) {
  std::string version;
  for (const auto* service : services) {
    const auto& package = service->file()->package();
    const auto last = package.substr(package.rfind('.') + 1);
    const bool is_version = last.size() > 1 && last[0] == 'v' && last[1] >= '0' && last[1] <= '9';
    if (is_version) version = std::max(version, last);
  }
  return version.empty() ? "1" : version;
}

class DocumentBuilder {
 public:
  DocumentBuilder(const DescriptorSet& set, const std::vector<std::string>& names) {
    for (const auto& name : set.ServiceNames()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      services_.push_back(set.FindService(name));
      ++uses_[services_.back()->name()];
    }
  }

  std::string Build() {
    Json tags = Json::array();
    for (const auto* service : services_) {
      tags.push_back(Described({{"name", NameOf(*service)}}, CommentOf(*service)));
      for (int i = 0; i < service->method_count(); ++i) AddMethod(*service->method(i));
    }
    const std::string package = CommonPackage(services_);
    Json document = {{"openapi", "3.1.0"},
                     {"info",
                      {{"title", package.empty() ? "API" : package + " API"},
                       {"version", VersionOf(services_)},
                       {"description", kDescription}}},
                     {"servers", Json::array({{{"url", "/"}}})},
                     {"security", Json::array()},
                     {"tags", std::move(tags)},
                     {"paths", Paths()}};
    Json components = {{"schemas", schemas_.TakeComponents()}};
    parts_.MoveInto(components);
    document["components"] = std::move(components);
    // Comments may hold what is no UTF-8.
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  struct Path {
    std::string text;
    std::vector<std::string> names;
    Json operations = Json::object();
    std::map<std::string, Json> of_all_methods;  // what is left of `*`
  };

  std::string NameOf(const ServiceDescriptor& service) const {
    return uses_.at(service.name()) > 1 ? service.full_name() : service.name();
  }

  void AddMethod(const google::protobuf::MethodDescriptor& method) {
    const std::string tag = NameOf(*method.service());
    int count = 0;
    for (const auto& rule : HttpRulesOf(method)) {
      ++count;
      const std::string id = tag + '_' + method.name() + (count > 1 ? std::to_string(count) : "");
      AddRule(method, rule, {id, tag});
    }
  }

  void AddRule(const google::protobuf::MethodDescriptor& method, HttpRule rule,
               const OperationNames& names) {
    const auto path = ParsePathTemplate(rule.path);
    if (!path) return;
    PathText text = PathTextOf(*path);
    Path& place = PlaceOf(text);
    if (rule.method != "*") {
      Json operation = OperationOf(method, rule, text, names, schemas_, parts_);
      if (IsOfOpenApi(rule.method)) {
        place.operations[Lower(rule.method)] = std::move(operation);
      } else {
        place.operations["x-additionalOperations"][rule.method] = std::move(operation);
      }
      return;
    }
    // Every method that no other rule has.
    for (const char* http_method : {"GET", "PUT", "POST", "DELETE", "PATCH"}) {
      rule.method = http_method;
      place.of_all_methods[Lower(http_method)] = OperationOf(
          method, rule, text, {names.id + '_' + http_method, names.tag}, schemas_, parts_);
    }
  }

  // Templates that differ in nothing but names are one path, with the names of the first.
  Path& PlaceOf(PathText& text) {
    const auto [known, added] = by_shape_.try_emplace(text.shape, paths_.size());
    if (added) {
      paths_.push_back({.text = text.text});
      for (const auto& parameter : text.parameters) paths_.back().names.push_back(parameter.name);
    }
    Path& place = paths_[known->second];
    for (std::size_t i = 0; i < text.parameters.size(); ++i) {
      text.parameters[i].name = place.names[i];
    }
    return place;
  }

  Json Paths() {
    Json json = Json::object();
    for (auto& path : paths_) {
      for (auto& [method, operation] : path.of_all_methods) {
        if (!path.operations.contains(method)) path.operations[method] = std::move(operation);
      }
      json[path.text] = std::move(path.operations);
    }
    return json;
  }

  std::vector<const ServiceDescriptor*> services_;
  std::map<std::string, int> uses_;
  std::map<std::string, std::size_t> by_shape_;
  std::vector<Path> paths_;
  SchemaSet schemas_;
  SharedParts parts_;
};

}  // namespace

std::string OpenApiDocument(const DescriptorSet& set, const std::vector<std::string>& services) {
  return DocumentBuilder(set, services).Build();
}

}  // namespace gongkai::gateway
