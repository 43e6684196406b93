#include "services/plans/audit/audit_chain.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>
#include <string_view>

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr int kMostEntries = 10000;

constexpr Statement kLockChain{"lock_audit_chain",
                               "select pg_try_advisory_xact_lock(hashtext('audit_chain'))"};

constexpr Statement kLastSeal{"last_audit_seal", R"sql(
  select seal, last_txid::text, last_seq, encode(digest, 'hex') from audit_seal
  order by seal desc limit 1
)sql"};

constexpr Statement kNextSeal{"next_audit_seal", R"sql(
  select seal, last_txid::text, last_seq, encode(digest, 'hex'), entries, algorithm from audit_seal
  where seal > $1 order by seal limit 1
)sql"};

// The text that a digest is made of is the same wherever it is made: jsonb sorts its keys and every
// connection speaks UTC.
constexpr Statement kUnsealed{"unsealed_audit_entries", R"sql(
  select to_jsonb(e)::text, txid::text, seq from audit_entry e
  where (txid, seq) > ($1::xid8, $2) and txid < pg_snapshot_xmin(pg_current_snapshot())
  order by txid, seq limit $3
)sql"};

constexpr Statement kSealed{"sealed_audit_entries", R"sql(
  select to_jsonb(e)::text from audit_entry e
  where (txid, seq) > ($1::xid8, $2) and (txid, seq) <= ($3::xid8, $4)
  order by txid, seq limit $5
)sql"};

constexpr Statement kAddSeal{"add_audit_seal", R"sql(
  insert into audit_seal (seal, last_txid, last_seq, entries, algorithm, digest)
  values ($1, $2::xid8, $3, $4, $5, decode($6, 'hex'))
)sql"};

// Where a seal ends, and what the next one builds on.
struct SealEnd {
  std::int64_t seal = 0;
  std::string txid = "0";
  std::int64_t seq = 0;
  std::string digest;  // hexadecimal
};

SealEnd EndOf(const pqxx::row& row) {
  return {row[0].as<std::int64_t>(), row[1].c_str(), row[2].as<std::int64_t>(), row[3].c_str()};
}

// The digest of a seal in the making.
class Digest {
 public:
  Digest(AuditDigest digest, const std::string& before) : context_(EVP_MD_CTX_new(), &Free) {
    const auto* kind = digest == AuditDigest::kSm3 ? EVP_sm3() : EVP_sha256();
    if (EVP_DigestInit_ex(context_.get(), kind, nullptr) != 1) {
      throw std::runtime_error("OpenSSL does not have the digest " + Label(digest));
    }
    Add(before);
  }

  // Each text with its length, so that no two sequences of texts are the same bytes.
  void Add(std::string_view text) {
    const std::string length = std::to_string(text.size()) + ":";
    EVP_DigestUpdate(context_.get(), length.data(), length.size());
    EVP_DigestUpdate(context_.get(), text.data(), text.size());
  }

  std::string Hexadecimal() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), bytes, &size);
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
      text += kDigits[bytes[i] >> 4];
      text += kDigits[bytes[i] & 15];
    }
    return text;
  }

 private:
  static void Free(EVP_MD_CTX* context) { EVP_MD_CTX_free(context); }
  std::unique_ptr<EVP_MD_CTX, decltype(&Free)> context_;
};

SealEnd LastSeal(Session& session) {
  const auto rows = session.Execute(kLastSeal);
  return rows.empty() ? SealEnd{} : EndOf(rows[0]);
}

// Whether the seal in `row` is what its predecessor and its entries give.
bool Fits(Session& session, const SealEnd& before, const pqxx::row& row) {
  const SealEnd end = EndOf(row);
  const auto algorithm = AuditDigestOf(row[5].c_str());
  if (end.seal != before.seal + 1 || !algorithm) return false;
  const int entries = row[4].as<int>();
  // One more than there should be, so that an added entry is seen.
  const auto sealed =
      session.Execute(kSealed, before.txid, before.seq, end.txid, end.seq, entries + 1);
  if (static_cast<int>(sealed.size()) != entries) return false;
  Digest digest(*algorithm, before.digest);
  for (const auto& entry : sealed) digest.Add(entry[0].c_str());
  return digest.Hexadecimal() == end.digest;
}

}  // namespace

std::string Label(AuditDigest digest) { return digest == AuditDigest::kSm3 ? "sm3" : "sha256"; }

std::optional<AuditDigest> AuditDigestOf(const std::string& label) {
  for (auto digest : {AuditDigest::kSha256, AuditDigest::kSm3}) {
    if (Label(digest) == label) return digest;
  }
  return std::nullopt;
}

Result<int> AuditChain::Seal(AuditDigest algorithm) {
  return database_.Write([&](Session& session) -> Result<int> {
    if (!session.Execute(kLockChain)[0][0].as<bool>()) return 0;
    const SealEnd last = LastSeal(session);
    const auto entries = session.Execute(kUnsealed, last.txid, last.seq, kMostEntries);
    if (entries.empty()) return 0;
    Digest digest(algorithm, last.digest);
    for (const auto& entry : entries) digest.Add(entry[0].c_str());
    const auto& end = entries[entries.size() - 1];
    const int count = static_cast<int>(entries.size());
    session.Execute(kAddSeal, last.seal + 1, end[1].c_str(), end[2].as<std::int64_t>(), count,
                    Label(algorithm), digest.Hexadecimal());
    return count;
  });
}

Result<AuditChainReport> AuditChain::Verify(std::int64_t after, int most) {
  return database_.Read([&](Session& session) -> Result<AuditChainReport> {
    SealEnd before;
    if (after > 0) {
      const auto rows = session.Execute(kNextSeal, after - 1);
      if (rows.empty() || rows[0][0].as<std::int64_t>() != after) {
        return Fail(NotFound("audit seal " + std::to_string(after)));
      }
      before = EndOf(rows[0]);
    }
    AuditChainReport report;
    for (;;) {
      const auto rows = session.Execute(kNextSeal, before.seal);
      if (rows.empty()) break;
      report.more = report.seals == most;
      if (report.more) break;
      if (!Fits(session, before, rows[0])) {
        report.broken_seal = before.seal + 1;
        break;
      }
      before = EndOf(rows[0]);
      ++report.seals;
      report.entries += rows[0][4].as<std::int64_t>();
    }
    report.last_seal = before.seal;
    report.last_digest = before.digest;
    return report;
  });
}

}  // namespace gongkai::plans
