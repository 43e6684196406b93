#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

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

constexpr Statement kSeedDivisions{"seed_divisions", R"sql(
  with given as (
    select * from json_to_recordset($1::json)
      as g(division int, display_name text, level division_level, parent_division int)
  ), added as (
    insert into division as d (division, display_name, level, parent_division)
    select division, display_name, level, parent_division from given order by level, division
    on conflict (division) do nothing
    returning d
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (d).division, 'division', resource(d), 'gongkai' from added order by (d).level,
           (d).division
  )
  select count(*) from added
)sql"};

constexpr Statement kGetUnit{"get_unit",
                             "select resource(u) from unit u where division = $1 and unit = $2"};

constexpr Statement kLock{"lock_directory", "select lock_aggregate($1, 0)"};

constexpr Statement kFindDivision{"find_division", "select 1 from division where division = $1"};

constexpr Statement kDivisionNames{"division_names", R"sql(
  select d.display_name, coalesce(above.display_name, '')
  from division d left join division above on above.division = d.parent_division
  where d.division = $1
)sql"};

constexpr Statement kLoadUnits{
    "load_units",
    "select unit, kind, to_json(display_name || aliases) from unit where division = $1"};

constexpr Statement kLoadGroups{"load_groups", R"sql(
  select phrase, to_json(kinds), to_json(units) from unit_group
  where division in (0, $1) order by division
)sql"};

// What is said of a unit that the plan only named is not overridden by a guess.
constexpr Statement kInsertUnit{"insert_unit", R"sql(
  with added as (
    insert into unit as u (division, unit, display_name, kind, aliases, credit_code, state)
    select $1, coalesce(max(o.unit), 0) + 1, $2, $3::unit_kind, $4::text[], $5, $6::unit_state
    from unit o where o.division = $1
    returning u
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (u).division, 'unit', resource(u), $7 from added
  )
  select resource(u) from added
)sql"};

constexpr Statement kUpdateUnit{"update_unit", R"sql(
  with changed as (
    update unit u
    set display_name = $3, kind = $4::unit_kind, credit_code = $6, state = 'ACTIVE',
        aliases = array(select distinct name from unnest(u.aliases || u.display_name || $5::text[])
                        as name where name <> $3 order by name),
        revision = u.revision + 1
    where division = $1 and unit = $2
    returning u
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (u).division, 'unit', resource(u), $7 from changed
  )
  select resource(u) from changed
)sql"};

constexpr Statement kPutGroup{"put_group", R"sql(
  insert into unit_group as g (division, unit_group, phrase, kinds, units)
  select $1, coalesce(max(o.unit_group), 0) + 1, $2, $3::text[]::unit_kind[], $4::int[]
  from unit_group o where o.division = $1
  on conflict (division, phrase) do update set kinds = excluded.kinds, units = excluded.units
  returning resource(g)
)sql"};

constexpr Statement kMissingUnits{"missing_units", R"sql(
  select member from unnest($2::int[]) as member
  where not exists (select 1 from unit where division = $1 and unit = member) limit 1
)sql"};

std::vector<std::string> Names(const UnitRecord& record) {
  std::vector<std::string> names = record.aliases;
  names.insert(names.begin(), record.display_name);
  return names;
}

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
    auto rows = nlohmann::json::array();
    for (const auto& division : divisions) {
      rows.push_back({{"division", division.division.value},
                      {"display_name", division.display_name},
                      {"level", division.level},
                      {"parent_division", division.parent ? nlohmann::json(division.parent->value)
                                                          : nlohmann::json()}});
    }
    return access_.database().Write([&](Session& session) -> Result<int> {
      return session.Execute(kSeedDivisions, rows.dump())[0][0].as<int>();
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
    auto written = access_.Write(context, division, [&](Session& session) -> Result<Document> {
      auto documents = PutUnitRows(session, context.actor, division, units);
      if (!documents) return Fail(documents.error());
      auto array = nlohmann::json::array();
      for (const auto& document : *documents) array.push_back(document);
      return array.dump();
    });
    if (!written) return Fail(written.error());
    return nlohmann::json::parse(*written).get<std::vector<Document>>();
  }

  Result<Page> ListUnitGroups(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().AnyOf("division", {0, division.value});
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kUnitGroupList, scope, query); });
  }

  Result<Document> PutUnitGroup(const WriteContext& context, DivisionCode division,
                                const DirectoryGroup& group) override {
    std::vector<std::string_view> kinds;
    for (auto kind : group.kinds) kinds.push_back(Label(kind));
    std::vector<std::string> members;
    for (int unit : group.units) members.push_back(std::to_string(unit));
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      if (session.Execute(kFindDivision, division.value).empty()) {
        return Fail(NotFound(FormatName(division)));
      }
      const auto missing = session.Execute(kMissingUnits, division.value, ArrayLiteral(members));
      if (!missing.empty()) {
        return Fail(NotFound(FormatName(UnitKey{division, missing[0][0].as<int>()})));
      }
      return OneDocument(session.Execute(kPutGroup, division.value, ComparableName(group.phrase),
                                         ArrayLiteral(kinds), ArrayLiteral(members)),
                         "");
    });
  }

  Result<Directory> LoadDirectory(DivisionCode division) override {
    return access_.Read([&](Session& session) -> Result<Directory> {
      std::vector<DirectoryUnit> units;
      for (const auto& row : session.Execute(kLoadUnits, division.value)) {
        units.push_back({row[0].as<int>(), *BodyKindOf(row[1].c_str()),
                         nlohmann::json::parse(row[2].c_str()).get<std::vector<std::string>>()});
      }
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
      return Directory(std::move(units), std::move(groups), std::move(names));
    });
  }

 private:
  Access& access_;
};

