// The chain over the audit trail: each seal's digest covers the seal before it and the entries
// since, so that no entry can be changed, added or removed behind it without showing.
//
// A seal takes only entries older than every transaction still running, in the order of the change
// feed; see docs/decisions/0007-audit-by-trigger.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/common/postgres/database.h"
#include "services/common/status/error.h"

namespace gongkai::plans {

// The digests that a seal can be made with: SHA-256, or SM3 (GB/T 32905) where commercial
// cryptography is assessed. A chain may change from one to the other; each seal names its own.
enum class AuditDigest { kSha256, kSm3 };

// `sha256`, `sm3`.
std::string Label(AuditDigest digest);
std::optional<AuditDigest> AuditDigestOf(const std::string& label);

// What a look along the chain found.
struct AuditChainReport {
  std::int64_t seals = 0;      // that fit, and …
  std::int64_t entries = 0;    // … what they hold
  std::int64_t last_seal = 0;  // the last of them
  std::string last_digest;     // its digest, hexadecimal: kept elsewhere, it shows a chain that was
                               // cut off at its end
  std::optional<std::int64_t> broken_seal;  // the first that does not fit; the look ends there
  bool more = false;                        // there are more seals
};

// Thread-safe, as `database` is.
class AuditChain {
 public:
  explicit AuditChain(postgres::Database& database) : database_(database) {}

  // Seals what may be sealed, at most 10,000 entries, and returns their number. Of several replicas
  // at once, one seals and the others return 0.
  Result<int> Seal(AuditDigest digest);

  // Computes again the digests of up to `most` seals behind seal `after`, which is taken as it
  // stands; 0 for the beginning. In bounded memory.
  Result<AuditChainReport> Verify(std::int64_t after, int most);

 private:
  postgres::Database& database_;
};

}  // namespace gongkai::plans
