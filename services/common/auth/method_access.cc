#include "services/common/auth/method_access.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string_view>

#include "google/api/annotations.pb.h"

namespace gongkai::auth {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

const MethodDescriptor* MethodOf(const Descriptor& request) {
  const auto* file = request.file();
  for (int i = 0; i < file->service_count(); ++i) {
    const auto* service = file->service(i);
    for (int j = 0; j < service->method_count(); ++j) {
      if (service->method(j)->input_type() == &request) return service->method(j);
    }
  }
  return nullptr;
}

// `/v1/{activity.name=divisions/*/activities/*}` → `activity.name`
std::string PathVariable(const google::api::HttpRule& http) {
  for (const auto* path :
       {&http.get(), &http.post(), &http.put(), &http.patch(), &http.delete_()}) {
    const auto begin = path->find('{');
    if (begin != std::string::npos) {
      return path->substr(begin + 1, path->find_first_of("=}", begin) - begin - 1);
    }
  }
  return "";
}

FieldPath FieldsOf(const Descriptor& request, std::string_view dotted) {
  FieldPath path;
  const Descriptor* message = &request;
  while (!dotted.empty() && message) {
    const auto word = dotted.substr(0, dotted.find('.'));
    dotted.remove_prefix(std::min(dotted.size(), word.size() + 1));
    const auto* field = message->FindFieldByName(std::string(word));
    if (!field) return {};
    path.push_back(field);
    message = field->message_type();
  }
  return path;
}

std::unique_ptr<MethodAccess> Read(const Descriptor& request) {
  auto access = std::make_unique<MethodAccess>();
  const auto* method = MethodOf(request);
  if (!method) return access;
  const auto& declared = method->options().GetExtension(common::v1::access);
  const auto& http = method->options().GetExtension(google::api::http);
  access->method = method->full_name();
  access->permission = declared.permission();
  access->scope = declared.scope();
  access->target_may_be_empty = !declared.target().empty();
  access->target =
      FieldsOf(request, declared.target().empty() ? PathVariable(http) : declared.target());
  access->unit = FieldsOf(request, declared.unit());
  access->unit_filter = declared.unit_filter();
  access->names_above = declared.names_above();
  access->subdivisions = request.FindFieldByName("include_subdivisions");
  access->reaches = ReachesOf(declared.permission());
  return access;
}

}  // namespace

const MethodAccess& AccessOf(const Descriptor& request) {
  static std::shared_mutex mutex;
  static auto& known = *new std::map<const Descriptor*, std::unique_ptr<const MethodAccess>>;
  {
    std::shared_lock lock(mutex);
    if (const auto found = known.find(&request); found != known.end()) return *found->second;
  }
  auto access = Read(request);
  std::unique_lock lock(mutex);
  return *known.try_emplace(&request, std::move(access)).first->second;
}

}  // namespace gongkai::auth
