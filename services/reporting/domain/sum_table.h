// Sums by key, in the order of the keys.
//
//   SumTable<2, 1> table;
//   table.Add({7, 1}, {2});
//   table.Add({7, 1}, {1});   → {{7, 1} → {3}}
//   table.Add({7, 1}, {-3});  → {}
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gongkai::reporting {

// A key whose sums are all zero is not in the table, so tables of the same sums are equal however
// they came about.
template <std::size_t KeyParts, std::size_t SumCount>
class SumTable {
 public:
  using Key = std::array<std::int32_t, KeyParts>;
  using Sums = std::array<std::int64_t, SumCount>;
  struct Row {
    Key key;
    Sums sums;
    friend bool operator==(const Row&, const Row&) = default;
  };

  const std::vector<Row>& rows() const { return rows_; }
  bool empty() const { return rows_.empty(); }

  // The sums of the key, or zeros.
  Sums Of(const Key& key) const {
    const auto row = std::lower_bound(rows_.begin(), rows_.end(), key, Before);
    return row != rows_.end() && row->key == key ? row->sums : Sums{};
  }

  void Add(const Key& key, const Sums& sums) {
    const auto row = std::lower_bound(rows_.begin(), rows_.end(), key, Before);
    if (row == rows_.end() || row->key != key) {
      if (sums != Sums{}) rows_.insert(row, {key, sums});
      return;
    }
    for (std::size_t i = 0; i < SumCount; ++i) row->sums[i] += sums[i];
    if (row->sums == Sums{}) rows_.erase(row);
  }

  void Add(const SumTable& other) {
    for (const auto& row : other.rows_) Add(row.key, row.sums);
  }

  // Takes rows that are sorted already. False, and no change, if they are not, or if one of them
  // has sums of zero.
  bool Assign(std::vector<Row> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].sums == Sums{} || (i > 0 && !(rows[i - 1].key < rows[i].key))) return false;
    }
    rows_ = std::move(rows);
    return true;
  }

  friend bool operator==(const SumTable&, const SumTable&) = default;

 private:
  static bool Before(const Row& row, const Key& key) { return row.key < key; }

  std::vector<Row> rows_;
};

}  // namespace gongkai::reporting
