// What a bulletin (通报) says, in the words that its template asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/documents/docx_template.h"
#include "services/reporting/domain/ledger_entry.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/ledger_store.h"

namespace gongkai::reporting {

struct Bulletin {
  std::string division_name;
  Grouping grouping = Grouping::kDivision;  // what is ranked: divisions or units
  int year = 0;
  CivilDate as_of;
  std::string document_number;
  std::string title;
  std::string issuer;
  std::string_view rule_version;

  FigureCounts total;
  std::vector<SubjectCounts> subjects;
  // The figures at the end of an earlier day; nothing where that is not known.
  CivilDate compared_day;
  std::optional<FigureCounts> compared;
  std::vector<LedgerEntry> overdue;  // those that are listed
  LeftOut left_out;
};

TemplateValues ValuesOf(const Bulletin& bulletin);

// Every name that ValuesOf gives.
const TemplateNames& BulletinNames();

// The template that the program brings along, a .docx.
Result<std::string> DefaultBulletinTemplate();

}  // namespace gongkai::reporting
