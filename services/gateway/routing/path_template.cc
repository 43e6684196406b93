#include "services/gateway/routing/path_template.h"

#include <optional>

namespace gongkai::gateway {
namespace {

using Segment = PathTemplate::Segment;
using SegmentKind = PathTemplate::SegmentKind;

bool IsIdentifierChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<PathTemplate> Parse() {
    if (!Take('/')) return Failure("must begin with \"/\"");
    if (!Segments(false)) return Failure(fault_);
    if (Take(':')) {
      result_.verb = Word();
      if (result_.verb.empty()) return Failure("expected a verb after \":\"");
    }
    if (position_ != text_.size()) {
      return Failure("unexpected \"" + std::string(text_.substr(position_)) + '"');
    }
    for (std::size_t i = 0; i + 1 < result_.segments.size(); ++i) {
      if (result_.segments[i].kind == SegmentKind::kRest) {
        return Failure("\"**\" must be the last segment");
      }
    }
    return std::move(result_);
  }

 private:
  bool Take(char c) {
    if (position_ == text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  // Characters up to the next one that has a meaning in templates.
  std::string Word() {
    const std::size_t end = std::min(text_.find_first_of("/:{}=*", position_), text_.size());
    const auto word = text_.substr(position_, end - position_);
    position_ = end;
    return std::string(word);
  }
  bool Segments(bool in_variable) {
    do {
      const bool variable = position_ != text_.size() && text_[position_] == '{';
      if (variable && in_variable) return Fault("variables do not nest");
      if (!(variable ? Variable() : PlainSegment())) return false;
    } while (Take('/'));
    return true;
  }
  bool PlainSegment() {
    if (Take('*')) {
      result_.segments.push_back({Take('*') ? SegmentKind::kRest : SegmentKind::kOne, ""});
      return true;
    }
    std::string literal = Word();
    if (literal.empty()) return Fault("expected a segment");
    result_.segments.push_back({SegmentKind::kLiteral, std::move(literal)});
    return true;
  }
  bool Variable() {
    Take('{');
    PathTemplate::Variable variable{.field_path = Word(), .begin = result_.segments.size()};
    if (!IsFieldPath(variable.field_path)) return Fault("expected a field path after \"{\"");
    for (const auto& other : result_.variables) {
      if (other.field_path == variable.field_path) {
        return Fault("the variable \"" + other.field_path + "\" is there twice");
      }
    }
    if (Take('=')) {
      if (!Segments(true)) return false;
    } else {
      result_.segments.push_back({SegmentKind::kOne, ""});
    }
    if (!Take('}')) return Fault("expected \"}\"");
    variable.end = result_.segments.size();
    variable.several =
        variable.end - variable.begin > 1 || result_.segments.back().kind == SegmentKind::kRest;
    result_.variables.push_back(std::move(variable));
    return true;
  }
  static bool IsFieldPath(std::string_view path) {
    char previous = '.';
    for (const char c : path) {
      if (!IsIdentifierChar(c) && (c != '.' || previous == '.')) return false;
      previous = c;
    }
    return previous != '.';
  }
  bool Fault(std::string fault) {
    fault_ = std::move(fault);
    return false;
  }
  tl::unexpected<Error> Failure(const std::string& fault) const {
    return Fail(InvalidArgument("template " + std::string(text_),
                                fault + " at character " + std::to_string(position_ + 1)));
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::string fault_;
  PathTemplate result_;
};

}  // namespace

Result<PathTemplate> ParsePathTemplate(std::string_view text) { return Parser(text).Parse(); }

}  // namespace gongkai::gateway
