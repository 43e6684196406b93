#include "services/gateway/openapi/path_text.h"

#include <algorithm>
#include <utility>

namespace gongkai::gateway {
namespace {

using SegmentKind = PathTemplate::SegmentKind;

std::string TextOf(const PathTemplate::Segment& segment) {
  switch (segment.kind) {
    case SegmentKind::kLiteral:
      return segment.literal;
    case SegmentKind::kOne:
      return "*";
    case SegmentKind::kRest:
      return "**";
  }
  return "";
}

const PathTemplate::Variable* VariableAt(const PathTemplate& path, std::size_t index) {
  for (const auto& variable : path.variables) {
    if (variable.begin <= index && index < variable.end) return &variable;
  }
  return nullptr;
}

std::string PatternOf(const PathTemplate& path, const PathTemplate::Variable& variable) {
  std::string pattern;
  for (auto i = variable.begin; i < variable.end; ++i) {
    pattern += (i > variable.begin ? "/" : "") + TextOf(path.segments[i]);
  }
  return pattern;
}

// `units/*` → `unitsId`; only what stands in names of most languages is kept.
std::string NameAfter(const std::string& literal) {
  std::string name;
  for (const char c : literal) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (kept || c == '_') name += c;
  }
  return name + "Id";
}

PathParameter ParameterAt(const PathTemplate& path, std::size_t index) {
  PathParameter parameter{.segments = path.segments[index].kind == SegmentKind::kRest};
  const auto* variable = VariableAt(path, index);
  if (variable) {
    parameter.variable = variable->field_path;
    parameter.pattern = PatternOf(path, *variable);
    parameter.whole = variable->end - variable->begin == 1;
  }
  if (parameter.whole) {
    parameter.name = variable->field_path;
  } else if (index > 0 && path.segments[index - 1].kind == SegmentKind::kLiteral) {
    parameter.name = NameAfter(path.segments[index - 1].literal);
  } else {
    parameter.name = "segment";
  }
  return parameter;
}

std::string Unused(std::string name, const std::vector<PathParameter>& parameters) {
  const auto used = [&](const std::string& candidate) {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const PathParameter& other) { return other.name == candidate; });
  };
  if (!used(name)) return name;
  for (int i = 2;; ++i) {
    if (auto candidate = name + std::to_string(i); !used(candidate)) return candidate;
  }
}

}  // namespace

PathText PathTextOf(const PathTemplate& path) {
  PathText result;
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    result.text += '/';
    result.shape += '/';
    if (path.segments[i].kind == SegmentKind::kLiteral) {
      result.text += path.segments[i].literal;
      result.shape += path.segments[i].literal;
      continue;
    }
    auto parameter = ParameterAt(path, i);
    parameter.name = Unused(std::move(parameter.name), result.parameters);
    result.text += '{' + parameter.name + '}';
    result.shape += "{}";
    result.parameters.push_back(std::move(parameter));
  }
  if (result.text.empty()) result.text = result.shape = "/";
  if (!path.verb.empty()) {
    result.text += ':' + path.verb;
    result.shape += ':' + path.verb;
  }
  return result;
}

}  // namespace gongkai::gateway
