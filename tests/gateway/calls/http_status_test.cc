#include "services/gateway/calls/http_status.h"

#include <gtest/gtest.h>

namespace gongkai::gateway {
namespace {

TEST(HttpStatus, FollowsTheCommentsOfCodeProto) {
  const int rows[][2] = {{0, 200},  {1, 499},  {2, 500},  {3, 400},  {4, 504},  {5, 404},
                         {6, 409},  {7, 403},  {8, 429},  {9, 400},  {10, 409}, {11, 400},
                         {12, 501}, {13, 500}, {14, 503}, {15, 500}, {16, 401}};
  for (const auto& [code, status] : rows) EXPECT_EQ(HttpStatusOf(code), status) << code;
}

TEST(HttpStatus, WhatIsNoCodeIsAnInternalError) {
  EXPECT_EQ(HttpStatusOf(17), 500);
  EXPECT_EQ(HttpStatusOf(-1), 500);
}

TEST(HttpStatus, HttpsOwnErrorsHaveTheirStatus) {
  const std::pair<const char*, int> rows[] = {
      {"METHOD_NOT_ALLOWED", 405},     {"REQUEST_TIMEOUT", 408},  {"BODY_TOO_LARGE", 413},
      {"UNSUPPORTED_MEDIA_TYPE", 415}, {"HEADER_TOO_LARGE", 431}, {"ANYTHING_ELSE", 400}};
  for (const auto& [reason, status] : rows) {
    EXPECT_EQ(HttpStatusOf(Error{.code = ErrorCode::kInvalidArgument, .reason = reason}), status);
  }
}

}  // namespace
}  // namespace gongkai::gateway
