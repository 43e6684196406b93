#include "services/common/transcoding/well_known_text.h"

#include <charconv>
#include <chrono>
#include <cstdint>

#include "services/common/transcoding/text.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai {
namespace {

constexpr std::int64_t kFirstSecond = -62135596800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastSecond = 253402300799;   // 9999-12-31T23:59:59Z
constexpr std::int64_t kLongestDuration = 315576000000;
constexpr std::int32_t kNanosPerSecond = 1'000'000'000;

// Timestamp and Duration have the same two fields.
struct Moment {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
};

std::optional<Moment> ReadMoment(std::string_view wire) {
  Moment moment;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->type != WireType::kVarint) continue;
    if (record->number == 1) moment.seconds = static_cast<std::int64_t>(record->scalar);
    if (record->number == 2) moment.nanos = static_cast<std::int32_t>(record->scalar);
  }
  if (cursor.malformed()) return std::nullopt;
  return moment;
}

std::string WriteMoment(Moment moment) {
  WireBuffer wire;
  if (moment.seconds != 0) {
    wire.PutTag(1, WireType::kVarint);
    wire.PutVarint(static_cast<std::uint64_t>(moment.seconds));
  }
  if (moment.nanos != 0) {
    wire.PutTag(2, WireType::kVarint);
    wire.PutVarint(static_cast<std::uint64_t>(std::int64_t{moment.nanos}));
  }
  return wire.Take();
}

// `7`, 3 wide → `007`. Returns where it ends.
char* PutDigits(char* text, std::uint32_t number, int width) {
  for (int i = width; i-- > 0; number /= 10) text[i] = static_cast<char>('0' + number % 10);
  return text + width;
}

// `.500`: 0, 3, 6 or 9 digits, as many as needed.
char* PutFraction(char* text, std::int32_t nanos) {
  if (nanos == 0) return text;
  *text++ = '.';
  const auto count = static_cast<std::uint32_t>(nanos);
  if (count % 1'000'000 == 0) return PutDigits(text, count / 1'000'000, 3);
  if (count % 1'000 == 0) return PutDigits(text, count / 1'000, 6);
  return PutDigits(text, count, 9);
}

std::optional<std::string> TimestampText(std::string_view wire) {
  const auto moment = ReadMoment(wire);
  if (!moment || moment->seconds < kFirstSecond || moment->seconds > kLastSecond) {
    return std::nullopt;
  }
  if (moment->nanos < 0 || moment->nanos >= kNanosPerSecond) return std::nullopt;
  using namespace std::chrono;
  const sys_seconds time{seconds(moment->seconds)};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[sizeof "2023-07-28T01:02:03.123456789Z"];
  char* end = text;
  const auto part = [&](auto number, int width, char after) {
    end = PutDigits(end, static_cast<std::uint32_t>(number), width);
    *end++ = after;
  };
  part(int{date.year()}, 4, '-');
  part(unsigned{date.month()}, 2, '-');
  part(unsigned{date.day()}, 2, 'T');
  part(clock.hours().count(), 2, ':');
  part(clock.minutes().count(), 2, ':');
  end = PutDigits(end, static_cast<std::uint32_t>(clock.seconds().count()), 2);
  end = PutFraction(end, moment->nanos);
  *end++ = 'Z';
  return std::string(text, end);
}

std::optional<std::string> DurationText(std::string_view wire) {
  const auto moment = ReadMoment(wire);
  if (!moment || moment->seconds > kLongestDuration || moment->seconds < -kLongestDuration) {
    return std::nullopt;
  }
  if (moment->nanos <= -kNanosPerSecond || moment->nanos >= kNanosPerSecond) return std::nullopt;
  const bool signs_differ =
      (moment->seconds > 0 && moment->nanos < 0) || (moment->seconds < 0 && moment->nanos > 0);
  if (signs_differ) return std::nullopt;
  const bool negative = moment->seconds < 0 || moment->nanos < 0;
  char fraction[sizeof ".123456789"];
  char* const end = PutFraction(fraction, std::abs(moment->nanos));
  return (negative ? "-" : "") + std::to_string(std::abs(moment->seconds)) +
         std::string(fraction, end) + 's';
}

