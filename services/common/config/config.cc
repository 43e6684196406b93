#include "services/common/config/config.h"

#include <charconv>

namespace gongkai::config {
namespace {

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Fault MakeFault(std::string_view setting, std::string_view value, std::string_view expected) {
  return {std::string(setting),
          value.empty() ? "is missing; expected " + std::string(expected)
                        : "is \"" + std::string(value) + "\"; expected " + std::string(expected)};
}

}  // namespace

std::optional<Fault> CheckAddress(std::string_view setting, std::string_view value) {
  const auto colon = value.rfind(':');
  const bool has_host = colon != std::string_view::npos && colon > 0;
  const bool brackets_match =
      has_host && (value.front() == '[') == (value[colon - 1] == ']') &&
      (value.front() == '[' || value.substr(0, colon).find(':') == std::string_view::npos);
  if (brackets_match) {
    const auto port = ParseInteger(value.substr(colon + 1));
    if (port && *port >= 0 && *port <= 65535) return std::nullopt;
  }
  return MakeFault(setting, value, "HOST:PORT, e.g. 127.0.0.1:7101");
}

std::optional<Fault> CheckInteger(std::string_view setting, std::string_view value,
                                  std::int64_t least, std::int64_t most) {
  const auto number = ParseInteger(value);
  if (number && *number >= least && *number <= most) return std::nullopt;
  return MakeFault(setting, value,
                   "a number from " + std::to_string(least) + " to " + std::to_string(most));
}

std::optional<Fault> CheckShare(std::string_view setting, std::string_view value) {
  double share = -1;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), share);
  const bool whole = error == std::errc() && end == value.data() + value.size();
  if (whole && share >= 0 && share <= 1) return std::nullopt;
  return MakeFault(setting, value, "a share from 0 to 1, e.g. 0.1");
}

std::optional<Fault> CheckSwitch(std::string_view setting, std::string_view value) {
  if (value == "on" || value == "off") return std::nullopt;
  return MakeFault(setting, value, "on or off");
}

std::optional<Fault> CheckPresent(std::string_view setting, std::string_view value) {
  if (!value.empty()) return std::nullopt;
  return Fault{std::string(setting), "is missing"};
}

std::vector<Fault> Faults(std::initializer_list<std::optional<Fault>> checks) {
  std::vector<Fault> faults;
  for (const auto& check : checks) {
    if (check) faults.push_back(*check);
  }
  return faults;
}

std::string ReportFaults(std::string_view program, const std::vector<Fault>& faults) {
  std::string report = std::string(program) + " cannot start:\n";
  for (const auto& fault : faults) report += "  " + fault.setting + " " + fault.problem + "\n";
  return report + "See " + std::string(program) + " --help.\n";
}

}  // namespace gongkai::config
