#include "services/plans/store/evidence_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// Negative numbers of units: no plan and hardly an assignment has the same lock.
constexpr Statement kLock{"lock_evidence", "select lock_aggregate($1, -$2::int)"};

constexpr Statement kFindUnit{"find_unit_of_evidence",
                              "select 1 from unit where division = $1 and unit = $2"};

// Another upload of the same content is waited for. The row is written in either case, so that
// nobody removes it before this transaction ends; whether it is new, the system column tells.
constexpr Statement kAddContent{"add_evidence_content", R"sql(
  insert into evidence_content as c (division, sha256, content_type, size_bytes)
  values ($1, decode($2, 'hex'), $3, $4)
  on conflict (division, sha256) do update set content_type = c.content_type
  returning xmax = 0
)sql"};

constexpr Statement kAddChunk{"add_evidence_chunk", R"sql(
  insert into evidence_chunk (division, sha256, chunk, data)
  values ($1, decode($2, 'hex'), $3, $4)
)sql"};

constexpr Statement kAddFile{"add_evidence_file", R"sql(
  insert into evidence_file as f (division, unit, evidence_file, file_name, sha256, content_type,
                                  size_bytes, author)
  select $1, $2, coalesce(max(o.evidence_file), 0) + 1, $3, decode($4, 'hex'), $5, $6, $7
  from evidence_file o where o.division = $1 and o.unit = $2
  returning resource(f)
)sql"};

constexpr Statement kGetFile{"get_evidence_file", R"sql(
  select resource(f) from evidence_file f where (division, unit, evidence_file) = ($1, $2, $3)
)sql"};

constexpr Statement kReadChunk{"read_evidence_chunk", R"sql(
  select f.content_type, c.data, ($4 + 1)::bigint * $5 >= f.size_bytes
  from evidence_file f left join evidence_chunk c
    on (c.division, c.sha256, c.chunk) = (f.division, f.sha256, $4)
  where (f.division, f.unit, f.evidence_file) = ($1, $2, $3)
)sql"};

class PostgresEvidenceStore : public EvidenceStore {
 public:
  explicit PostgresEvidenceStore(Access& access) : access_(access) {}

  Result<Document> AddFile(const WriteContext& context, const NewEvidenceFile& file) override {
    const int division = file.unit.division.value;
    return access_.Write(context, file.unit.division, [&](Session& session) -> Result<Document> {
      if (session.Execute(kFindUnit, division, file.unit.unit).empty()) {
        return Fail(NotFound(FormatName(file.unit)));
      }
      if (auto added = AddContent(session, file); !added) return Fail(added.error());
      session.Execute(kLock, division, file.unit.unit);
      return OneDocument(
          session.Execute(kAddFile, division, file.unit.unit, file.file_name, file.sha256,
                          file.content_type, file.size_bytes, context.actor),
          "");
    });
  }

  Result<Document> GetFile(const EvidenceFileKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(
          session.Execute(kGetFile, key.unit.division.value, key.unit.unit, key.evidence_file),
          FormatName(key));
    });
  }

  Result<Page> ListFiles(DivisionCode division, std::optional<int> unit,
                         const ListQuery& query) override {
    auto scope = list::Scope().Equal("division", division.value);
    if (unit) scope.Equal("unit", *unit);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kEvidenceFileList, scope, query); });
  }

  Result<EvidenceChunk> ReadChunk(const EvidenceFileKey& key, int chunk) override {
    return access_.Read([&](Session& session) -> Result<EvidenceChunk> {
      const auto rows =
          session.Execute(kReadChunk, key.unit.division.value, key.unit.unit, key.evidence_file,
                          chunk, static_cast<std::int64_t>(kEvidenceChunkBytes));
      if (rows.empty() || rows[0][1].is_null()) return Fail(NotFound(FormatName(key)));
      return EvidenceChunk{rows[0][0].c_str(), pqxx::binarystring(rows[0][1]).str(),
                           rows[0][2].as<bool>()};
    });
  }

 private:
  static Result<void> AddContent(Session& session, const NewEvidenceFile& file) {
    const int division = file.unit.division.value;
    const auto added =
        session.Execute(kAddContent, division, file.sha256, file.content_type, file.size_bytes);
    if (!added[0][0].as<bool>()) return {};
    constexpr auto kStep = static_cast<std::int64_t>(kEvidenceChunkBytes);
    int chunk = 0;
    for (std::int64_t offset = 0; offset < file.size_bytes; offset += kStep) {
      const auto data = file.content(offset);
      if (!data) return Fail(data.error());
      session.Execute(kAddChunk, division, file.sha256, chunk++, pqxx::binarystring(*data));
    }
    return {};
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<EvidenceStore> MakeEvidenceStore(Access& access) {
  return std::make_unique<PostgresEvidenceStore>(access);
}

}  // namespace gongkai::plans
