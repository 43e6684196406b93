#include "services/plans/store/postgres/directory_rows.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "services/plans/store/postgres/access.h"
#include "services/plans/store/postgres/rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLock{"lock_directory", "select lock_aggregate($1, 0)"};

constexpr Statement kFindDivision{"find_division", "select 1 from division where division = $1"};

// $2: replace name and validity of the divisions that are there.
constexpr Statement kPutDivisions{"put_divisions", R"sql(
  with given as (
    select * from json_to_recordset($1::json)
      as g(division int, display_name text, level division_level, parent_division int,
           valid_from date, valid_until date, successors json)
  ), written as (
    insert into division as d (division, display_name, level, parent_division, valid_from,
                               valid_until, successors)
    select division, display_name, level, parent_division, valid_from, valid_until,
           array(select code::int from json_array_elements_text(successors) as code)
    from given order by level, division
    on conflict (division) do update
      set display_name = excluded.display_name, valid_from = excluded.valid_from,
          valid_until = excluded.valid_until, successors = excluded.successors,
          revision = d.revision + 1
      where $2 and (d.display_name, d.valid_from, d.valid_until, d.successors) is distinct from
                   (excluded.display_name, excluded.valid_from, excluded.valid_until,
                    excluded.successors)
    returning d
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (d).division, 'division', resource(d), $3 from written order by (d).level, (d).division
  )
  select count(*) from written
)sql"};

constexpr Statement kMissingUnits{"missing_units", R"sql(
  select member from unnest($2::int[]) as member
  where not exists (select 1 from unit where division = $1 and unit = member) limit 1
)sql"};

constexpr Statement kGetUnitRow{"get_unit_row",
                                "select resource(u) from unit u where division = $1 and unit = $2"};

constexpr Statement kUnitNames{
    "unit_names", "select unit, to_json(display_name || aliases) from unit where division = $1"};

constexpr Statement kInsertUnit{"insert_unit", R"sql(
  with added as (
    insert into unit as u (division, unit, display_name, kind, aliases, credit_code, valid_from,
                           valid_until, state)
    select $1, coalesce(max(o.unit), 0) + 1, $2, $3::unit_kind, $4::text[], $5, $6::date, $7::date,
           $8::unit_state
    from unit o where o.division = $1
    returning u
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (u).division, 'unit', resource(u), $9 from added
  )
  select resource(u) from added
)sql"};

// $10 says what becomes of aliases and days that the record leaves open: true, they stay.
constexpr Statement kUpdateUnit{"update_unit", R"sql(
  with changed as (
    update unit u
    set display_name = $3, kind = $4::unit_kind, credit_code = $6, state = 'ACTIVE',
        aliases = array(select distinct name
                        from unnest(case when $10 then u.aliases else '{}' end || u.display_name
                                    || $5::text[]) as name
                        where name <> $3 order by name),
        valid_from = coalesce($7::date, case when $10 then u.valid_from end),
        valid_until = coalesce($8::date, case when $10 then u.valid_until end),
        successors = case when $10 then u.successors else $11::int[] end,
        revision = u.revision + 1
    where division = $1 and unit = $2
    returning u
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (u).division, 'unit', resource(u), $9 from changed
  )
  select resource(u) from changed
)sql"};

std::vector<std::string> Names(const UnitRecord& record) {
  std::vector<std::string> names = record.aliases;
  names.insert(names.begin(), record.display_name);
  return names;
}

// The units of a division by comparable name, while some are written.
class KnownUnits {
 public:
  KnownUnits(Session& session, DivisionCode division) {
    for (const auto& row : session.Execute(kUnitNames, division.value)) {
      for (const auto& name : nlohmann::json::parse(row[1].c_str())) {
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
    for (const auto& name : Names(record)) by_name_[ComparableName(name)] = unit;
  }

 private:
  std::map<std::string, int> by_name_;
};

Error NamesTaken(const UnitRecord& record, DivisionCode division, const std::set<int>& bearers) {
  std::string units;
  for (int unit : bearers) {
    units += (units.empty() ? "" : ", ") + FormatName(UnitKey{division, unit});
  }
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "NAMES_TAKEN",
          .message = "names of " + record.display_name + " belong to other units (" + units +
                     "); give it only names that no other unit has",
          .message_zh = "“" + record.display_name + "”的名称或别名已属于其他单位，请修改",
          .metadata = {{"unit", record.display_name}, {"units", units}}};
}

Document InsertUnit(Session& session, const std::string& actor, DivisionCode division,
                    const UnitRecord& record) {
  return session
      .Execute(kInsertUnit, division.value, record.display_name, std::string(Label(record.kind)),
               ArrayLiteral(record.aliases), record.credit_code, DateOrNull(record.valid_from),
               DateOrNull(record.valid_until), record.provisional ? "PROVISIONAL" : "ACTIVE",
               actor)[0][0]
      .c_str();
}

// `adding`: what the record leaves open stays as it is. INVALID_ARGUMENT where the unit would end
// before it begins.
Result<Document> UpdateUnit(Session& session, const std::string& actor, const UnitKey& unit,
                            const UnitRecord& record, bool adding) try {
  return OneDocument(session.Execute(kUpdateUnit, unit.division.value, unit.unit,
                                     record.display_name, std::string(Label(record.kind)),
                                     ArrayLiteral(record.aliases), record.credit_code,
                                     DateOrNull(record.valid_from), DateOrNull(record.valid_until),
                                     actor, adding, NumbersLiteral(record.successors)),
                     FormatName(unit));
} catch (const pqxx::check_violation&) {
  return Fail(InvalidArgument("valid_until",
                              "of " + record.display_name + " would be before its valid_from"));
}

int NumberOf(const Document& unit) {
  return ParseUnitName(nlohmann::json::parse(unit)["name"].get<std::string>())->unit;
}

}  // namespace

