#include "services/gateway/calls/method_table.h"

#include <algorithm>
#include <utility>

#include "services/common/transcoding/text.h"
#include "services/gateway/descriptors/http_rule.h"
#include "services/gateway/routing/path_template.h"

namespace gongkai::gateway {

bool BoundMethod::AnswersRawBody() const {
  const MessageTable* answer = output;
  if (response_field) {
    if (response_field->repeated || response_field->map) return false;
    answer = response_field->message;
  }
  return answer && answer->well_known() == WellKnown::kHttpBody;
}

namespace {

const FieldTable* EtagField(const MessageTable& output) {
  const FieldTable* field = output.FindName("etag");
  const bool text = field && field->kind == FieldKind::kString && !field->repeated;
  return text ? field : nullptr;
}

}  // namespace

class MethodTable::Builder {
 public:
  explicit Builder(const TableSet& tables) : tables_(tables) {}

  void CheckNames(const UpstreamsByName& upstreams, const std::vector<std::string>& services) {
    for (const auto& [name, upstream] : upstreams) {
      const bool known =
          std::any_of(services.begin(), services.end(),
                      [&](const std::string& service) { return IsNameFor(name, service); });
      if (known) continue;
      faults_.push_back({"--upstream " + name, "the descriptors have no such service or package" +
                                                   NearestNameHint(name, services)});
    }
  }

  void AddService(const google::protobuf::ServiceDescriptor& service,
                  const std::shared_ptr<Upstream>& upstream) {
    for (int i = 0; i < service.method_count(); ++i) {
      const auto& method = *service.method(i);
      for (const auto& rule : HttpRulesOf(method)) {
        const auto added = AddRule(method, rule, upstream);
        if (!added) faults_.push_back({method.full_name(), added.error().message});
      }
    }
  }

  Result<MethodTable> Finish() && {
    if (!faults_.empty()) return Fail(InvalidArguments(std::move(faults_)));
    result_.routes_ = std::move(routes_).Build();
    return std::move(result_);
  }

 private:
  Result<void> AddRule(const google::protobuf::MethodDescriptor& method, const HttpRule& rule,
                       const std::shared_ptr<Upstream>& upstream) {
    if (rule.method.empty()) return Fail(InvalidArgument("google.api.http", "has no path"));
    if (rule.nests) {
      return Fail(InvalidArgument("google.api.http", "additional bindings must not nest"));
    }
    auto path = ParsePathTemplate(rule.path);
    if (!path) return Fail(std::move(path.error()));
    const MessageTable& input = *tables_.Find(method.input_type()->full_name());
    const MessageTable& output = *tables_.Find(method.output_type()->full_name());
    auto assembler = RequestAssembler::Make(tables_, input, rule, *path);
    if (!assembler) return Fail(std::move(assembler.error()));
    const FieldTable* response_field = nullptr;
    if (!rule.response_body.empty()) {
      response_field = output.FindName(rule.response_body);
      if (!response_field) {
        return Fail(InvalidArgument(
            "response_body", output.full_name() + " has no field \"" + rule.response_body + '"'));
      }
    }
    const auto added = routes_.Add({.route = result_.methods_.size(),
                                    .method = rule.method,
                                    .path = std::move(*path),
                                    .text = rule.path,
                                    .owner = method.full_name()});
    if (!added) return added;
    result_.methods_.push_back({.service = method.service()->full_name(),
                                .path = '/' + method.service()->full_name() + '/' + method.name(),
                                .route = rule.path,
                                .output = &output,
                                .response_field = response_field,
                                .etag_field = EtagField(output),
                                .client_streaming = method.client_streaming(),
                                .server_streaming = method.server_streaming(),
                                .upstream = upstream,
                                .assembler = std::move(*assembler)});
    return {};
  }

  const TableSet& tables_;
  RouteTableBuilder routes_;
  MethodTable result_;
  std::vector<FieldViolation> faults_;
};

Result<MethodTable> MethodTable::Build(const DescriptorSet& set, const TableSet& tables,
                                       const UpstreamsByName& upstreams) {
  Builder builder(tables);
  const auto services = set.ServiceNames();
  builder.CheckNames(upstreams, services);
  for (const auto& service : ServicesWithUpstream(upstreams, services)) {
    builder.AddService(*set.FindService(service), FindUpstream(upstreams, service)->second);
  }
  return std::move(builder).Finish();
}

Result<MethodTable::Match> MethodTable::Find(std::string_view http_method,
                                             std::string_view path) const {
  auto match = routes_.Find(http_method, path);
  if (!match) return Fail(std::move(match.error()));
  return Match{&methods_[match->route], std::move(match->variables)};
}

}  // namespace gongkai::gateway
