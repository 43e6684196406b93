// The thresholds of the figures, under one version that every answer names.
#pragma once

#include <string_view>

#include "services/reporting/domain/fact.h"
#include "services/reporting/domain/form_set.h"

namespace gongkai::reporting {

struct Rules {
  std::string_view version;
  int head_target = 0;       // acts by a unit's principal head in a year
  int government_forms = 0;  // distinct forms for a document of the government or its office
  int unit_forms = 0;        // the same for any other
  FormSet text_forms;        // forms that do not make an interpretation diversified

  // A unit's head has made enough acts.
  constexpr bool HeadAttained(int acts) const { return acts >= head_target; }
  // Distinct forms that a document of this level needs.
  constexpr int FormThreshold(IssuingLevel level) const {
    return level == IssuingLevel::kGovernment ? government_forms : unit_forms;
  }
  // At least one form is not text.
  constexpr bool Diversified(FormSet forms) const { return forms.Without(text_forms).size() > 0; }
};

inline constexpr Rules kRules2026{.version = "2026-1",
                                  .head_target = 2,
                                  .government_forms = 5,
                                  .unit_forms = 2,
                                  .text_forms = {Form::kText, Form::kQa}};

}  // namespace gongkai::reporting
