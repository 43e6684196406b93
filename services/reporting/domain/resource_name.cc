#include "services/reporting/domain/resource_name.h"

#include <charconv>

namespace gongkai::reporting {
namespace {

// Takes the text before the next slash off the front of `rest`.
std::string_view TakeSegment(std::string_view& rest) {
  const auto slash = rest.find('/');
  const auto segment = rest.substr(0, slash);
  rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  return segment;
}

std::optional<int> ParseNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::vector<int>> NumbersIn(std::string_view name,
                                          std::initializer_list<std::string_view> collections) {
  if (name.ends_with('/')) return std::nullopt;
  std::vector<int> numbers;
  for (const auto collection : collections) {
    if (TakeSegment(name) != collection) return std::nullopt;
    auto id = TakeSegment(name);
    if (collection == "assignments") id = id.substr(0, id.find('-'));
    const auto number = ParseNumber(id);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  if (!name.empty()) return std::nullopt;
  return numbers;
}

std::string DivisionName(int division) { return "divisions/" + std::to_string(division); }

std::string NameInDivision(int division, std::string_view collection, int number) {
  return DivisionName(division) + "/" + std::string(collection) + "/" + std::to_string(number);
}

}  // namespace gongkai::reporting
