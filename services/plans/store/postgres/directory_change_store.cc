#include "services/plans/store/directory_change_store.h"

#include <set>

#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// What holds for every division stands under division 0.
constexpr DivisionCode kEverywhere{0};

constexpr Statement kFindUnitRow{"find_unit", R"sql(
  select resource(u), revision from unit u where division = $1 and unit = $2
)sql"};

constexpr Statement kAllUnits{"all_units",
                              "select resource(u) from unit u where division = $1 order by unit"};

// Whom the successors $3 lead to, of the units $2.
constexpr Statement kFindCycle{"find_successor_cycle", R"sql(
  with recursive heir (unit) as (
    select unnest($3::int[])
    union
    select unnest(u.successors) from heir join unit u on u.division = $1 and u.unit = heir.unit
  )
  select unit from heir where unit = any ($2::int[]) limit 1
)sql"};

constexpr Statement kFindEnded{"find_ended_unit", R"sql(
  select unit, valid_from, valid_until from unit
  where division = $1 and unit = any ($2::int[]) and (valid_from >= $3::date or valid_until < $3::date)
  order by unit limit 1
)sql"};

constexpr Statement kMergeUnits{"merge_units", R"sql(
  with ended as (
    update unit u
    set valid_until = $3::date - 1, successors = array[$4::int], state = 'ACTIVE',
        revision = u.revision + 1
    where division = $1 and unit = any ($2::int[])
    returning u
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (u).division, 'unit', resource(u), $5 from ended
  )
  select json_agg(resource(u)::text order by array_position($2::int[], (u).unit)) from ended
)sql"};

constexpr Statement kFindGroup{"find_group", R"sql(
  select resource(g), revision from unit_group g where division = $1 and unit_group = $2
)sql"};

constexpr Statement kPhraseOwner{"phrase_owner", R"sql(
  select unit_group from unit_group where division = $1 and unit_group <> $2 and phrase = $3
)sql"};

constexpr Statement kUpdateGroup{"update_group", R"sql(
  update unit_group g
  set phrase = $3, kinds = $4::text[]::unit_kind[], units = $5::int[], revision = revision + 1
  where division = $1 and unit_group = $2
  returning resource(g)
)sql"};

constexpr Statement kDeleteGroup{"delete_group", R"sql(
  delete from unit_group g where division = $1 and unit_group = $2 returning resource(g)
)sql"};

constexpr Statement kMissingDivision{"missing_division", R"sql(
  select code from unnest($1::int[]) with ordinality as given (code, place)
  where not exists (select 1 from division where division = code) order by place limit 1
)sql"};

constexpr Statement kDivisionsOf{"divisions_of", R"sql(
  select json_agg(resource(d)::text order by place)
  from unnest($1::int[]) with ordinality as given (code, place) join division d on d.division = code
)sql"};

Error SuccessorCycle(const UnitKey& unit) {
  const auto name = FormatName(unit);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "SUCCESSOR_CYCLE",
          .message = "the successors lead back to " + name + "; name a unit that comes after it",
          .message_zh = "继任单位最终又指回该单位本身，请另选继任单位",
          .metadata = {{"resource", name}}};
}

Error UnitEnded(const UnitKey& unit, const pqxx::row& days) {
  const auto name = FormatName(unit);
  std::string range = "from ";
  range += days["valid_from"].is_null() ? "ever" : days["valid_from"].c_str();
  range += " to ";
  range += days["valid_until"].is_null() ? "now" : days["valid_until"].c_str();
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "UNIT_ENDED",
          .message = name + " is valid " + range + ", so it cannot end on the day before; " +
                     "change its days with UpdateUnit",
          .message_zh = "该单位在所给日期前一日并不存续，请先核对其启用、停用日期",
          .metadata = {{"resource", name}}};
}

Error PhraseTaken(const UnitGroupKey& other, const std::string& phrase) {
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "PHRASE_TAKEN",
          .message = "the phrase " + phrase + " is that of " + FormatName(other),
          .message_zh = "已有同名的单位集合“" + phrase + "”",
          .metadata = {{"resource", FormatName(other)}}};
}

// A row of a resource and its revision, if it is there and what the caller believes.
Result<Document> Expect(const pqxx::result& rows, const std::string& name,
                        ExpectedRevision expected) {
  if (auto found = CheckRevision(rows, 1, name, expected); !found) return Fail(found.error());
  return Document(rows[0][0].c_str());
}

std::vector<int> CodesOf(const std::vector<DivisionRecord>& divisions) {
  std::vector<int> codes;
  for (const auto& division : divisions) codes.push_back(division.division.value);
  return codes;
}

// INVALID_ARGUMENT unless every parent and successor is there or among the divisions themselves.
Result<void> CheckKin(Session& session, const std::vector<DivisionRecord>& divisions) {
  const auto codes = CodesOf(divisions);
  const std::set<int> given(codes.begin(), codes.end());
  std::vector<int> others;
  for (const auto& division : divisions) {
    const auto parent = ParentOf(division.division);
    if (parent && !given.contains(parent->value)) others.push_back(parent->value);
    for (auto successor : division.successors) {
      if (!given.contains(successor.value)) others.push_back(successor.value);
    }
  }
  const auto missing = session.Execute(kMissingDivision, NumbersLiteral(others));
  if (missing.empty()) return {};
  return Fail(
      InvalidArgument("divisions", "needs " + FormatName(DivisionCode{missing[0][0].as<int>()}) +
                                       ", parent or successor of one of them; load it too"));
}

