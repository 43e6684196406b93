// Scoring schemes and marks: what people decided, and not what the feed tells. A rebuild of the
// projection leaves them as they are.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"
#include "services/reporting/scoring/evaluation.h"

namespace gongkai::reporting {

// The scheme of a division for a year.
struct SchemeKey {
  int division = 0;
  int year = 0;
};

struct SchemeVersionKey {
  SchemeKey scheme;
  int version = 0;
};

// Who writes, and the id by which the same call is known again; empty for none.
struct ScoringWrite {
  std::string actor;
  std::string request_id;
  bool validate_only = false;
};

using Moment = std::chrono::system_clock::time_point;

struct StoredVersion {
  int version = 0;
  std::string content;  // JSON, as it was given
  Moment create_time;
  std::string creator;
  std::optional<Moment> publish_time;
  std::string publisher;
};

// A division, or a unit of one: unit 0 stands for the division.
using ScoredSubject = std::pair<int, int>;

struct StoredMark {
  int number = 0;
  ScoredSubject subject;
  std::string indicator;
  Mark mark;
  Moment create_time;
  std::string creator;
};

// Thread-safe.
class ScoringStore {
 public:
  virtual ~ScoringStore() = default;

  // The next version, or the one that the same request made.
  virtual Result<StoredVersion> CreateVersion(const SchemeKey& key, const std::string& content,
                                              const ScoringWrite& write) = 0;
  // NOT_FOUND.
  virtual Result<StoredVersion> ReadVersion(const SchemeVersionKey& key) = 0;
  // Newest first.
  virtual Result<std::vector<StoredVersion>> ListVersions(const SchemeKey& key) = 0;
  // NOT_FOUND, or FAILED_PRECONDITION with reason STATE_NOT_ALLOWED for one that was published by
  // another request.
  virtual Result<StoredVersion> PublishVersion(const SchemeVersionKey& key,
                                               const ScoringWrite& write) = 0;
  // The mark, or the one that the same request made.
  virtual Result<StoredMark> CreateMark(const SchemeKey& key, const StoredMark& mark,
                                        const ScoringWrite& write) = 0;
  // Newest first; of one subject, or of all.
  virtual Result<std::vector<StoredMark>> ListMarks(
      const SchemeKey& key, const std::optional<ScoredSubject>& subject) = 0;
  // The marks that count, as they were at the end of a day in Shanghai, or as they are now.
  virtual Result<std::map<ScoredSubject, Marks>> ReadMarks(
      const SchemeKey& key, const std::optional<CivilDate>& known_day) = 0;
};

}  // namespace gongkai::reporting
