// How divisions, units and groups change after they were made.
#pragma once

#include <functional>
#include <vector>

#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// From a resource as it is to what it is to be.
using UnitEdit = std::function<Result<UnitRecord>(const Document& unit)>;
using GroupEdit = std::function<Result<DirectoryGroup>(const Document& group)>;

// Thread-safe. Errors of every change: NOT_FOUND for what is not there, ETAG_MISMATCH. Every write
// leaves its changes in the feed, in the same transaction.
class DirectoryChangeStore {
 public:
  virtual ~DirectoryChangeStore() = default;

  // ALREADY_EXISTS with reason NAMES_TAKEN; FAILED_PRECONDITION with reason SUCCESSOR_CYCLE.
  virtual Result<Document> UpdateUnit(const WriteContext& context, const UnitKey& unit,
                                      ExpectedRevision expected, const UnitEdit& edit) = 0;
  // The units end on the day before `effective`; their documents in their order.
  // FAILED_PRECONDITION with reason UNIT_ENDED for one that ended before or begins later.
  virtual Result<std::vector<Document>> MergeUnits(const WriteContext& context,
                                                   DivisionCode division,
                                                   const std::vector<int>& units, int successor,
                                                   CivilDate effective) = 0;
  // Every unit of the division, by number.
  virtual Result<std::vector<Document>> AllUnits(DivisionCode division) = 0;

  virtual Result<Document> GetGroup(const UnitGroupKey& group) = 0;
  // ALREADY_EXISTS with reason PHRASE_TAKEN for the phrase of another group.
  virtual Result<Document> UpdateGroup(const WriteContext& context, const UnitGroupKey& group,
                                       ExpectedRevision expected, const GroupEdit& edit) = 0;
  // What was deleted.
  virtual Result<Document> DeleteGroup(const WriteContext& context, const UnitGroupKey& group,
                                       ExpectedRevision expected) = 0;

  // All or none; their documents in their order. INVALID_ARGUMENT for a division whose parent is
  // neither there nor among them.
  virtual Result<std::vector<Document>> LoadDivisions(
      const WriteContext& context, const std::vector<DivisionRecord>& divisions) = 0;
};

}  // namespace gongkai::plans