// Takes fixed-width parts from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::optional<int> Digits(std::size_t width) {
    int number = 0;
    if (rest_.size() < width) return std::nullopt;
    for (const char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return number;
  }
  bool Char(char expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Nanoseconds after an optional point; nothing if the point is followed by no or too many digits.
  std::optional<std::int32_t> Nanos() {
    if (!Char('.')) return 0;
    std::int32_t nanos = 0;
    int digits = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (++digits > 9) return std::nullopt;
      nanos = nanos * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 9; ++digits) nanos *= 10;
    return nanos;
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// Seconds that local time is ahead of UTC.
std::optional<int> Offset(Scanner& scanner) {
  if (scanner.Char('Z') || scanner.Char('z')) return 0;
  const int sign = scanner.Char('-') ? -1 : scanner.Char('+') ? 1 : 0;
  if (sign == 0) return std::nullopt;
  const auto hours = scanner.Digits(2);
  if (!hours || *hours > 23 || !scanner.Char(':')) return std::nullopt;
  const auto minutes = scanner.Digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
}

std::optional<std::int64_t> LocalSeconds(Scanner& scanner) {
  const auto year = scanner.Digits(4);
  if (!year || !scanner.Char('-')) return std::nullopt;
  const auto month = scanner.Digits(2);
  if (!month || !scanner.Char('-')) return std::nullopt;
  const auto day = scanner.Digits(2);
  if (!day || !(scanner.Char('T') || scanner.Char('t'))) return std::nullopt;
  const auto hour = scanner.Digits(2);
  if (!hour || *hour > 23 || !scanner.Char(':')) return std::nullopt;
  const auto minute = scanner.Digits(2);
  if (!minute || *minute > 59 || !scanner.Char(':')) return std::nullopt;
  const auto second = scanner.Digits(2);
  if (!second || *second > 59) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return std::int64_t{days} * 86400 + *hour * 3600 + *minute * 60 + *second;
}

std::optional<std::string> TimestampWire(std::string_view text) {
  Scanner scanner(text);
  const auto local = LocalSeconds(scanner);
  if (!local) return std::nullopt;
  const auto nanos = scanner.Nanos();
  if (!nanos) return std::nullopt;
  const auto offset = Offset(scanner);
  if (!offset || !scanner.AtEnd()) return std::nullopt;
  const std::int64_t seconds = *local - *offset;
  if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
  return WriteMoment({seconds, *nanos});
}

std::optional<std::string> DurationWire(std::string_view text) {
  if (!text.ends_with('s')) return std::nullopt;
  text.remove_suffix(1);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t seconds = 0;
  if (text.empty() || text.front() == '-') return std::nullopt;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (result.ec != std::errc() || seconds > kLongestDuration) return std::nullopt;
  Scanner scanner(text.substr(result.ptr - text.data()));
  const auto nanos = scanner.Nanos();
  if (!nanos || !scanner.AtEnd()) return std::nullopt;
  return WriteMoment({negative ? -seconds : seconds, negative ? -*nanos : *nanos});
}

std::string CamelCase(std::string_view path) {
  std::string camel;
  bool raise = false;
  for (const char c : path) {
    const bool lower = c >= 'a' && c <= 'z';
    if (c != '_') camel += static_cast<char>(raise && lower ? c - 32 : c);
    raise = c == '_';
  }
  return camel;
}

std::string SnakeCase(std::string_view path) {
  std::string snake;
  for (const char c : path) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper) snake += '_';
    snake += static_cast<char>(upper ? c + 32 : c);
  }
  return snake;
}

std::optional<std::string> FieldMaskText(std::string_view wire) {
  std::string text;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number != 1 || record->type != WireType::kLength) continue;
    if (!text.empty()) text += ',';
    text += CamelCase(record->bytes);
  }
  if (cursor.malformed()) return std::nullopt;
  return text;
}

std::optional<std::string> FieldMaskWire(std::string_view text) {
  WireBuffer wire;
  if (!IsUtf8(text)) return std::nullopt;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto path = text.substr(0, comma);
    if (path.empty()) return std::nullopt;
    wire.PutBytes(1, SnakeCase(path));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (text.empty()) return std::nullopt;
  }
  return wire.Take();
}

}  // namespace

bool HasTextForm(WellKnown type) {
  return type == WellKnown::kTimestamp || type == WellKnown::kDuration ||
         type == WellKnown::kFieldMask;
}

std::optional<std::string> TextOf(WellKnown type, std::string_view wire) {
  switch (type) {
    case WellKnown::kTimestamp:
      return TimestampText(wire);
    case WellKnown::kDuration:
      return DurationText(wire);
    case WellKnown::kFieldMask:
      return FieldMaskText(wire);
    default:
      return std::nullopt;
  }
}

std::optional<std::string> WireOf(WellKnown type, std::string_view text) {
  switch (type) {
    case WellKnown::kTimestamp:
      return TimestampWire(text);
    case WellKnown::kDuration:
      return DurationWire(text);
    case WellKnown::kFieldMask:
      return FieldMaskWire(text);
    default:
      return std::nullopt;
  }
}

std::string ExpectedText(WellKnown type) {
  switch (type) {
    case WellKnown::kTimestamp:
      return "a time such as \"2023-07-28T09:00:00+08:00\"";
    case WellKnown::kDuration:
      return "a duration such as \"1.5s\"";
    case WellKnown::kFieldMask:
      return "field names with commas between them";
    default:
      return "a value";
  }
}

}  // namespace gongkai
