// Configuration faults: every setting is checked before a socket opens, and all faults are
// reported at once.
//
//   std::vector<Fault> faults = Faults({CheckAddress("--listen", options.listen),
//                                       CheckInteger("--threads", options.threads, 1, 256)});
//   if (!faults.empty()) { std::cerr << ReportFaults("gongkai-plans", faults); return 2; }
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::config {

// A setting that the program cannot start with.
struct Fault {
  std::string setting;  // as the operator knows it, e.g. `--listen`
  std::string problem;  // what is wrong and what would be right
};

// HOST:PORT with a port of 0 to 65535; an IPv6 host stands in brackets.
std::optional<Fault> CheckAddress(std::string_view setting, std::string_view value);
// A decimal number from `least` to `most`.
std::optional<Fault> CheckInteger(std::string_view setting, std::string_view value,
                                  std::int64_t least, std::int64_t most);
// A decimal fraction from 0 to 1.
std::optional<Fault> CheckShare(std::string_view setting, std::string_view value);
// `on` or `off`.
std::optional<Fault> CheckSwitch(std::string_view setting, std::string_view value);
// Any text but an empty one.
std::optional<Fault> CheckPresent(std::string_view setting, std::string_view value);

// Those that are faults, in the given order.
std::vector<Fault> Faults(std::initializer_list<std::optional<Fault>> checks);

// The text for standard error: one line a fault.
std::string ReportFaults(std::string_view program, const std::vector<Fault>& faults);

}  // namespace gongkai::config
