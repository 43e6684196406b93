// Turns a county's work plan, as its office sends it round, into tasks that can be counted.
//
// Stages: bytes → document (a reader per format) → facts and draft tasks → units, due rules and
// targets → review. What the rules decide where a document is ambiguous: docs/importer.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans::importer {

class DocumentConverter;

inline constexpr size_t kMaxDocumentBytes = 8 * 1024 * 1024;
inline constexpr size_t kMaxTasks = 100'000;

struct ImportOptions {
  // Year of the plan where the document does not tell; 0 to leave it open.
  int32_t year = 0;
  // For the tasks, once the document has been read. The largest takes a few seconds.
  std::chrono::milliseconds time{60'000};
  // For formats that are not read directly; null to refuse them. Must outlive the call.
  DocumentConverter* converter = nullptr;
};

// The plan in the document, whose format is told by its content: see document_reader.h.
// INVALID_ARGUMENT with reason
//   DOCUMENT_TOO_LARGE   more than kMaxDocumentBytes or kMaxTasks, unpacking to more than a plan
//                        has, or more than can be read in the time given
//   DOCUMENT_UNREADABLE  broken, or of a format that is not read; for what should be text, metadata
//                        `offset` is the byte at fault
//   NO_TASKS             neither a breakdown table nor numbered clauses
// and, where a converter is used, RESOURCE_EXHAUSTED with reason CONVERTER_BUSY.
// A plan that can be read but should be looked at is no error: see `ParsedPlan::issues`.
// Thread-safe; linear in the size of the document.
Result<ParsedPlan> ImportPlan(std::string_view document, const ImportOptions& options);

// The text that the spans of the document's plan count in, as UTF-8: see SourceSpan. Errors as
// above, without NO_TASKS. Thread-safe.
Result<std::string> ReadDocumentText(std::string_view document,
                                     DocumentConverter* converter = nullptr);

}  // namespace gongkai::plans::importer