class PostgresDirectoryChangeStore : public DirectoryChangeStore {
 public:
  explicit PostgresDirectoryChangeStore(Access& access) : access_(access) {}

  Result<Document> UpdateUnit(const WriteContext& context, const UnitKey& unit,
                              ExpectedRevision expected, const UnitEdit& edit) override {
    return access_.Write(context, unit.division, [&](Session& session) -> Result<Document> {
      if (auto locked = LockDirectory(session, unit.division); !locked) {
        return Fail(locked.error());
      }
      const auto found = Expect(session.Execute(kFindUnitRow, unit.division.value, unit.unit),
                                FormatName(unit), expected);
      if (!found) return Fail(found.error());
      const auto record = edit(*found);
      if (!record) return Fail(record.error());
      if (auto fit = CheckSuccessors(session, unit.division, {unit.unit}, record->successors);
          !fit) {
        return Fail(fit.error());
      }
      return ReplaceUnitRow(session, context.actor, unit, *record);
    });
  }

  Result<std::vector<Document>> MergeUnits(const WriteContext& context, DivisionCode division,
                                           const std::vector<int>& units, int successor,
                                           CivilDate effective) override {
    const auto members = NumbersLiteral(units);
    return DocumentsIn(access_.Write(context, division, [&](Session& session) -> Result<Document> {
      if (auto locked = LockDirectory(session, division); !locked) return Fail(locked.error());
      if (auto found = CheckUnits(session, division, units); !found) return Fail(found.error());
      if (auto fit = CheckSuccessors(session, division, units, {successor}); !fit) {
        return Fail(fit.error());
      }
      const auto ended =
          session.Execute(kFindEnded, division.value, members, FormatDate(effective));
      if (!ended.empty()) {
        return Fail(UnitEnded({division, ended[0]["unit"].as<int>()}, ended[0]));
      }
      return Document(session
                          .Execute(kMergeUnits, division.value, members, FormatDate(effective),
                                   successor, context.actor)[0][0]
                          .c_str());
    }));
  }

  Result<std::vector<Document>> AllUnits(DivisionCode division) override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      return AllDocuments(session.Execute(kAllUnits, division.value));
    });
  }

  Result<Document> GetGroup(const UnitGroupKey& group) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kFindGroup, group.division.value, group.unit_group),
                         FormatName(group));
    });
  }

  Result<Document> UpdateGroup(const WriteContext& context, const UnitGroupKey& group,
                               ExpectedRevision expected, const GroupEdit& edit) override {
    return access_.Write(context, group.division, [&](Session& session) -> Result<Document> {
      const auto found = LockGroup(session, group, expected);
      if (!found) return Fail(found.error());
      const auto changed = edit(*found);
      if (!changed) return Fail(changed.error());
      if (auto members = CheckUnits(session, group.division, changed->units); !members) {
        return Fail(members.error());
      }
      const int division = group.division.value;
      const auto phrase = ComparableName(changed->phrase);
      const auto owner = session.Execute(kPhraseOwner, division, group.unit_group, phrase);
      if (!owner.empty()) {
        return Fail(PhraseTaken({group.division, owner[0][0].as<int>()}, phrase));
      }
      return OneDocument(
          session.Execute(kUpdateGroup, division, group.unit_group, phrase,
                          KindsLiteral(changed->kinds), NumbersLiteral(changed->units)),
          FormatName(group));
    });
  }

  Result<Document> DeleteGroup(const WriteContext& context, const UnitGroupKey& group,
                               ExpectedRevision expected) override {
    return access_.Write(context, group.division, [&](Session& session) -> Result<Document> {
      const auto found = LockGroup(session, group, expected);
      if (!found) return Fail(found.error());
      return OneDocument(session.Execute(kDeleteGroup, group.division.value, group.unit_group),
                         FormatName(group));
    });
  }

  Result<std::vector<Document>> LoadDivisions(
      const WriteContext& context, const std::vector<DivisionRecord>& divisions) override {
    return DocumentsIn(
        access_.Write(context, kEverywhere, [&](Session& session) -> Result<Document> {
          WaitForDirectory(session, kEverywhere);
          if (auto kin = CheckKin(session, divisions); !kin) return Fail(kin.error());
          PutDivisionRows(session, context.actor, divisions, KnownDivisions::kReplace);
          return Document(
              session.Execute(kDivisionsOf, NumbersLiteral(CodesOf(divisions)))[0][0].c_str());
        }));
  }

 private:
  // They exist, and none of them leads back to one of the units.
  static Result<void> CheckSuccessors(Session& session, DivisionCode division,
                                      const std::vector<int>& units,
                                      const std::vector<int>& successors) {
    if (auto found = CheckUnits(session, division, successors); !found) return Fail(found.error());
    const auto cycle = session.Execute(kFindCycle, division.value, NumbersLiteral(units),
                                       NumbersLiteral(successors));
    if (cycle.empty()) return {};
    return Fail(SuccessorCycle({division, cycle[0][0].as<int>()}));
  }

  static Result<Document> LockGroup(Session& session, const UnitGroupKey& group,
                                    ExpectedRevision expected) {
    WaitForDirectory(session, group.division);
    return Expect(session.Execute(kFindGroup, group.division.value, group.unit_group),
                  FormatName(group), expected);
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<DirectoryChangeStore> MakeDirectoryChangeStore(Access& access) {
  return std::make_unique<PostgresDirectoryChangeStore>(access);
}

}  // namespace gongkai::plans
