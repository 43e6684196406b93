#include "services/reporting/store/overview_cache.h"

namespace gongkai::reporting {
namespace {

std::size_t BytesOf(const NumberedCells& cells) {
  std::size_t bytes = sizeof cells;
  for (const auto& division : cells.cells.divisions) bytes += division->Weight();
  return bytes;
}

}  // namespace

std::shared_ptr<const NumberedCells> OverviewCache::Find(const CellScope& scope) {
  std::lock_guard lock(mutex_);
  const auto found = by_scope_.find(scope);
  if (found == by_scope_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->cells;
}

void OverviewCache::Keep(const CellScope& scope, std::shared_ptr<const NumberedCells> cells) {
  const auto bytes = BytesOf(*cells);
  std::lock_guard lock(mutex_);
  if (const auto found = by_scope_.find(scope); found != by_scope_.end()) Drop(found->second);
  if (bytes > most_bytes_) return;
  entries_.push_front({scope, std::move(cells), bytes});
  by_scope_[scope] = entries_.begin();
  bytes_ += bytes;
  while (bytes_ > most_bytes_) Drop(std::prev(entries_.end()));
}

void OverviewCache::Drop(Entries::iterator entry) {
  bytes_ -= entry->bytes;
  by_scope_.erase(entry->scope);
  entries_.erase(entry);
}

}  // namespace gongkai::reporting
