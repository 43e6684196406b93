// The scoring store on PostgreSQL.
#pragma once

#include "services/common/postgres/database.h"
#include "services/reporting/store/scoring_store.h"

namespace gongkai::reporting {

class PostgresScoringStore final : public ScoringStore {
 public:
  // Opens connections as they are needed. Throws pqxx::argument_error for a malformed conninfo.
  explicit PostgresScoringStore(const postgres::Database::Options& options) : database_(options) {}

  Result<StoredVersion> CreateVersion(const SchemeKey& key, const std::string& content,
                                      const ScoringWrite& write) override;
  Result<StoredVersion> ReadVersion(const SchemeVersionKey& key) override;
  Result<std::vector<StoredVersion>> ListVersions(const SchemeKey& key) override;
  Result<StoredVersion> PublishVersion(const SchemeVersionKey& key,
                                       const ScoringWrite& write) override;
  Result<StoredMark> CreateMark(const SchemeKey& key, const StoredMark& mark,
                                const ScoringWrite& write) override;
  Result<std::vector<StoredMark>> ListMarks(const SchemeKey& key,
                                            const std::optional<ScoredSubject>& subject) override;
  Result<std::map<ScoredSubject, Marks>> ReadMarks(
      const SchemeKey& key, const std::optional<CivilDate>& known_day) override;

 private:
  // In a transaction that is committed, or rolled back where the write only tries.
  template <typename Work>
  auto Change(const ScoringWrite& write, Work work) {
    return write.validate_only ? database_.DryRun(work) : database_.Write(work);
  }

  postgres::Database database_;
};

}  // namespace gongkai::reporting
