// What a document says about the plan as a whole.
#pragma once

#include <cstdint>
#include <optional>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

struct HeaderFacts {
  // The plan's own title, joined over broken lines; not that of the notice that brings it, nor that
  // of an annex where the plan itself has one.
  Text title;
  // The document's own 发文字号; those of documents that it cites are left alone.
  Text document_number;
  Text division;
  int32_t year = 0;
  std::optional<CivilDate> issue_date;
  // 主送机关, as printed: `各镇街、区政府各部门`. Empty if the document addresses nobody.
  Text addressees;
  Span addressees_place = {};
  // Nothing for facts that the document does not state.
  std::optional<Origin> title_origin = std::nullopt;
  std::optional<Origin> document_number_origin = std::nullopt;
  std::optional<Origin> division_origin = std::nullopt;
  std::optional<Origin> year_origin = std::nullopt;
  std::optional<Origin> issue_date_origin = std::nullopt;
};

HeaderFacts ReadHeaderFacts(const Document& document);

}  // namespace gongkai::plans::importer
