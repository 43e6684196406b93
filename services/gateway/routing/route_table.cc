#include "services/gateway/routing/route_table.h"

#include <utility>

#include "services/gateway/routing/percent_encoding.h"

namespace gongkai::gateway {
namespace {

using SegmentKind = PathTemplate::SegmentKind;

constexpr char kAnyMethod[] = "*";

std::vector<std::string_view> Split(std::string_view path) {
  std::vector<std::string_view> segments;
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

Error BadEncoding(std::string_view text) {
  return InvalidArgument(
      "path",
      "\"" + std::string(text) + "\" is no valid percent-encoding; write a percent sign as %25",
      "地址编码有误");
}

Error NoRoute(std::string_view path) {
  return {.code = ErrorCode::kNotFound,
          .reason = "ROUTE_NOT_FOUND",
          .message = "no route matches " + std::string(path),
          .message_zh = "没有这个地址：" + std::string(path)};
}

Error MethodNotAllowed(std::string_view method, const std::set<std::string>& allowed) {
  std::string allow;
  for (const auto& name : allowed) allow += (allow.empty() ? "" : ", ") + name;
  return {.code = ErrorCode::kUnimplemented,
          .reason = "METHOD_NOT_ALLOWED",
          .message = std::string(method) + " is not allowed here; allowed: " + allow,
          .message_zh = "此地址不支持 " + std::string(method) + " 方法",
          .metadata = {{"allow", allow}}};
}

}  // namespace

struct RouteTable::Search {
  std::string_view method;
  std::vector<std::string_view> raw;  // without the verb
  std::vector<std::string> decoded;
  std::string verb;
  std::set<std::string> allowed = {};  // methods of templates that match
};

const RouteTable::Entry* RouteTable::Accept(const Node& node, Search& search) {
  const auto methods = node.by_verb.find(search.verb);
  if (methods == node.by_verb.end()) return nullptr;
  auto found = methods->second.find(search.method);
  // HEAD is GET without the body of the answer.
  if (found == methods->second.end() && search.method == "HEAD")
    found = methods->second.find("GET");
  if (found == methods->second.end()) found = methods->second.find(kAnyMethod);
  if (found != methods->second.end()) return &found->second;
  for (const auto& [method, entry] : methods->second) {
    search.allowed.insert(method);
    if (method == "GET") search.allowed.insert("HEAD");
    search.allowed.insert("OPTIONS");
  }
  return nullptr;
}

const RouteTable::Entry* RouteTable::Descend(const Node& node, std::size_t depth,
                                             Search& search) const {
  if (depth == search.raw.size()) {
    if (const auto* entry = Accept(node, search)) return entry;
    return node.rest ? Accept(*node.rest, search) : nullptr;
  }
  const auto literal = node.literals.find(search.decoded[depth]);
  if (literal != node.literals.end()) {
    if (const auto* entry = Descend(*literal->second, depth + 1, search)) return entry;
  }
  if (node.one && !search.raw[depth].empty()) {
    if (const auto* entry = Descend(*node.one, depth + 1, search)) return entry;
  }
  return node.rest ? Accept(*node.rest, search) : nullptr;
}

Result<RouteMatch> RouteTable::Bind(const Entry& entry, const Search& search) {
  RouteMatch match{.route = entry.route};
  for (const auto& variable : entry.path.variables) {
    const bool rest = entry.path.segments[variable.end - 1].kind == SegmentKind::kRest;
    const std::size_t end = rest ? search.raw.size() : variable.end;
    std::string raw;
    for (std::size_t i = variable.begin; i < end; ++i) {
      if (i > variable.begin) raw += '/';
      raw += search.raw[i];
    }
    auto value = PercentDecode(
        raw, variable.several ? PercentDecoding::kAllButSlash : PercentDecoding::kAll);
    if (!value) return Fail(BadEncoding(raw));
    match.variables.push_back(std::move(*value));
  }
  return match;
}

Result<RouteMatch> RouteTable::Find(std::string_view method, std::string_view path) const {
  if (!path.starts_with('/')) return Fail(NoRoute(path));
  Search search{.method = method, .raw = Split(path.substr(1))};
  for (const auto segment : search.raw) {
    auto decoded = PercentDecode(segment, PercentDecoding::kAll);
    if (!decoded) return Fail(BadEncoding(segment));
    search.decoded.push_back(std::move(*decoded));
  }

  const auto whole = search.raw.back();
  const auto colon = whole.rfind(':');
  if (colon != std::string_view::npos) {
    auto verb = PercentDecode(whole.substr(colon + 1), PercentDecoding::kAll);
    auto rest = PercentDecode(whole.substr(0, colon), PercentDecoding::kAll);
    search.raw.back() = whole.substr(0, colon);
    search.verb = std::move(*verb);
    auto decoded = std::exchange(search.decoded.back(), std::move(*rest));
    if (const auto* entry = Descend(root_, 0, search)) return Bind(*entry, search);
    search.raw.back() = whole;
    search.decoded.back() = std::move(decoded);
    search.verb.clear();
  }
  if (const auto* entry = Descend(root_, 0, search)) return Bind(*entry, search);
  if (!search.allowed.empty()) return Fail(MethodNotAllowed(method, search.allowed));
  return Fail(NoRoute(path));
}

Result<void> RouteTableBuilder::Add(Route route) {
  RouteTable::Node* node = &table_.root_;
  for (const auto& segment : route.path.segments) {
    auto& next = segment.kind == SegmentKind::kLiteral ? node->literals[segment.literal]
                 : segment.kind == SegmentKind::kOne   ? node->one
                                                       : node->rest;
    if (!next) next = std::make_unique<RouteTable::Node>();
    node = next.get();
  }
  auto& methods = node->by_verb[route.path.verb];
  const auto existing = methods.find(route.method);
  if (existing != methods.end()) {
    return Fail({.code = ErrorCode::kAlreadyExists,
                 .reason = "DUPLICATE_ROUTE",
                 .message = route.owner + " has the route " + route.method + ' ' + route.text +
                            ", which is the same as " + existing->second.text + " of " +
                            existing->second.owner});
  }
  methods[route.method] = {route.route, std::move(route.owner), std::move(route.text),
                           std::move(route.path)};
  return {};
}

}  // namespace gongkai::gateway
