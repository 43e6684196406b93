#include "services/gateway/routing/request_assembler.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

#include "services/gateway/routing/percent_encoding.h"
#include "services/gateway/transcoding/text.h"
#include "services/gateway/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/api/httpbody.proto.
constexpr std::uint32_t kHttpBodyContentType = 1;
constexpr std::uint32_t kHttpBodyData = 2;

// `application/json; charset=utf-8`, `application/merge-patch+json`. A body without a type is taken
// for JSON.
bool IsJson(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return type.empty() || type == "application/json" || type.ends_with("+json");
}

Error UnsupportedMediaType(std::string_view content_type) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "UNSUPPORTED_MEDIA_TYPE",
          .message = "the body must be JSON with Content-Type: application/json, not " +
                     std::string(content_type),
          .message_zh = "请求体须为 JSON"};
}

std::string HttpBodyWire(std::string_view content_type, std::string_view data) {
  WireBuffer wire;
  if (!content_type.empty()) wire.PutBytes(kHttpBodyContentType, content_type);
  if (!data.empty()) wire.PutBytes(kHttpBodyData, data);
  return wire.Take();
}

std::string LastRecord(const FieldPath& path, std::string_view wire) {
  return FindRecord(path, wire).value_or("");
}

}  // namespace

// One request under way.
class RequestAssembler::Assembly {
 public:
  Assembly(const RequestAssembler& rule, std::string body_wire)
      : rule_(rule), wire_(std::move(body_wire)) {}

  Result<void> AddVariables(const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < rule_.variables_.size(); ++i) {
      const FieldPath& path = rule_.variables_[i];
      auto wire = EncodeText(path, values[i]);
      if (!wire) return Fail(std::move(wire.error()));
      const auto in_body = FindRecord(path, wire_);
      if (in_body && *in_body != LastRecord(path, *wire)) {
        return Fail(InvalidArgument(path.text, "the address says \"" + values[i] +
                                                   "\" and the body says something else; leave it "
                                                   "out of the body"));
      }
      if (!in_body) wire_ += *wire;
      given_.push_back({&path, LastRecord(path, *wire), true});
    }
    return {};
  }

  Result<void> AddQuery(std::string_view query) {
    while (!query.empty()) {
      const auto ampersand = query.find('&');
      const auto parameter = query.substr(0, ampersand);
      query.remove_prefix(ampersand == std::string_view::npos ? query.size() : ampersand + 1);
      if (parameter.empty()) continue;
      if (auto added = AddParameter(parameter); !added) return added;
    }
    return {};
  }

  std::string TakeWire() { return std::move(wire_); }

 private:
  struct Given {
    const FieldPath* path;
    std::string record;
    bool in_address;
  };

  Result<void> AddParameter(std::string_view parameter) {
    const auto equals = parameter.find('=');
    const auto raw_value =
        equals == std::string_view::npos ? std::string_view() : parameter.substr(equals + 1);
    const auto name = PercentDecode(parameter.substr(0, equals), PercentDecoding::kForm);
    const auto value = PercentDecode(raw_value, PercentDecoding::kForm);
    if (!name || !value || !IsUtf8(*name)) {
      return Fail(InvalidArgument(
          "query", "\"" + std::string(parameter) + "\" is no valid percent-encoding of UTF-8"));
    }
    auto path = ResolveFieldPath(*rule_.input_, *name);
    if (!path) return Fail(UnknownParameter(std::move(path.error())));
    if (auto allowed = CheckNotInBody(*path); !allowed) return allowed;
    auto wire = EncodeText(*path, *value);
    if (!wire) return Fail(std::move(wire.error()));
    return AddValue(std::move(*path), std::move(*wire));
  }

  static Error UnknownParameter(Error error) {
    error.message_zh = "查询参数有误：" + error.message;
    return error;
  }

  Result<void> CheckNotInBody(const FieldPath& path) const {
    const bool in_body =
        rule_.body_use_ == BodyUse::kWhole ||
        (rule_.body_use_ == BodyUse::kField && path.fields.front() == rule_.body_field_);
    const bool in_address = std::any_of(given_.begin(), given_.end(), [&](const Given& given) {
      return given.in_address && *given.path == path;
    });
    if (!in_body || in_address) return {};
    return Fail(InvalidArgument(path.text, "belongs into the body, not into the query"));
  }

  Result<void> AddValue(FieldPath path, std::string wire) {
    const std::string record = LastRecord(path, wire);
    for (const auto& given : given_) {
      if (*given.path == path) {
        if (given.in_address && given.record == record) return {};
        if (path.leaf().repeated) continue;
        return Fail(InvalidArgument(
            path.text, given.in_address ? "the address and the query say different things; leave "
                                          "it out of the query"
                                        : "is given twice"));
      }
      if (AreRivals(*given.path, path)) {
        return Fail(InvalidArgument(
            path.text, "only one of " + given.path->text + " and " + path.text + " can be given"));
      }
    }
    wire_ += wire;
    parameters_.push_back(std::make_unique<FieldPath>(std::move(path)));
    given_.push_back({parameters_.back().get(), record, false});
    return {};
  }

  // Members of one oneof of one message.
  static bool AreRivals(const FieldPath& a, const FieldPath& b) {
    const auto [first, second] =
        std::mismatch(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end());
    if (first == a.fields.end() || second == b.fields.end()) return false;
    return (*first)->oneof >= 0 && (*first)->oneof == (*second)->oneof;
  }

  const RequestAssembler& rule_;
  std::string wire_;
  std::vector<Given> given_;
  std::vector<std::unique_ptr<FieldPath>> parameters_;
};

