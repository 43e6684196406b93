#include "services/common/telemetry/resource_metrics.h"

namespace gongkai::telemetry {

void Watch(Metrics& metrics, const std::string& pool_name, const postgres::Database& pool) {
  const Labels labels = {{"pool", pool_name}};
  metrics.AddGauge(kPoolBusy, labels, [&] { return double(pool.usage().busy); });
  metrics.AddGauge(kPoolLimit, labels, [&] { return double(pool.usage().limit); });
  metrics.AddCounter(kPoolExhausted, labels, [&] { return double(pool.usage().exhausted); });
}

}  // namespace gongkai::telemetry