void WaitForDirectory(Session& session, DivisionCode division) {
  session.Execute(kLock, division.value);
}

Result<void> LockDirectory(Session& session, DivisionCode division) {
  WaitForDirectory(session, division);
  if (session.Execute(kFindDivision, division.value).empty()) {
    return Fail(NotFound(FormatName(division)));
  }
  return {};
}

Result<void> CheckUnits(Session& session, DivisionCode division, const std::vector<int>& units) {
  const auto missing = session.Execute(kMissingUnits, division.value, NumbersLiteral(units));
  if (missing.empty()) return {};
  return Fail(NotFound(FormatName(UnitKey{division, missing[0][0].as<int>()})));
}

int PutDivisionRows(Session& session, const std::string& actor,
                    const std::vector<DivisionRecord>& divisions, KnownDivisions known) {
  auto rows = nlohmann::json::array();
  const auto date = [](const std::optional<CivilDate>& day) {
    return day ? nlohmann::json(FormatDate(*day)) : nlohmann::json();
  };
  for (const auto& division : divisions) {
    const auto parent = ParentOf(division.division);
    auto successors = nlohmann::json::array();
    for (auto successor : division.successors) successors.push_back(successor.value);
    rows.push_back({{"division", division.division.value},
                    {"display_name", division.display_name},
                    {"level", LevelLabel(LevelOf(division.division))},
                    {"parent_division", parent ? nlohmann::json(parent->value) : nlohmann::json()},
                    {"valid_from", date(division.valid_from)},
                    {"valid_until", date(division.valid_until)},
                    {"successors", std::move(successors)}});
  }
  return session.Execute(kPutDivisions, rows.dump(), known == KnownDivisions::kReplace, actor)[0][0]
      .as<int>();
}

Result<std::vector<Document>> PutUnitRows(Session& session, const std::string& actor,
                                          DivisionCode division,
                                          const std::vector<UnitRecord>& units) {
  if (auto locked = LockDirectory(session, division); !locked) return Fail(locked.error());
  KnownUnits known(session, division);
  std::vector<Document> documents;
  for (const auto& record : units) {
    const auto bearers = known.Bearers(record);
    if (bearers.size() > 1) return Fail(NamesTaken(record, division, bearers));
    if (bearers.empty()) {
      documents.push_back(InsertUnit(session, actor, division, record));
    } else if (record.provisional) {
      documents.emplace_back(
          session.Execute(kGetUnitRow, division.value, *bearers.begin())[0][0].c_str());
    } else {
      auto updated = UpdateUnit(session, actor, {division, *bearers.begin()}, record, true);
      if (!updated) return Fail(updated.error());
      documents.push_back(std::move(*updated));
    }
    known.Add(record, NumberOf(documents.back()));
  }
  return documents;
}

Result<Document> ReplaceUnitRow(Session& session, const std::string& actor, const UnitKey& unit,
                                const UnitRecord& record) {
  auto bearers = KnownUnits(session, unit.division).Bearers(record);
  bearers.erase(unit.unit);
  if (!bearers.empty()) return Fail(NamesTaken(record, unit.division, bearers));
  return UpdateUnit(session, actor, unit, record, false);
}

Document ArrayOf(const std::vector<Document>& documents) {
  return nlohmann::json(documents).dump();
}

Result<std::vector<Document>> DocumentsIn(const Result<Document>& array) {
  if (!array) return Fail(array.error());
  return nlohmann::json::parse(*array).get<std::vector<Document>>();
}

std::string KindsLiteral(const std::vector<BodyKind>& kinds) {
  std::vector<std::string_view> labels;
  for (auto kind : kinds) labels.push_back(Label(kind));
  return ArrayLiteral(labels);
}

}  // namespace gongkai::plans
