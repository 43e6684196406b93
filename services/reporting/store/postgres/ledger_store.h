// The ledger store on PostgreSQL.
#pragma once

#include "services/common/postgres/database.h"
#include "services/reporting/store/ledger_store.h"

namespace gongkai::reporting {

// Reads by a cursor, a thousand rows at a time; a reading holds a connection until it ends.
class PostgresLedgerStore final : public LedgerStore {
 public:
  // Opens connections as they are needed. Throws pqxx::argument_error for a malformed conninfo.
  explicit PostgresLedgerStore(const postgres::Database::Options& options) : database_(options) {}

  Result<void> ReadLedger(const LedgerQuery& query, const Take& take) override;
  Result<LeftOut> ReadLeftOut(int division, int year, CivilDate as_of) override;
  Result<std::map<int, std::string>> ReadUnitNames(int division, CivilDate as_of) override;

 private:
  postgres::Database database_;
};

}  // namespace gongkai::reporting
