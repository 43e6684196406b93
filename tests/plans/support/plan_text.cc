#include "tests/plans/support/plan_text.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "services/plans/rpc/parsed_plan_proto.h"
#include "tests/plans/support/origins.h"

namespace gongkai::plans {
namespace {

bool IsGuess(const ParseIssue& issue) { return issue.code.ends_with("_CARRIED_DOWN"); }

}  // namespace

std::string ShowPlan(const ParsedPlan& plan) {
  ParsedPlan shown = plan;
  std::erase_if(shown.issues, IsGuess);
  const auto message = ToProto(WithoutPlaces(std::move(shown)));
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    throw std::runtime_error("MessageToJsonString");
  }
  return json;
}

bool NotesGuesses(const ParsedPlan& plan) {
  return std::any_of(plan.issues.begin(), plan.issues.end(), IsGuess);
}

}  // namespace gongkai::plans
