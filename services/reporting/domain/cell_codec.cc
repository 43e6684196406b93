#include "services/reporting/domain/cell_codec.h"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace gongkai::reporting {
namespace {

constexpr char kFormat = 1;

void Put(std::string& bytes, std::int64_t value) {
  auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
  while (rest >= 0x80) {
    bytes.push_back(static_cast<char>(rest | 0x80));
    rest >>= 7;
  }
  bytes.push_back(static_cast<char>(rest));
}

template <std::size_t KeyParts, std::size_t SumCount>
void Put(std::string& bytes, const SumTable<KeyParts, SumCount>& table) {
  Put(bytes, static_cast<std::int64_t>(table.rows().size()));
  std::int64_t before = 0;
  for (const auto& row : table.rows()) {
    Put(bytes, row.key[0] - std::exchange(before, row.key[0]));
    for (std::size_t i = 1; i < KeyParts; ++i) Put(bytes, row.key[i]);
    for (const auto sum : row.sums) Put(bytes, sum);
  }
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  template <std::size_t KeyParts, std::size_t SumCount>
  void Take(SumTable<KeyParts, SumCount>& table) {
    const auto size = Next();
    // A row takes at least a byte for each of its numbers.
    if (size < 0 || size > (end_ - at_) / static_cast<std::int64_t>(KeyParts + SumCount)) {
      return Break();
    }
    std::vector<typename SumTable<KeyParts, SumCount>::Row> rows(size);
    std::int64_t before = 0;
    for (auto& row : rows) {
      // The sum cannot overflow an int64: both are checked to be within 33 bits.
      const auto step = Next();
      constexpr std::int64_t kMostStep = 1LL << 33;
      if (step < -kMostStep || step > kMostStep) return Break();
      before += step;
      row.key[0] = Narrow(before);
      for (std::size_t i = 1; i < KeyParts; ++i) row.key[i] = Narrow(Next());
      for (auto& sum : row.sums) sum = Next();
    }
    if (!table.Assign(std::move(rows))) Break();
  }

  bool AtEnd() const { return sound_ && at_ == end_; }

 private:
  std::int64_t Next() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      // Ten bytes hold 70 bits, and a last byte of zero adds nothing: both have a shorter form.
      if ((shift == 63 && byte > 1) || (shift > 0 && byte == 0)) break;
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80)
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    Break();
    return 0;
  }

  std::int32_t Narrow(std::int64_t value) {
    const auto narrow = static_cast<std::int32_t>(value);
    if (narrow != value) Break();
    return narrow;
  }

  void Break() { sound_ = false; }

  const char* at_;
  const char* const end_;
  bool sound_ = true;
};

}  // namespace

std::string EncodeCell(const Cell& cell) {
  std::string bytes(1, kFormat);
  Put(bytes, cell.completion);
  Put(bytes, cell.assignments);
  Put(bytes, cell.tasks);
  Put(bytes, cell.holders);
  Put(bytes, cell.documents);
  Put(bytes, cell.head_acts);
  return bytes;
}

std::optional<Cell> DecodeCell(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kFormat) return std::nullopt;
  Reader reader(bytes.substr(1));
  Cell cell;
  reader.Take(cell.completion);
  reader.Take(cell.assignments);
  reader.Take(cell.tasks);
  reader.Take(cell.holders);
  reader.Take(cell.documents);
  reader.Take(cell.head_acts);
  if (!reader.AtEnd()) return std::nullopt;
  return cell;
}

}  // namespace gongkai::reporting
