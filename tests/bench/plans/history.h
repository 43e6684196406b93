// The years of the made-up province as the messages of an import.
#pragma once

#include <functional>

#include "gongkai/plans/v1/history_imports.pb.h"

namespace gongkai::bench {

// Every county's plans of `years` years, in turn, each with its tasks, assignments and occurrences;
// until `send` returns false.
void ForEachHistoryMessage(int years,
                           const std::function<bool(const plans::v1::ImportHistoryRequest&)>& send);

}  // namespace gongkai::bench
