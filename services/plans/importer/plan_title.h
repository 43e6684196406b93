// The title of a plan among the lines of its document.
#pragma once

#include <cstdint>
#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

struct PlanTitles {
  // The plan's own title, joined over broken lines; else what the notice says it issues, that of
  // the annex, or the notice's. Empty if there is none of them.
  Text title;
  Span title_place;
  Confidence confidence = Confidence::kHigh;
  // 关于印发…的通知. Empty if the document is no notice.
  Text notice;
  Span notice_place;
};

PlanTitles FindTitles(const std::vector<Paragraph>& paragraphs);

// Year in a title, with 年: `2023年`, `二〇二三年`; 0 if there is none.
int32_t YearIn(TextView text);

// Whether the text ends with the name of an issuer: 某县人民政府办公室.
bool EndsWithIssuer(TextView text);

}  // namespace gongkai::plans::importer
