// What units report of their work, and with what evidence.
#pragma once

#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// By what a piece of evidence is known again.
struct EvidenceUse {
  std::string form;       // URL, DOCUMENT_NUMBER or FILE
  std::string key;        // of the first two: see domain/evidence_key.h
  int evidence_file = 0;  // of FILE: of the unit that reports
};

struct NewProgressReport {
  std::string text;
  Document evidence;              // JSON array of Evidence
  std::vector<EvidenceUse> uses;  // one for each, in the same order
};

// Thread-safe. Every write is one statement, as in WorkStore.
class ReportStore {
 public:
  virtual ~ReportStore() = default;

  // Allowed while the occurrence is OPEN or RETURNED. NOT_FOUND with reason
  // EVIDENCE_FILE_NOT_FOUND for a file that there is not.
  virtual Result<Document> AddReport(const WriteContext& context, const OccurrenceKey& occurrence,
                                     const NewProgressReport& report) = 0;
  // Oldest first.
  virtual Result<Page> ListReports(const OccurrenceKey& occurrence, const ListQuery& query) = 0;
  // Evidence of the plan that more than one occurrence of the division uses, the most often used
  // first.
  virtual Result<Page> ListSharedEvidence(const PlanKey& plan, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
