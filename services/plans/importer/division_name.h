// Names of counties, districts and cities in running text.
#pragma once

#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// The division that a title or an issuer's name begins with: `2023年某山县政务公开工作要点` →
// `某山县`, `某州市某城区人民政府办公室` → `某城区`. Empty where there is none.
Text DivisionInTitle(TextView title);

// The division whose authorities the texts name most often: `某山县人民政府`, `市某局某山县分局`.
// Empty where none is named.
Text DivisionNamedMost(const std::vector<Text>& texts);

}  // namespace gongkai::plans::importer