// The units of a division by comparable name, while a batch is put in.
class KnownUnits {
 public:
  KnownUnits(Session& session, DivisionCode division) {
    for (const auto& row : session.Execute(kLoadUnits, division.value)) {
      for (const auto& name : nlohmann::json::parse(row[2].c_str())) {
        by_name_[ComparableName(name.get<std::string>())] = row[0].as<int>();
      }
    }
  }

  // The numbers of the units that already bear one of the names.
  std::set<int> Bearers(const UnitRecord& record) const {
    std::set<int> bearers;
    for (const auto& name : Names(record)) {
      const auto found = by_name_.find(ComparableName(name));
      if (found != by_name_.end()) bearers.insert(found->second);
    }
    return bearers;
  }

  void Add(const UnitRecord& record, int unit) {
    for (const auto& name : Names(record)) {
      by_name_[ComparableName(name)] = unit;
    }
  }

 private:
  std::map<std::string, int> by_name_;
};

Error NamesTaken(const UnitRecord& record, DivisionCode division, const std::set<int>& bearers) {
  std::string units;
  for (int unit : bearers)
    units += (units.empty() ? "" : ", ") + FormatName(UnitKey{division, unit});
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "NAMES_TAKEN",
          .message = "the names of " + record.display_name + " belong to several units (" + units +
                     "); give it only names that no other unit has",
          .message_zh = "“" + record.display_name + "”的名称或别名已属于多个单位，请修改",
          .metadata = {{"unit", record.display_name}, {"units", units}}};
}

int NumberOf(const Document& unit) {
  return ParseUnitName(nlohmann::json::parse(unit)["name"].get<std::string>())->unit;
}

}  // namespace

Result<std::vector<Document>> PutUnitRows(Session& session, const std::string& actor,
                                          DivisionCode division,
                                          const std::vector<UnitRecord>& units) {
  session.Execute(kLock, division.value);
  if (session.Execute(kFindDivision, division.value).empty()) {
    return Fail(NotFound(FormatName(division)));
  }
  KnownUnits known(session, division);
  std::vector<Document> documents;
  for (const auto& record : units) {
    const auto bearers = known.Bearers(record);
    if (bearers.size() > 1) return Fail(NamesTaken(record, division, bearers));
    const std::string kind(Label(record.kind));
    const auto aliases = ArrayLiteral(record.aliases);
    if (bearers.empty()) {
      const char* state = record.provisional ? "PROVISIONAL" : "ACTIVE";
      documents.emplace_back(session
                                 .Execute(kInsertUnit, division.value, record.display_name, kind,
                                          aliases, record.credit_code, state, actor)[0][0]
                                 .c_str());
    } else if (record.provisional) {
      documents.emplace_back(
          session.Execute(kGetUnit, division.value, *bearers.begin())[0][0].c_str());
    } else {
      documents.emplace_back(session
                                 .Execute(kUpdateUnit, division.value, *bearers.begin(),
                                          record.display_name, kind, aliases, record.credit_code,
                                          actor)[0][0]
                                 .c_str());
    }
    known.Add(record, NumberOf(documents.back()));
  }
  return documents;
}

std::unique_ptr<DirectoryStore> MakeDirectoryStore(Access& access) {
  return std::make_unique<PostgresDirectoryStore>(access);
}

}  // namespace gongkai::plans
