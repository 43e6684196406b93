#include "services/gateway/routing/request_assembler.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "services/common/transcoding/json_sequence.h"
#include "services/common/transcoding/text.h"
#include "services/common/transcoding/wire_format.h"
#include "services/gateway/routing/percent_encoding.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/api/httpbody.proto.
constexpr std::uint32_t kHttpBodyContentType = 1;
constexpr std::uint32_t kHttpBodyData = 2;
// Number of google/protobuf/field_mask.proto.
constexpr std::uint32_t kFieldMaskPaths = 1;
// Of a google.api.HttpBody that is sent as a stream.
constexpr std::size_t kPiece = 64 * 1024;

std::string Lower(std::string_view text) {
  std::string lower;
  for (const char c : text) {
    if (c != ' ' && c != '"') lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return lower;
}

// `application/json; charset=utf-8`, `application/merge-patch+json`, and for streams NDJSON. A body
// without a type is taken for JSON.
bool IsJson(std::string_view content_type) {
  const auto semicolon = std::min(content_type.find(';'), content_type.size());
  const std::string type = Lower(content_type.substr(0, semicolon));
  const std::string parameters = Lower(content_type.substr(semicolon));
  const auto charset = parameters.find(";charset=");
  if (charset != std::string::npos && !parameters.substr(charset).starts_with(";charset=utf-8") &&
      !parameters.substr(charset).starts_with(";charset=us-ascii")) {
    return false;
  }
  return type.empty() || type == "application/json" || type.ends_with("+json") ||
         type == "application/x-ndjson" || type == "application/jsonl";
}

Error UnsupportedMediaType(std::string_view content_type) {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "UNSUPPORTED_MEDIA_TYPE",
          .message = "the body must be JSON in UTF-8 with Content-Type: application/json, not " +
                     std::string(content_type),
          .message_zh = "请求体须为 JSON"};
}

std::string HttpBodyWire(std::string_view content_type, std::string_view data) {
  WireBuffer wire;
  if (!content_type.empty()) wire.PutBytes(kHttpBodyContentType, content_type);
  if (!data.empty()) wire.PutBytes(kHttpBodyData, data);
  return wire.Take();
}

