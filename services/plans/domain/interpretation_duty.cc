#include "services/plans/domain/interpretation_duty.h"

namespace gongkai::plans {

bool MustInterpretByRule(const InterpretationDuty& document) {
  return document.proactive &&
         (document.normative || (document.by_government && document.concerns_public));
}

}  // namespace gongkai::plans
