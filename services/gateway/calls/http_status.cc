#include "services/gateway/calls/http_status.h"

#include <array>
#include <string_view>
#include <utility>

namespace gongkai::gateway {
namespace {

constexpr std::array<int, 17> kStatusByCode = {
    200,  // OK
    499,  // CANCELLED
    500,  // UNKNOWN
    400,  // INVALID_ARGUMENT
    504,  // DEADLINE_EXCEEDED
    404,  // NOT_FOUND
    409,  // ALREADY_EXISTS
    403,  // PERMISSION_DENIED
    429,  // RESOURCE_EXHAUSTED
    400,  // FAILED_PRECONDITION
    409,  // ABORTED
    400,  // OUT_OF_RANGE
    501,  // UNIMPLEMENTED
    500,  // INTERNAL
    503,  // UNAVAILABLE
    500,  // DATA_LOSS
    401,  // UNAUTHENTICATED
};

constexpr std::pair<std::string_view, int> kStatusByReason[] = {
    {"METHOD_NOT_ALLOWED", 405},     {"REQUEST_TIMEOUT", 408},    {"BODY_TOO_LARGE", 413},
    {"UNSUPPORTED_MEDIA_TYPE", 415}, {"EXPECTATION_FAILED", 417}, {"HEADER_TOO_LARGE", 431}};

}  // namespace

int HttpStatusOf(int code) {
  return code >= 0 && code < static_cast<int>(kStatusByCode.size()) ? kStatusByCode[code] : 500;
}

int HttpStatusOf(const Error& error) {
  for (const auto& [reason, status] : kStatusByReason) {
    if (error.reason == reason) return status;
  }
  return HttpStatusOf(static_cast<int>(error.code));
}

}  // namespace gongkai::gateway
