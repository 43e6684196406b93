#include "services/reporting/store/postgres/scoring_store.h"

#include "services/reporting/domain/resource_name.h"
#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1 division, $2 year. One writer of a scheme at a time, so that a request is found that another
// connection is just answering.
constexpr Statement kLockScheme{"lock_scheme", R"sql(
insert into scoring_scheme (division, year) values ($1, $2)
on conflict (division, year) do update set division = excluded.division
)sql"};

// $3 content, $4 creator, $5 request id or null.
constexpr Statement kCreateVersion{"create_version", R"sql(
with known as (
  select version from scoring_version
  where division = $1::int and year = $2::int and request_id = $5::text
), next as (
  update scoring_scheme set last_version = last_version + 1
  where division = $1 and year = $2 and not exists (select from known)
  returning last_version
), added as (
  insert into scoring_version (division, year, version, content, creator, request_id)
  select $1, $2, last_version, $3::json, $4, $5 from next
  returning version
)
select version from known union all select version from added
)sql"};

constexpr Statement kReadVersions{"read_versions", R"sql(
select version, content, (extract(epoch from create_time) * 1000000)::bigint as create_time,
       creator, (extract(epoch from publish_time) * 1000000)::bigint as publish_time, publisher,
       publish_request_id
from scoring_version
where division = $1 and year = $2 and ($3::int is null or version = $3)
order by version desc limit 1000
)sql"};

// $3 version, $4 publisher, $5 request id or null.
constexpr Statement kPublishVersion{"publish_version", R"sql(
update scoring_version
set publish_time = now(), publisher = $4, publish_request_id = $5::text
where division = $1 and year = $2 and version = $3 and publish_time is null
)sql"};

// $3 subject's division, $4 its unit, $5 indicator, $6 points, $7 reason, $8 creator, $9 request id
// or null.
constexpr Statement kCreateMark{"create_mark", R"sql(
with known as (
  select number from scoring_mark
  where division = $1::int and year = $2::int and request_id = $9::text
), next as (
  update scoring_scheme set last_mark = last_mark + 1
  where division = $1 and year = $2 and not exists (select from known)
  returning last_mark
), added as (
  insert into scoring_mark (division, year, number, subject_division, subject_unit, indicator,
                            points, reason, creator, request_id)
  select $1, $2, last_mark, $3, $4, $5, $6, $7, $8, $9 from next
  returning number
)
select number from known union all select number from added
)sql"};

// $3 number, $4 subject's division, $5 its unit; each may be null.
constexpr Statement kReadMarks{"read_marks", R"sql(
select number, subject_division, subject_unit, indicator, points, reason,
       (extract(epoch from create_time) * 1000000)::bigint as create_time, creator
from scoring_mark
where division = $1 and year = $2 and ($3::int is null or number = $3)
  and ($4::int is null or (subject_division = $4 and subject_unit = $5::int))
order by number desc limit 1000
)sql"};

// $3: the day, or null.
constexpr Statement kReadLatestMarks{"read_latest_marks", R"sql(
select distinct on (subject_division, subject_unit, indicator)
       subject_division, subject_unit, indicator, points, reason
from scoring_mark
where division = $1 and year = $2
  and ($3::date is null or (create_time at time zone 'Asia/Shanghai')::date <= $3)
order by subject_division, subject_unit, indicator, number desc
)sql"};

std::optional<std::string> IdOrNull(const ScoringWrite& write) {
  return write.request_id.empty() ? std::nullopt : std::optional(write.request_id);
}

StoredVersion VersionIn(const pqxx::row& row) {
  return {.version = row["version"].as<int>(),
          .content = row["content"].c_str(),
          .create_time = *TimeOrNothing(row["create_time"]),
          .creator = row["creator"].c_str(),
          .publish_time = TimeOrNothing(row["publish_time"]),
          .publisher = row["publisher"].c_str()};
}

StoredMark MarkIn(const pqxx::row& row) {
  return {.number = row["number"].as<int>(),
          .subject = {row["subject_division"].as<int>(), row["subject_unit"].as<int>()},
          .indicator = row["indicator"].c_str(),
          .mark = {row["points"].as<Points>(), row["reason"].c_str()},
          .create_time = *TimeOrNothing(row["create_time"]),
          .creator = row["creator"].c_str()};
}

std::string NameOf(const SchemeVersionKey& key) {
  return NameInDivision(key.scheme.division, "scoringSchemes", key.scheme.year) + "/versions/" +
         std::to_string(key.version);
}

