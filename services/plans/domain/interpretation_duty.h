// Which policy documents must be interpreted.
#pragma once

namespace gongkai::plans {

// A document as far as the rule looks at it.
struct InterpretationDuty {
  bool proactive = false;        // disclosed to everybody (主动公开)
  bool normative = false;        // 规范性文件
  bool by_government = false;    // issued by the government or its office
  bool concerns_public = false;  // 涉及公众切身利益、需要公众广泛知晓
};

// The rule of 国办发〔2016〕80号: of what is disclosed to everybody, normative documents, and those
// of the government and its office that concern the public.
bool MustInterpretByRule(const InterpretationDuty& document);

}  // namespace gongkai::plans
