#include "services/cli/service_call.h"

#include <cstdio>
#include <cstdlib>
#include <random>

namespace gongkai::cli {

std::string TokenOfCaller() {
  const char* token = std::getenv("GONGKAI_TOKEN");
  return token ? token : "";
}

std::string RequestId() {
  std::random_device random;
  char id[40];
  std::snprintf(id, sizeof id, "%08x%08x%08x%08x", random(), random(), random(), random());
  return id;
}

Error Unreachable(const ServiceAddress& service) {
  return {.code = ErrorCode::kUnavailable,
          .reason = "SERVICE_UNREACHABLE",
          .message = "nothing answers at " + service.address +
                     ": start it with scripts/up, or name another place by " + service.option,
          .message_zh = "连接不上 " + service.address + "：请先运行 scripts/up，或用 " +
                        service.option + " 指定服务地址"};
}

}  // namespace gongkai::cli
