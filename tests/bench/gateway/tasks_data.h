// The messages that the measured calls answer with.
#pragma once

#include "bench/tasks.pb.h"

namespace gongkai::bench {

// About 700 bytes of JSON, a third of them Chinese text.
::bench::tasks::v1::Task SmallTask();
// 100 tasks, about 70 KB of JSON.
::bench::tasks::v1::ListTasksResponse ManyTasks();

}  // namespace gongkai::bench
