// The directory of divisions, units and groups.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/directory.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// A unit to add, or to bring up to date where the division has one of that name.
struct UnitRecord {
  std::string display_name;
  BodyKind kind = BodyKind::kDepartment;
  std::vector<std::string> aliases;
  std::string credit_code;
  std::optional<CivilDate> valid_from;   // first day; nothing: it always was
  std::optional<CivilDate> valid_until;  // last day; nothing: it still is
  std::vector<int> successors;           // units that took over; only with a last day
  bool provisional = false;  // named by a plan and not confirmed; never overrides a known unit
};

// Level and parent follow from the code.
struct DivisionRecord {
  DivisionCode division;
  std::string display_name;
  std::optional<CivilDate> valid_from;
  std::optional<CivilDate> valid_until;
  std::vector<DivisionCode> successors;
};

// Thread-safe. Every write leaves its changes in the feed, in the same transaction.
class DirectoryStore {
 public:
  virtual ~DirectoryStore() = default;

  virtual Result<Document> GetDivision(DivisionCode division) = 0;
  // By code; only the children of `parent` if it is set.
  virtual Result<Page> ListDivisions(std::optional<DivisionCode> parent,
                                     const ListQuery& query) = 0;
  // Adds those that are missing; returns how many it added.
  virtual Result<int> SeedDivisions(const std::vector<DivisionRecord>& divisions) = 0;

  virtual Result<Document> GetUnit(const UnitKey& unit) = 0;
  // By number.
  virtual Result<Page> ListUnits(DivisionCode division, const ListQuery& query) = 0;
  // All or none; the units in the order of `units`. What a record leaves open stays as it is with a
  // known unit; successors are not looked at. ALREADY_EXISTS if a name or alias belongs to
  // another unit; NOT_FOUND for a division that does not exist.
  virtual Result<std::vector<Document>> PutUnits(const WriteContext& context, DivisionCode division,
                                                 const std::vector<UnitRecord>& units) = 0;

  // By phrase, those that hold everywhere first.
  virtual Result<Page> ListUnitGroups(DivisionCode division, const ListQuery& query) = 0;
  virtual Result<Document> PutUnitGroup(const WriteContext& context, DivisionCode division,
                                        const DirectoryGroup& group) = 0;

  // The directory of one division as plans need it, as it is on a day; today in Asia/Shanghai where
  // none is given.
  virtual Result<Directory> LoadDirectory(DivisionCode division,
                                          std::optional<CivilDate> day = std::nullopt) = 0;
};

}  // namespace gongkai::plans