Result<RequestAssembler> RequestAssembler::Make(const TableSet& tables, const MessageTable& input,
                                                const HttpRule& rule, const PathTemplate& path) {
  RequestAssembler assembler(tables, input);
  if (auto bound = assembler.BindBody(rule.body); !bound) return Fail(std::move(bound.error()));
  if (auto bound = assembler.BindVariables(path); !bound) return Fail(std::move(bound.error()));
  return assembler;
}

Result<void> RequestAssembler::BindVariables(const PathTemplate& path) {
  for (const auto& variable : path.variables) {
    auto field_path = ResolveFieldPath(*input_, variable.field_path);
    if (!field_path) return Fail(std::move(field_path.error()));
    const FieldTable& leaf = field_path->leaf();
    if (leaf.repeated || !TakesText(leaf)) {
      return Fail(InvalidArgument(variable.field_path,
                                  "a path variable must be a single value, not a list or message"));
    }
    if (variable.several && leaf.kind != FieldKind::kString) {
      return Fail(
          InvalidArgument(variable.field_path, "a variable of several segments must be a string"));
    }
    if (body_field_ && field_path->fields.front() == body_field_ && TakesRawBody()) {
      return Fail(InvalidArgument(variable.field_path, "the field is the body"));
    }
    variables_.push_back(std::move(*field_path));
  }
  return {};
}

Result<void> RequestAssembler::BindBody(const std::string& body) {
  if (body.empty()) return {};
  if (body == "*") {
    body_use_ = BodyUse::kWhole;
    return {};
  }
  body_use_ = BodyUse::kField;
  body_field_ = input_->FindName(body);
  if (body_field_) return {};
  return Fail(InvalidArgument("body", input_->full_name() + " has no field \"" + body + '"'));
}

bool RequestAssembler::TakesRawBody() const {
  if (body_use_ == BodyUse::kWhole) return input_->well_known() == WellKnown::kHttpBody;
  return body_field_ && !body_field_->repeated && body_field_->message &&
         body_field_->message->well_known() == WellKnown::kHttpBody;
}

Result<std::string> RequestAssembler::ReadBody(const RequestParts& parts) const {
  if (TakesRawBody()) {
    if (!IsUtf8(parts.content_type)) {
      return Fail(InvalidArgument("Content-Type", "expected text in UTF-8"));
    }
    const std::string http_body = HttpBodyWire(parts.content_type, parts.body);
    if (body_use_ == BodyUse::kWhole || http_body.empty()) return http_body;
    WireBuffer wire;
    wire.PutBytes(body_field_->number, http_body);
    return wire.Take();
  }
  if (parts.body.empty()) return "";
  if (body_use_ == BodyUse::kNone) {
    return Fail(InvalidArgument("body", "this route takes no body; use query parameters"));
  }
  if (!IsJson(parts.content_type)) return Fail(UnsupportedMediaType(parts.content_type));
  return body_use_ == BodyUse::kWhole ? reader_.Read(*input_, parts.body)
                                      : reader_.ReadField(*body_field_, parts.body);
}

Result<std::string> RequestAssembler::Assemble(const RequestParts& parts) const {
  auto body = ReadBody(parts);
  if (!body) return Fail(std::move(body.error()));
  Assembly assembly(*this, std::move(*body));
  if (auto added = assembly.AddVariables(parts.variables); !added) {
    return Fail(std::move(added.error()));
  }
  if (auto added = assembly.AddQuery(parts.query); !added) return Fail(std::move(added.error()));
  return assembly.TakeWire();
}

}  // namespace gongkai::gateway