Error Published(const SchemeVersionKey& key) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "STATE_NOT_ALLOWED",
          .message = NameOf(key) +
                     " is PUBLISHED: publish is not allowed from there; create "
                     "another version",
          .message_zh = "该版本已经发布，如需修改请新建版本",
          .metadata = {{"state", "PUBLISHED"}, {"allowed", ""}}};
}

Result<StoredVersion> VersionOf(Session& session, const SchemeVersionKey& key) {
  const auto rows =
      session.Execute(kReadVersions, key.scheme.division, key.scheme.year, key.version);
  if (rows.empty()) return Fail(NotFound(NameOf(key)));
  return VersionIn(rows[0]);
}

}  // namespace

Result<StoredVersion> PostgresScoringStore::CreateVersion(const SchemeKey& key,
                                                          const std::string& content,
                                                          const ScoringWrite& write) {
  return Change(write, [&](Session& session) -> Result<StoredVersion> {
    session.Execute(kLockScheme, key.division, key.year);
    const auto version = session.Execute(kCreateVersion, key.division, key.year, content,
                                         write.actor, IdOrNull(write))[0][0];
    return VersionOf(session, {key, version.as<int>()});
  });
}

Result<StoredVersion> PostgresScoringStore::ReadVersion(const SchemeVersionKey& key) {
  return database_.Read([&](Session& session) { return VersionOf(session, key); });
}

Result<std::vector<StoredVersion>> PostgresScoringStore::ListVersions(const SchemeKey& key) {
  return database_.Read([&](Session& session) -> Result<std::vector<StoredVersion>> {
    std::vector<StoredVersion> versions;
    for (const auto& row :
         session.Execute(kReadVersions, key.division, key.year, std::optional<int>())) {
      versions.push_back(VersionIn(row));
    }
    return versions;
  });
}

Result<StoredVersion> PostgresScoringStore::PublishVersion(const SchemeVersionKey& key,
                                                           const ScoringWrite& write) {
  return Change(write, [&](Session& session) -> Result<StoredVersion> {
    const auto& scheme = key.scheme;
    const auto rows = session.Execute(kReadVersions, scheme.division, scheme.year, key.version);
    if (rows.empty()) return Fail(NotFound(NameOf(key)));
    const auto by = rows[0]["publish_request_id"];
    const bool again = !by.is_null() && by.c_str() == write.request_id;
    if (again) return VersionIn(rows[0]);
    const auto published = session.Execute(kPublishVersion, scheme.division, scheme.year,
                                           key.version, write.actor, IdOrNull(write));
    if (published.affected_rows() == 0) return Fail(Published(key));
    return VersionOf(session, key);
  });
}

Result<StoredMark> PostgresScoringStore::CreateMark(const SchemeKey& key, const StoredMark& mark,
                                                    const ScoringWrite& write) {
  return Change(write, [&](Session& session) -> Result<StoredMark> {
    session.Execute(kLockScheme, key.division, key.year);
    const auto number = session.Execute(kCreateMark, key.division, key.year, mark.subject.first,
                                        mark.subject.second, mark.indicator, mark.mark.points,
                                        mark.mark.reason, write.actor, IdOrNull(write))[0][0];
    return MarkIn(session.Execute(kReadMarks, key.division, key.year, number.as<int>(),
                                  std::optional<int>(), std::optional<int>())[0]);
  });
}

Result<std::vector<StoredMark>> PostgresScoringStore::ListMarks(
    const SchemeKey& key, const std::optional<ScoredSubject>& subject) {
  return database_.Read([&](Session& session) -> Result<std::vector<StoredMark>> {
    const auto division = subject ? std::optional(subject->first) : std::nullopt;
    const auto unit = subject ? std::optional(subject->second) : std::nullopt;
    std::vector<StoredMark> marks;
    for (const auto& row : session.Execute(kReadMarks, key.division, key.year, std::optional<int>(),
                                           division, unit)) {
      marks.push_back(MarkIn(row));
    }
    return marks;
  });
}

Result<std::map<ScoredSubject, Marks>> PostgresScoringStore::ReadMarks(
    const SchemeKey& key, const std::optional<CivilDate>& known_day) {
  return database_.Read([&](Session& session) -> Result<std::map<ScoredSubject, Marks>> {
    const auto day = known_day ? std::optional(FormatDate(*known_day)) : std::nullopt;
    std::map<ScoredSubject, Marks> marks;
    for (const auto& row : session.Execute(kReadLatestMarks, key.division, key.year, day)) {
      const ScoredSubject subject(row["subject_division"].as<int>(), row["subject_unit"].as<int>());
      marks[subject][row["indicator"].c_str()] = {row["points"].as<Points>(),
                                                  row["reason"].c_str()};
    }
    return marks;
  });
}

}  // namespace gongkai::reporting
