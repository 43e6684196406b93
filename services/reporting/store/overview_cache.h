// Cells that were read before, so that only what has changed since is read again.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "services/reporting/store/overview_cells.h"

namespace gongkai::reporting {

// The units whose cells an overview reads.
enum class UnitScope { kNone, kOwn, kAll };

// What was read.
struct CellScope {
  int division = 0;
  int year = 0;
  UnitScope units = UnitScope::kNone;
  std::int32_t known_day = kNoDay;  // kNoDay: as it is known now

  friend auto operator<=>(const CellScope&, const CellScope&) = default;
};

// Cells with the number of the batch that they stand for. They may be answered only after the
// database has told which of their divisions have a higher number, and those were read anew.
struct NumberedCells {
  std::string epoch;  // of the projection
  std::int64_t version = 0;
  OverviewCells cells;
};

// Keeps what was used last, up to a number of bytes. Thread-safe.
class OverviewCache {
 public:
  explicit OverviewCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Null where nothing is kept.
  std::shared_ptr<const NumberedCells> Find(const CellScope& scope);
  // In place of what was kept for the scope.
  void Keep(const CellScope& scope, std::shared_ptr<const NumberedCells> cells);

 private:
  struct Entry {
    CellScope scope;
    std::shared_ptr<const NumberedCells> cells;
    std::size_t bytes = 0;
  };
  using Entries = std::list<Entry>;  // the one used last in front

  void Drop(Entries::iterator entry);

  const std::size_t most_bytes_;
  std::mutex mutex_;
  Entries entries_;
  std::map<CellScope, Entries::iterator> by_scope_;
  std::size_t bytes_ = 0;
};

}  // namespace gongkai::reporting
