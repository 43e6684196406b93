// Policy documents and interpretations of the county of PlansWorld.
#pragma once

#include <string>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans::testing {

inline constexpr char kCounty[] = "divisions/370124";
inline constexpr char kOffice[] = "divisions/370124/units/1";
inline constexpr char kFinance[] = "divisions/370124/units/2";

// A document of the finance bureau, published on 2026-03-02, that the rule does not ask to be
// interpreted.
v1::PolicyDocument PolicyDraft(const std::string& document_number = "");
// A text of the bureau's staff about it, published on the day after.
v1::Interpretation ActDraft(const std::string& document, const std::string& url);

class PolicyWorld : public PlansWorld {
 public:
  Result<v1::PolicyDocument> Add(const v1::PolicyDocument& document,
                                 const std::string& request_id = "", bool validate_only = false);
  Result<v1::PolicyDocument> Get(const std::string& document);
  // The fields of `paths`, separated by commas; those that are set for an empty text.
  Result<v1::PolicyDocument> Update(const v1::PolicyDocument& document, const std::string& paths);
  Result<v1::PolicyDocument> Delete(const std::string& document, const std::string& etag = "");
  Result<v1::PolicyDocument> Undelete(const std::string& document);
  Result<v1::PolicyDocument> Record(const std::string& document, v1::PolicyStage::Kind kind,
                                    const std::string& date, bool with_plan, bool with_material);

  Result<v1::Interpretation> Add(const v1::Interpretation& act, const std::string& request_id = "",
                                 bool validate_only = false);
  Result<v1::Interpretation> Update(const v1::Interpretation& act, const std::string& paths);
  Result<v1::Interpretation> DeleteAct(const std::string& act, const std::string& etag = "");
  Result<v1::Interpretation> UndeleteAct(const std::string& act);
};

}  // namespace gongkai::plans::testing
