#include <map>
#include <nlohmann/json.hpp>

#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kGetDivision{"get_division",
                                 "select resource(d) from division d where division = $1"};

constexpr Statement kGetUnit{"get_unit",
                             "select resource(u) from unit u where division = $1 and unit = $2"};

// $2: the day.
constexpr Statement kLoadUnitsOfDay{"load_units_of_day", R"sql(
  select unit, kind, to_json(display_name || aliases),
         coalesce(valid_from, day) <= day and coalesce(valid_until, day) >= day,
         case when valid_until < day and cardinality(successors) = 1 then successors[1] end
  from unit,
       coalesce($2::date, (now() at time zone 'Asia/Shanghai')::date) as day
  where division = $1
)sql"};

constexpr Statement kDivisionNames{"division_names", R"sql(
  select d.display_name, coalesce(above.display_name, '')
  from division d left join division above on above.division = d.parent_division
  where d.division = $1
)sql"};

constexpr Statement kLoadGroups{"load_groups", R"sql(
  select phrase, to_json(kinds), to_json(units) from unit_group
  where division in (0, $1) order by division
)sql"};

constexpr Statement kPutGroup{"put_group", R"sql(
  insert into unit_group as g (division, unit_group, phrase, kinds, units)
  select $1, coalesce(max(o.unit_group), 0) + 1, $2, $3::text[]::unit_kind[], $4::int[]
  from unit_group o where o.division = $1
  on conflict (division, phrase) do update
    set kinds = excluded.kinds, units = excluded.units, revision = g.revision + 1
  returning resource(g)
)sql"};

// The rows of kLoadUnitsOfDay: the units that are valid, and who took over from the others.
struct UnitsOfDay {
  explicit UnitsOfDay(const pqxx::result& rows) {
    for (const auto& row : rows) {
      const int unit = row[0].as<int>();
      auto names = nlohmann::json::parse(row[2].c_str()).get<std::vector<std::string>>();
      if (row[3].as<bool>()) {
        valid.push_back({unit, *BodyKindOf(row[1].c_str()), std::move(names)});
      } else {
        gone[unit] = std::move(names);
        if (!row[4].is_null()) successor[unit] = row[4].as<int>();
      }
    }
  }

  // Those from which, over however many reforms, one unit took over that is valid.
  std::vector<FormerUnit> Former() const {
    std::vector<FormerUnit> former;
    for (const auto& [unit, names] : gone) {
      int heir = unit;
      for (std::size_t steps = 0; steps < gone.size() && successor.contains(heir); ++steps) {
        heir = successor.at(heir);
      }
      if (!gone.contains(heir)) former.push_back({unit, names, heir});
    }
    return former;
  }

  std::vector<DirectoryUnit> valid;
  std::map<int, std::vector<std::string>> gone;
  std::map<int, int> successor;  // of those gone
};

class PostgresDirectoryStore : public DirectoryStore {
 public:
  explicit PostgresDirectoryStore(Access& access) : access_(access) {}

  Result<Document> GetDivision(DivisionCode division) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetDivision, division.value), FormatName(division));
    });
  }

  Result<Page> ListDivisions(std::optional<DivisionCode> parent, const ListQuery& query) override {
    list::Scope scope;
    if (parent) scope.Equal("parent_division", parent->value);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kDivisionList, scope, query); });
  }

  Result<int> SeedDivisions(const std::vector<DivisionRecord>& divisions) override {
    return access_.database().Write([&](Session& session) -> Result<int> {
      return PutDivisionRows(session, "gongkai", divisions, KnownDivisions::kKeep);
    });
  }

  Result<Document> GetUnit(const UnitKey& unit) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetUnit, unit.division.value, unit.unit),
                         FormatName(unit));
    });
  }

  Result<Page> ListUnits(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().Equal("division", division.value);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kUnitList, scope, query); });
  }

  Result<std::vector<Document>> PutUnits(const WriteContext& context, DivisionCode division,
                                         const std::vector<UnitRecord>& units) override {
    return DocumentsIn(access_.Write(context, division, [&](Session& session) -> Result<Document> {
      const auto documents = PutUnitRows(session, context.actor, division, units);
      if (!documents) return Fail(documents.error());
      return ArrayOf(*documents);
    }));
  }

  Result<Page> ListUnitGroups(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().AnyOf("division", {0, division.value});
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kUnitGroupList, scope, query); });
  }

  Result<Document> PutUnitGroup(const WriteContext& context, DivisionCode division,
                                const DirectoryGroup& group) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      if (auto locked = LockDirectory(session, division); !locked) return Fail(locked.error());
      if (auto found = CheckUnits(session, division, group.units); !found) {
        return Fail(found.error());
      }
      return OneDocument(session.Execute(kPutGroup, division.value, ComparableName(group.phrase),
                                         KindsLiteral(group.kinds), NumbersLiteral(group.units)),
                         "");
    });
  }

  Result<Directory> LoadDirectory(DivisionCode division, std::optional<CivilDate> day) override {
    return access_.Read([&](Session& session) -> Result<Directory> {
      UnitsOfDay units(session.Execute(kLoadUnitsOfDay, division.value, DateOrNull(day)));
      std::vector<DirectoryGroup> groups;
      for (const auto& row : session.Execute(kLoadGroups, division.value)) {
        DirectoryGroup group{.phrase = row[0].c_str()};
        for (const auto& kind : nlohmann::json::parse(row[1].c_str())) {
          group.kinds.push_back(*BodyKindOf(kind.get<std::string>()));
        }
        group.units = nlohmann::json::parse(row[2].c_str()).get<std::vector<int>>();
        groups.push_back(std::move(group));
      }
      DivisionNames names;
      for (const auto& row : session.Execute(kDivisionNames, division.value)) {
        names = {row[0].c_str(), row[1].c_str()};
      }
      return Directory(std::move(units.valid), std::move(groups), std::move(names), units.Former());
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<DirectoryStore> MakeDirectoryStore(Access& access) {
  return std::make_unique<PostgresDirectoryStore>(access);
}

}  // namespace gongkai::plans
