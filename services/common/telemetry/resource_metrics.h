// What a service's pools of connections tell of themselves.
#pragma once

#include <string>

#include "services/common/postgres/database.h"
#include "services/common/telemetry/metrics.h"

namespace gongkai::telemetry {

// `pool` must live until `metrics` is read no more.
void Watch(Metrics& metrics, const std::string& pool_name, const postgres::Database& pool);

}  // namespace gongkai::telemetry
