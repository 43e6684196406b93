#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// From the floor up to the first change that is young enough, or that a reader may not see yet: a
// change that commits late must not find itself below the floor. Whoever holds the floor's row
// deletes; others leave it to him.
constexpr Statement kDeleteChanges{"delete_changes", R"sql(
  with floor as materialized (
    select txid, seq from feed_floor for update skip locked
  ), oldest as materialized (
    select c.txid, c.seq,
           c.change_time < now() - $1 * interval '1 second'
             and c.txid < pg_snapshot_xmin(pg_current_snapshot()) as old
    from change c
    where (c.txid, c.seq) > (select txid, seq from floor)
    order by c.txid, c.seq limit $2
  ), kept as materialized (
    select txid, seq from oldest where not old order by txid, seq limit 1
  ), deleted as (
    delete from change c using oldest o
    where (c.txid, c.seq) = (o.txid, o.seq)
      and (not exists (select from kept) or (o.txid, o.seq) < (select txid, seq from kept))
    returning c.txid, c.seq
  ), raised as (
    update feed_floor set txid = last.txid, seq = last.seq
    from (select txid, seq from deleted order by txid desc, seq desc limit 1) as last
  )
  select count(*) from deleted
)sql"};

constexpr Statement kDeleteAnswers{"delete_answers", R"sql(
  with old as materialized (
    select division, request_id from answered_request
    where create_time < now() - $1 * interval '1 second'
    order by create_time limit $2 for update skip locked
  ), deleted as (
    delete from answered_request a using old
    where (a.division, a.request_id) = (old.division, old.request_id)
    returning 1
  )
  select count(*) from deleted
)sql"};

constexpr Statement kDeleteUnusedFiles{"delete_unused_files", R"sql(
  with old as materialized (
    select division, unit, evidence_file from evidence_file
    where not used and create_time < now() - $1 * interval '1 second'
    order by create_time limit $2 for update skip locked
  )
  delete from evidence_file f using old
  where (f.division, f.unit, f.evidence_file) = (old.division, old.unit, old.evidence_file)
  returning f.division, encode(f.sha256, 'hex')
)sql"};

// Its chunks go with it. Whoever adds a file of this content meanwhile holds the row, and is waited
// for; the foreign key then refuses, and the next round finds the content in use.
constexpr Statement kDeleteOrphan{"delete_orphaned_content", R"sql(
  delete from evidence_content c
  where (c.division, c.sha256) = ($1, decode($2, 'hex'))
    and not exists (select from evidence_file f
                    where (f.division, f.sha256) = (c.division, c.sha256))
)sql"};

class PostgresRetentionStore : public RetentionStore {
 public:
  explicit PostgresRetentionStore(postgres::Database& database) : database_(database) {}

  Result<int> DeleteChanges(std::chrono::seconds age, int limit) override {
    return Delete(kDeleteChanges, age, limit);
  }

  Result<int> DeleteAnswers(std::chrono::seconds age, int limit) override {
    return Delete(kDeleteAnswers, age, limit);
  }

  Result<int> DeleteUnusedEvidence(std::chrono::seconds age, int limit) override {
    return database_.Write([&](Session& session) -> Result<int> {
      const auto files =
          session.Execute(kDeleteUnusedFiles, static_cast<std::int64_t>(age.count()), limit);
      for (const auto& file : files) {
        session.Execute(kDeleteOrphan, file[0].as<int>(), file[1].c_str());
      }
      return static_cast<int>(files.size());
    });
  }

 private:
  Result<int> Delete(const Statement& statement, std::chrono::seconds age, int limit) {
    return database_.WriteOnce([&](Session& session) -> Result<int> {
      return session.Execute(statement, static_cast<std::int64_t>(age.count()), limit)[0][0]
          .as<int>();
    });
  }

  postgres::Database& database_;
};

}  // namespace

std::unique_ptr<RetentionStore> MakeRetentionStore(postgres::Database& database) {
  return std::make_unique<PostgresRetentionStore>(database);
}

}  // namespace gongkai::plans