Error InMessage(std::size_t index, Error error) {
  if (error.violations.empty()) return error;
  for (auto& violation : error.violations) {
    violation.field = '[' + std::to_string(index) + "]." + violation.field;
  }
  return InvalidArguments(std::move(error.violations));
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

  Result<void> AddHeaders(const RequestParts& parts) {
    if (!parts.request_id.empty() && rule_.request_id_) {
      auto added = AddHeader("Idempotency-Key", *rule_.request_id_, parts.request_id);
      if (!added) return added;
    }
    if (parts.etag.empty() || parts.etag == "*") return {};
    if (!rule_.etag_) {
      return Fail(InvalidArgument(
          "If-Match", "this route has no etag to compare; send the request without the header"));
    }
    return AddHeader("If-Match", *rule_.etag_, parts.etag);
  }

  void AddUpdateMask(std::vector<std::string> paths) {
    const FieldPath& mask = *rule_.update_mask_;
    if (FindRecord(mask, wire_)) return;
    std::erase_if(paths, [&](const std::string& path) {
      return std::any_of(rule_.variables_.begin(), rule_.variables_.end(),
                         [&](const FieldPath& variable) { return InBody(variable) == path; });
    });
    WireBuffer content;
    for (const auto& path : paths) content.PutBytes(kFieldMaskPaths, path);
    WireBuffer record;
    record.PutBytes(mask.leaf().number, content.Take());
    if (!paths.empty()) wire_ += record.Take();
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
    // How the answer is written; read elsewhere.
    if (*name == "$alt") return {};
    auto path = ResolveFieldPath(*rule_.input_, *name);
    if (!path) return Fail(UnknownParameter(std::move(path.error())));
    if (auto allowed = CheckNotInBody(*path); !allowed) return allowed;
    auto wire = EncodeText(*path, *value);
    if (!wire) return Fail(std::move(wire.error()));
    return AddValue(std::move(*path), std::move(*wire));
  }

  Result<void> AddHeader(const char* header, const FieldPath& path, std::string_view value) {
    auto wire = EncodeText(path, value);
    if (!wire) return Fail(InvalidArgument(header, "expected text in UTF-8"));
    const auto given = FindRecord(path, wire_);
    if (given && *given != LastRecord(path, *wire)) {
      return Fail(InvalidArgument(
          header, "says something else than " + path.text + "; leave one of them out"));
    }
    if (!given) wire_ += *wire;
    return {};
  }

  // The path of a field in the body, as a mask names it: `book.author.name` → `author.name`.
  std::string InBody(const FieldPath& variable) const {
    std::string path;
    if (variable.fields.front() != rule_.body_field_) return path;
    for (std::size_t i = 1; i < variable.fields.size(); ++i) {
      path += (i > 1 ? "." : "") + variable.fields[i]->name;
    }
    return path;
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
  assembler.BindHeaders();
  assembler.BindUpdateMask(rule);
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

void RequestAssembler::BindHeaders() {
  const auto text_field = [&](const std::string& path) -> std::optional<FieldPath> {
    auto found = ResolveFieldPath(*input_, path);
    if (!found || found->leaf().kind != FieldKind::kString || found->leaf().repeated) {
      return std::nullopt;
    }
    return std::move(*found);
  };
  request_id_ = text_field("request_id");
  etag_ = text_field("etag");
  const bool resource = body_field_ && body_field_->kind == FieldKind::kMessage &&
                        !body_field_->repeated && !body_field_->map;
  if (!etag_ && resource) etag_ = text_field(body_field_->name + ".etag");
}

void RequestAssembler::BindUpdateMask(const HttpRule& rule) {
  const bool resource = body_field_ && body_field_->kind == FieldKind::kMessage &&
                        !body_field_->repeated && !body_field_->map &&
                        body_field_->message->well_known() == WellKnown::kNone;
  if (rule.method != "PATCH" || !resource) return;
  auto mask = ResolveFieldPath(*input_, "update_mask");
  if (!mask || mask->leaf().repeated || !mask->leaf().message) return;
  if (mask->leaf().message->well_known() == WellKnown::kFieldMask) update_mask_ = std::move(*mask);
}

bool RequestAssembler::TakesRawBody() const {
  if (body_use_ == BodyUse::kWhole) return input_->well_known() == WellKnown::kHttpBody;
  return body_field_ && !body_field_->repeated && body_field_->message &&
         body_field_->message->well_known() == WellKnown::kHttpBody;
}

Result<std::string> RequestAssembler::ReadBody(const RequestParts& parts,
                                               std::vector<std::string>* mask) const {
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
                                      : reader_.ReadField(*body_field_, parts.body, mask);
}

Result<std::string> RequestAssembler::Assemble(const RequestParts& parts) const {
  std::vector<std::string> mask;
  auto body = ReadBody(parts, update_mask_ ? &mask : nullptr);
  if (!body) return Fail(std::move(body.error()));
  Assembly assembly(*this, std::move(*body));
  if (auto added = assembly.AddVariables(parts.variables); !added) {
    return Fail(std::move(added.error()));
  }
  if (auto added = assembly.AddQuery(parts.query); !added) return Fail(std::move(added.error()));
  if (auto added = assembly.AddHeaders(parts); !added) return Fail(std::move(added.error()));
  if (update_mask_) assembly.AddUpdateMask(std::move(mask));
  return assembly.TakeWire();
}

Result<std::vector<std::string>> RequestAssembler::AssembleStream(const RequestParts& parts) const {
  if (TakesRawBody()) return RawPieces(parts);
  std::vector<std::string> messages;
  const auto documents = SplitJsonSequence(parts.body);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    RequestParts part = parts;
    part.body = documents[i];
    auto message = Assemble(part);
    if (!message) return Fail(InMessage(i, std::move(message.error())));
    messages.push_back(std::move(*message));
  }
  // An address that says something says it even without a body.
  if (documents.empty() && (!variables_.empty() || !parts.query.empty())) {
    auto message = Assemble(parts);
    if (!message) return Fail(std::move(message.error()));
    messages.push_back(std::move(*message));
  }
  return messages;
}

Result<std::vector<std::string>> RequestAssembler::RawPieces(const RequestParts& parts) const {
  RequestParts part = parts;
  part.body = parts.body.substr(0, kPiece);
  auto first = Assemble(part);
  if (!first) return Fail(std::move(first.error()));
  std::vector<std::string> pieces = {std::move(*first)};
  for (std::size_t begin = kPiece; begin < parts.body.size(); begin += kPiece) {
    std::string http_body = HttpBodyWire("", parts.body.substr(begin, kPiece));
    if (body_use_ == BodyUse::kField) {
      WireBuffer wire;
      wire.PutBytes(body_field_->number, http_body);
      http_body = wire.Take();
    }
    pieces.push_back(std::move(http_body));
  }
  return pieces;
}

}  // namespace gongkai::gateway
