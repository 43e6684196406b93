// The whole importer.
#include "services/plans/importer/plan_importer.h"
#include "tests/fuzz/fuzz_input.h"

using namespace gongkai::plans::importer;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto plan = ImportPlan(BytesOf(data, size), {.year = 2024});
  Require(plan ? !plan->tasks.empty() : !plan.error().reason.empty());
  return 0;
}
