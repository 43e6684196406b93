// The text form of PostgreSQL's arrays, as parameters have it.
#pragma once

#include <string>
#include <vector>

namespace gongkai::plans {

// `{"a","b"}`
template <typename Texts>
std::string ArrayLiteral(const Texts& texts) {
  std::string literal = "{";
  for (const auto& text : texts) {
    literal += literal.size() > 1 ? ",\"" : "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal + "}";
}

// `{3,17}`
inline std::string NumbersLiteral(const std::vector<int>& numbers) {
  std::string literal = "{";
  for (int number : numbers) {
    literal += (literal.size() > 1 ? "," : "") + std::to_string(number);
  }
  return literal + "}";
}

}  // namespace gongkai::plans
